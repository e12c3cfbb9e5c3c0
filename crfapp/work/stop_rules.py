"""Stop rules of a study: while one is open, nothing more is given; an investigator documents the decision.

A check of level T whose task is one of :data:`HOLDS` is a stop rule. It is decided where its finding is
confirmed with a reason, or ends by itself where its cause does not hold any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import FindingRow, TrailRow
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.study.targets import Dosing
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

HOLDS = frozenset({"STOP-RULE", "HOLD"})
"""Tasks that stop treatment until somebody entitled has decided."""


def stop_rules(desk: Desk, subject: str | None = None, *, state: str = "open") -> Iterator[FindingRow]:
    """The stop rules of a subject, or of everybody, that are open, or were decided (``confirmed``)."""
    equal = {"state": state} if subject is None else {"state": state, "subject": subject}
    return (row for row in desk.tables.find(FindingRow, **equal) if row.task in HOLDS)


def refuse_undecided(desk: Desk, key: FormKey) -> None:
    """Refuse to complete the form of a dose that was given against a stop rule (STOP_RULE_OPEN).

    What the program learned only after the dose says nothing against it.
    """
    dosing = next((one for one in desk.study.head.dosing if one.form == key.form), None)
    given = _given(desk, key, dosing) if dosing is not None else ""
    if not given:
        return
    for row in stop_rules(desk, key.subject):
        raised = desk.tables.get(TrailRow, row.node, row.seq)
        if raised is not None and raised.hybrid < given:
            raise RefusedError(Code.STOP_RULE_OPEN, check=row.check, form=row.form)


def refuse_deciding(row: FindingRow, actor: Actor) -> None:
    """A stop rule is decided by an investigator; NOT_ALLOWED."""
    if row.task in HOLDS and not actor.may(Right.SIGN):
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=Right.SIGN.value)


def _given(desk: Desk, key: FormKey, dosing: Dosing) -> str:
    """When it was recorded that a dose was given, in the order of events; empty where none was."""
    stored = desk.stored(ItemKey(*key, "", dosing.given))
    if stored is None or stored.value != "Y" or stored.hidden == 1:
        return ""
    row = desk.tables.get(TrailRow, stored.node, stored.seq)
    return row.hybrid if row is not None else ""
