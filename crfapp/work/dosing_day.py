"""A day on which doses are given: whose visit it is, what stands in the way, what is planned.

Everything is what the pack's own forms and checks say; nothing is judged here a second time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FindingRow
from crfapp.work.doses import as_number, read_dose
from crfapp.work.findings import TASK
from crfapp.work.offered import home_of

if TYPE_CHECKING:
    from crfapp.ledger.keys import VisitKey
    from crfapp.study.study import Study
    from crfapp.study.targets import Dosing
    from crfapp.work.desk import Desk
    from crfapp.work.doses import Amount, Dose

HARD = "H"
HOLDS = frozenset({"HOLD", "STOP-RULE"})
"""Tasks that stand against a dose until they are settled."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the check before a dose: what was answered, and whether it stands in the way.

    ``worked_out``: the program answers it from what is recorded elsewhere. ``text`` None: not answered.
    """

    item: str
    text: str | None
    worked_out: bool
    against: bool


@dataclass(frozen=True, slots=True)
class Check:
    """The check before a dose as it stands. ``key`` is its form, ``asked`` its questions in order."""

    key: FormKey
    asked: tuple[Asked, ...]

    @property
    def unanswered(self) -> int:
        """How many questions wait for a person."""
        return sum(one.text is None and not one.worked_out for one in self.asked)


def dosing_visits(study: Study) -> dict[str, Dosing]:
    """The visits at which a dose is given, with the form that records it."""
    return {visit: binding for binding in study.head.dosing for visit in study.visits_of(binding.form)}


def dose_at(desk: Desk, at: VisitKey, binding: Dosing) -> Dose:
    """The dose of a visit; what is planned for it is known before its form is begun."""
    key = home_of(desk.study, FormKey(*at, binding.form, 1))
    dose = read_dose(desk, key, binding)
    if binding.rows is None:
        return dose
    graph = desk.forms.get(key)

    def planned(row: str, amount: Amount, item: str | None) -> Amount:
        state = None if item is None else graph.state(Cell(row, item))
        return amount if state is None else replace(amount, planned=as_number(state.value))

    portions = tuple(
        replace(
            portion,
            amounts=tuple(
                planned(portion.target, amount, bound.planned)
                for amount, bound in zip(portion.amounts, binding.amounts, strict=True)
            ),
        )
        for portion in dose.portions
    )
    return replace(dose, portions=portions)


def check_before(desk: Desk, at: VisitKey, binding: Dosing) -> Check | None:
    """The form that is filled before a dose; None where the pack has none."""
    if binding.check is None:
        return None
    key = home_of(desk.study, FormKey(*at, binding.check, 1))
    graph = desk.forms.get(key)
    asked = []
    for oid, place in desk.study.items(binding.check).items():
        state = graph.state(Cell("", oid))
        wanted = place.item.allows or place.item.expects
        if place.group or not wanted or state is None or not state.visible:
            continue
        against = state.text is not None and state.text not in wanted
        asked.append(Asked(oid, state.text, place.item.is_ is not None, against))
    return Check(key, tuple(asked))


def holding(desk: Desk, at: VisitKey, binding: Dosing) -> tuple[FindingRow, ...]:
    """Open findings that stand against a dose: stop rules of the subject, and what the check and the dose
    itself may not be completed with.
    """
    rows = desk.tables.find(FindingRow, subject=at.subject, state="open")
    here = {binding.form, binding.check}
    return tuple(
        row
        for row in rows
        if (row.level == TASK and row.task in HOLDS)
        or (row.level == HARD and row.form in here and row.key.of.at == at)
    )
