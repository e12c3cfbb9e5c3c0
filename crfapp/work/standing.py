"""Whether the person who sends a command is, at this moment, who the ledger says and may still act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.state import DutyRow, PersonRow
from crfapp.work.delegation import duties_on
from crfapp.work.own_account import Step, steps_of
from crfapp.work.roles import DUTIES, Right, Role
from crfapp.work.validity import is_valid

if TYPE_CHECKING:
    from crfapp.work.cases import UseCase
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_UNPREPARED = frozenset({Right.ENTER, Right.RECOVER})
"""What somebody may do before anything is confirmed."""


def refuse_unfit(case: UseCase, desk: Desk, actor: Actor) -> None:
    """Refuse: NOT_ALLOWED, ACCOUNT_ENDED, OWN_PASSWORD_NEEDED, NOT_TRAINED, NOT_DELEGATED.

    Before the first administrator is on record there is nobody to compare with: the site is being founded.
    Whoever is on record can do nothing but get in and out until they have a password of their own, and
    accepted statement and training (REQ-205, 211, 309).
    """
    if not actor.may(case.needs):
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=case.needs.value)
    people = desk.people or desk.tables
    person = people.get(PersonRow, actor.login)
    if person is None:
        if not people.find(PersonRow, role=Role.ADMINISTRATOR.value):
            return
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=case.needs.value)
    if person.role != actor.role.value:
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=case.needs.value)
    if not is_valid(person, desk.today.isoformat()):
        raise RefusedError(Code.ACCOUNT_ENDED)
    if case.needs not in _UNPREPARED:
        _refuse_unprepared(person, desk)
        if person.delegated:
            _refuse_undelegated(case.needs, person, desk)


def _refuse_unprepared(person: PersonRow, desk: Desk) -> None:
    steps = steps_of(person, desk.software)
    if steps:
        raise RefusedError(Code.OWN_PASSWORD_NEEDED if steps[0] is Step.PASSWORD else Code.NOT_TRAINED)


def _refuse_undelegated(needs: Right, person: PersonRow, desk: Desk) -> None:
    """Whom the delegation log names has of the duties what it gives today, and delegates to nobody (REQ-206).

    Who is not in it acts by role.
    """
    if needs is Right.OVERSEE:
        raise RefusedError(Code.NOT_DELEGATED)
    if needs in DUTIES:
        rows = desk.tables.find(DutyRow, login=person.login)
        if needs not in duties_on(rows, desk.today.isoformat()):
            raise RefusedError(Code.NOT_DELEGATED)
