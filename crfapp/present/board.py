"""How every subject stands, worked out when somebody looks and kept until something changes there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crfapp.ledger.events import PackageTakenIn, SubjectEnrolled, SubjectRenumbered
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FindingRow, QueryRow, SubjectRow
from crfapp.work.begun import forms_begun
from crfapp.work.conflicts import conflicts
from crfapp.work.findings import TASK, WARNING
from crfapp.work.offered import home_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from crfapp.present.workplace import Workplace
    from crfapp.study.model import Visit
    from crfapp.work.bus import Outcome
    from crfapp.work.schedule import Slot

MOST_KEPT = 2_000
"""So many subjects are remembered; those looked at longest ago go first."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One visit of one subject, planned or not. ``forms``: what is expected or begun, in no order.

    ``queries`` counts what people ask there and the site has not answered, ``conflicts`` the questions that
    workstations answered differently.
    """

    slot: Slot
    forms: tuple[tuple[FormKey, str], ...]
    findings: int
    queries: int = 0
    conflicts: int = 0

    @property
    def complete(self) -> int:
        """How many of its forms are complete."""
        return sum(status == "complete" for _, status in self.forms)

    @property
    def done(self) -> bool:
        """Whether it took place and nothing is left to do."""
        return self.slot.status == "started" and bool(self.forms) and self.complete == len(self.forms)


@dataclass(frozen=True, slots=True)
class Standing:
    """One subject as it stands. ``ended``: nothing more is to come, earlier than planned."""

    row: SubjectRow
    visits: tuple[Occurrence, ...]
    ended: bool

    @property
    def findings(self) -> int:
        """Open findings of the subject."""
        return sum(visit.findings for visit in self.visits)

    @property
    def queries(self) -> int:
        """Open queries of people about the subject's visits."""
        return sum(visit.queries for visit in self.visits)

    def next_provisional(self) -> Slot | None:
        """The first visit still to come, while its day and all that follow may move."""
        waiting = (v.slot for v in self.visits if v.slot.status in ("expected", "booked"))
        first = next(waiting, None)
        return first if first is not None and (first.provisional or first.planned is None) else None

    def owed(self, today: date) -> tuple[tuple[Occurrence, str], ...]:
        """Visits that wait to be conducted, with due, overdue or later.

        Until the anchor is known only the first counts, because the others move along with it; it is due
        at once where nothing at all has been planned. Nothing is owed after the study ended early.
        """
        if self.ended:
            return ()
        movable = self.next_provisional()
        if movable is not None:
            first = next(v for v in self.visits if v.slot is movable)
            return ((first, "due" if movable.planned is None else movable.standing(today)),)
        waiting = (v for v in self.visits if v.slot.status in ("expected", "booked"))
        return tuple((visit, visit.slot.standing(today)) for visit in waiting)


class Board:
    """Subjects and their standings, shared by the pages of one person."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._subjects: tuple[SubjectRow, ...] | None = None
        self._kept: dict[str, Standing] = {}
        self._forms: dict[tuple[str, str], tuple[str, ...]] = {}
        workplace.listen(self._notice)

    def subjects(self) -> tuple[SubjectRow, ...]:
        """Everybody, by number."""
        if self._subjects is None:
            rows = self._at.tables.find(SubjectRow)
            self._subjects = tuple(sorted(rows, key=lambda row: row.number))
        return self._subjects

    def standing(self, subject: SubjectRow) -> Standing:
        """How one subject stands."""
        kept = self._kept.pop(subject.subject, None)
        if kept is None:
            kept = self._look(subject)
            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[subject.subject] = kept
        return kept

    def forget(self) -> None:
        """Look at everything anew."""
        self._subjects = None
        self._kept.clear()
        self._forms.clear()

    def _notice(self, outcome: Outcome) -> None:
        if any(isinstance(event, PackageTakenIn) for event in outcome.events):
            self.forget()  # what was taken in is no part of the outcome
        for event in outcome.events:
            if event.subject is not None:
                self._kept.pop(event.subject, None)
            if isinstance(event, SubjectEnrolled | SubjectRenumbered):
                self._subjects = None

    def _look(self, subject: SubjectRow) -> Standing:
        tables = self._at.tables
        begun = {row.key: row.status for row in forms_begun(self._at.desk, subject=subject.subject)}
        by_visit: dict[VisitKey, dict[FormKey, str]] = {}
        for key, status in begun.items():
            by_visit.setdefault(key.at, {})[key] = status
        findings: dict[VisitKey, int] = {}
        for found in tables.find(FindingRow, subject=subject.subject, state="open"):
            if found.level not in (WARNING, TASK):
                at = found.key.of.at
                findings[at] = findings.get(at, 0) + 1
        asked = Counter(
            VisitKey(*row[1:4]) for row in tables.find(QueryRow, subject=subject.subject, state="open")
        )
        visits = tuple(
            self._occurrence(
                slot, VisitKey(subject.subject, slot.visit, slot.visit_n), by_visit, findings, begun
            )
            for slot in self._at.desk.slots(subject.subject)
        )
        if asked:
            keys = (VisitKey(subject.subject, v.slot.visit, v.slot.visit_n) for v in visits)
            visits = tuple(replace(v, queries=asked[key]) for v, key in zip(visits, keys, strict=True))
        visits = self._with_conflicts(subject.subject, visits)
        statuses = {v.slot.status for v in visits}
        early = any(v.slot.status == "started" and self._ends(v.slot.visit) for v in visits)
        ended = early or ("cancelled" in statuses and statuses.isdisjoint(("expected", "booked")))
        return Standing(subject, visits, ended)

    def _with_conflicts(self, subject: str, visits: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
        joined = Counter(one.key.of.at for one in conflicts(self._at.tables, subject))
        keys = (VisitKey(subject, v.slot.visit, v.slot.visit_n) for v in visits)
        return tuple(
            replace(v, conflicts=joined[key]) if key in joined else v
            for v, key in zip(visits, keys, strict=True)
        )

    def _occurrence(
        self,
        slot: Slot,
        key: VisitKey,
        by_visit: Mapping[VisitKey, Mapping[FormKey, str]],
        findings: Mapping[VisitKey, int],
        everywhere: Mapping[FormKey, str],
    ) -> Occurrence:
        begun = by_visit.get(key, {})
        if not begun and slot.status not in ("started", "log"):
            return Occurrence(slot, (), findings.get(key, 0))
        forms = dict(begun)
        if slot.status in ("started", "log"):
            named = {form.form for form in begun}
            for name in self._expected(key):
                if name not in named:
                    home = home_of(self._at.study, FormKey(*key, name, 1))
                    forms[home] = everywhere.get(home, "expected")
        return Occurrence(slot, tuple(forms.items()), findings.get(key, 0))

    def _expected(self, at: VisitKey) -> tuple[str, ...]:
        """The forms everybody has at a visit by the version under which it stands, found out once."""
        study = self._at.desk.versions.of_visit(at)
        known = self._forms.get((study.hash, at.visit))
        if known is None:
            known = self._forms[study.hash, at.visit] = expected_forms(study.visit(at.visit))
        return known

    def _ends(self, visit: str) -> bool:
        """A visit that is not planned and stands once only is the early end of a subject's study."""
        return self._at.study.visit(visit).kind == "conditional"


def expected_forms(visit: Visit) -> tuple[str, ...]:
    """Forms that everybody has at a visit; optional and conditional ones count once they are begun."""
    return tuple(held.form for held in visit.forms if not held.optional and held.when is None)
