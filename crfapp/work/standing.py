"""Whether the person who sends a command is, at this moment, who the ledger says and may still act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.state import PersonRow
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.work.cases import UseCase
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


def refuse_unfit(case: UseCase, desk: Desk, actor: Actor) -> None:
    """NOT_ALLOWED, ACCOUNT_ENDED or NOT_TRAINED where the actor must not act.

    Before the first administrator is on record there is nobody to compare with: the site is being founded.
    """
    if not actor.may(case.needs):
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=case.needs.value)
    person = desk.tables.get(PersonRow, actor.login)
    if person is None:
        if not desk.tables.find(PersonRow, role=Role.ADMINISTRATOR.value):
            return
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=case.needs.value)
    if person.role != actor.role.value:
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=case.needs.value)
    day = desk.today.isoformat()
    if person.ended or day < person.valid_from or (person.valid_to and day > person.valid_to):
        raise RefusedError(Code.ACCOUNT_ENDED)
