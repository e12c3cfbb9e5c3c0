"""A demo's monitor at work: she comes, compares forms with their sources, asks, and leaves.

Between two of her visits the site corrects some of what she verified, so that it has to be compared again.
What she asks from afar is in :mod:`crfapp.journeys.correspondence`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import Scope
from crfapp.ledger.state import FormRow, ItemRow, SubjectRow, VerifiedRow
from crfapp.study.types import Kind
from crfapp.work.entry import RecordAnswer
from crfapp.work.marks import held_by
from crfapp.work.monitoring import BeginMonitoring, EndMonitoring
from crfapp.work.queries import RaiseQuery
from crfapp.work.roles import Right
from crfapp.work.verification import Listed, VerifyForm
from crfapp.work.verification_standing import planned_items

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.journeys.acting import Hands
    from crfapp.ledger.keys import FormKey
    from crfapp.work.roles import Actor
    from crfapp.work.verification_standing import PlannedItem

_COMPARED, _CORRECTED = 6, 3
"""So many subjects are looked at in a visit; so many answers are corrected between two."""
_LEFT_OPEN = 4
"""Every so-many-th form waits for the next visit."""
POINTS = "Delegation log: page 2 is not signed. Two source pages were not at hand."


class MonitoringRound:
    """What the monitor of a demo does; nothing where nobody among the people compares."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._desk = hands.ground.desk
        self._asked = False

    @property
    def monitor(self) -> Actor | None:
        """Who compares."""
        people = self._hands.ground.people.values()
        return next((one for one in people if one.may(Right.VERIFY)), None)

    def come(self, *, stay: bool = False) -> None:
        """One visit: forms of the first subjects, one question; with ``stay`` it is still going on."""
        actor = self.monitor
        if actor is None:
            return
        self._hands.send(BeginMonitoring(purpose="Routine visit"), actor)
        subjects = sorted(self._desk.tables.find(SubjectRow), key=lambda row: row.number)
        for subject in subjects[:_COMPARED]:
            waiting = _by_form(one for one in planned_items(self._desk, subject) if one.state == "planned")
            forms = [key for key in waiting if self._is_complete(key)]
            for place, key in enumerate(forms[: 2 if stay else None]):
                if stay or place % _LEFT_OPEN:
                    self._hands.send(VerifyForm(key=key, items=tuple(_listed(waiting[key]))), actor)
                elif place == _LEFT_OPEN and not self._asked:
                    self._asked = True
                    self._ask(waiting[key][0], actor)
        if not stay:
            self._hands.send(EndMonitoring(points=POINTS), actor)

    def correct(self) -> None:
        """The site corrects numbers that were verified."""
        done = self._desk.tables.find(VerifiedRow, state="done")
        found = [row for row in done if self._is_number(row) and held_by(self._desk, row.key.of) is None]
        for row in found[:: max(1, len(found) // _CORRECTED)][:_CORRECTED]:
            stored = self._desk.tables.get(ItemRow, *row.key)
            planned = self._desk.forms.plan(row.key.of).items[row.item]
            if stored is not None and stored.value is not None:
                typed = str(int(stored.value) + 2)
                command = RecordAnswer(
                    key=row.key.of, row=row.row, item=row.item, typed=typed, reason="digits misread"
                )
                self._hands.send(command, self._hands.who(planned))

    def _is_complete(self, key: FormKey) -> bool:
        row = self._desk.tables.get(FormRow, *key)
        return row is not None and row.status == "complete"

    def _is_number(self, row: VerifiedRow) -> bool:
        return self._desk.study.field(row.form, row.item).kind is Kind.INTEGER and row.value is not None

    def _ask(self, one: PlannedItem, actor: Actor) -> None:
        scope, place = Scope(*one.key.of), one.key
        text = "The source page for this was not at hand. Please show it at the next visit."
        self._hands.send(RaiseQuery(scope=scope, row=place.row, item=place.item, text=text), actor)


def _by_form(items: Iterable[PlannedItem]) -> dict[FormKey, list[PlannedItem]]:
    found: dict[FormKey, list[PlannedItem]] = {}
    for one in items:
        found.setdefault(one.key.of, []).append(one)
    return found


def _listed(items: Iterable[PlannedItem]) -> Iterable[Listed]:
    return (Listed(one.key.row, one.key.item, one.stored.head) for one in items)
