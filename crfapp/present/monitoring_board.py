"""How far every subject has been compared: worked out when somebody looks, kept until something changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.events import PackageTakenIn, SubjectEnrolled
from crfapp.ledger.state import SubjectRow
from crfapp.work.verification_standing import Counts, counts_of, planned_items, total

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.bus import Outcome
    from crfapp.work.verification_standing import PlannedItem

MOST_KEPT = 500
"""Of so many subjects the forms are remembered; of all others only how many answers."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One subject: its forms with planned answers, and those to be looked at first, in their order.

    ``pressing``: answers that changed since they were verified, and those asked about.
    """

    row: SubjectRow
    forms: Mapping[FormKey, Counts]
    pressing: tuple[PlannedItem, ...] = ()

    @property
    def whole(self) -> Counts:
        """All forms together."""
        return total(self.forms.values())


class MonitoringBoard:
    """Subjects and how far they have come, for the pages of one person."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._subjects: tuple[SubjectRow, ...] | None = None
        self._by_id: dict[str, SubjectRow] = {}
        self._kept: dict[str, Compared] = {}
        self._totals: dict[str, Counts] = {}
        self._whole = Counts()
        self._next = 0
        self._order = {
            (visit.visit, held.form): (place, number)
            for place, visit in enumerate(workplace.study.head.visits)
            for number, held in enumerate(visit.forms)
        }
        workplace.listen(self._notice)

    def subjects(self) -> tuple[SubjectRow, ...]:
        """Everybody, by number."""
        if self._subjects is None:
            rows = self._at.tables.find(SubjectRow)
            self._subjects = tuple(sorted(rows, key=lambda row: row.number))
            self._by_id = {row.subject: row for row in self._subjects}
        return self._subjects

    def subject(self, subject: str) -> SubjectRow | None:
        """One subject by its internal id."""
        self.subjects()
        return self._by_id.get(subject)

    def place(self, key: FormKey) -> tuple[int, int, int, int]:
        """Where a form stands in the schedule, for sorting."""
        visit, form = self._order.get((key.visit, key.form), (len(self._order), 0))
        return visit, key.visit_n, form, key.form_n

    def compared(self, row: SubjectRow) -> Compared:
        """How far one subject has come."""
        kept = self._kept.pop(row.subject, None)
        if kept is None:
            items = planned_items(self._at.desk, row)
            counts = counts_of(items)
            pressing = [one for one in items if one.state in ("changed", "queried")]
            pressing.sort(key=lambda one: (self.place(one.key.of), one.key))
            forms = {key: counts[key] for key in sorted(counts, key=self.place)}
            kept = Compared(row, forms, tuple(pressing))
            self._count(row.subject, kept.whole)
            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[row.subject] = kept
        return kept

    def knows(self, row: SubjectRow) -> bool:
        """Whether a subject was counted and nothing changed there since."""
        return row.subject in self._totals

    def is_done(self, row: SubjectRow) -> bool:
        """Whether it is known that nothing of a subject waits."""
        known = self._totals.get(row.subject)
        return known is not None and known.left == known.queried

    def count_more(self, subjects: int) -> bool:
        """Count some subjects that were not counted yet; whether any are left."""
        everybody = self.subjects()
        while subjects and self._next < len(everybody):
            row = everybody[self._next]
            self._next += 1
            if row.subject not in self._totals:
                self.compared(row)
                subjects -= 1
        return len(self._totals) < len(everybody)

    def site(self) -> tuple[Counts, int]:
        """All subjects counted so far together, and how many those are."""
        return self._whole, len(self._totals)

    def forget(self) -> None:
        """Look at everything anew."""
        self._subjects = None
        self._kept.clear()
        self._totals.clear()
        self._whole = Counts()
        self._next = 0

    def _notice(self, outcome: Outcome) -> None:
        if any(isinstance(event, PackageTakenIn) for event in outcome.events):
            self.forget()  # what was taken in is no part of the outcome
        for subject in {event.subject for event in outcome.events if event.subject is not None}:
            self._kept.pop(subject, None)
            known = self._totals.pop(subject, None)
            if known is not None:
                self._whole = Counts(*(a - b for a, b in zip(self._whole, known, strict=True)))
                self._next = 0
        if any(isinstance(event, SubjectEnrolled) for event in outcome.events):
            self._subjects = None
            self._next = 0

    def _count(self, subject: str, counts: Counts) -> None:
        if subject not in self._totals:
            self._totals[subject] = counts
            self._whole = total((self._whole, counts))
