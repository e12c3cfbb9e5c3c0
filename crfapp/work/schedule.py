"""When visits are due: planned days and windows counted from their anchors (STUDIES 1.6). Pure.

Until the anchor visit has taken place all days are provisional: they count from the first visit that has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.study.model import Anchor, Visit

if TYPE_CHECKING:
    from crfapp.ledger.state import VisitRow
    from crfapp.study.model import StudyHead

_HOURS = 24
MomentOf = Callable[[Anchor], Moment | None]
"""Gives the moment recorded at an anchor such as ``ECEV.ECENDTM`` of a visit, or None."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One visit occurrence of one subject, planned or not.

    ``status``: expected, booked, started, missed, merged, cancelled, possible (conditional or repeating,
    not yet begun) or log. ``timing`` of the actual date against the window: EARLY, IN, LATE, or None where
    it cannot be judged yet. ``offset``: days from the anchor visit's date, None until that is known.
    ``into``: the visit a merged one was held together with. ``proposed``: the nearest clinic day inside
    the window, where the site sees nobody on the planned day.
    """

    visit: str
    visit_n: int
    status: str
    planned: date | None = None
    opens: date | None = None
    closes: date | None = None
    booked: date | None = None
    actual: date | None = None
    provisional: bool = False
    timing: str | None = None
    offset: int | None = None
    into: str | None = None
    proposed: date | None = None

    def standing(self, today: date) -> str:
        """How it stands on a day: started, missed, log, possible, later, due, overdue."""
        if self.status not in ("expected", "booked"):
            return self.status
        if self.closes is not None and today > self.closes and not self.provisional:
            return "overdue"
        opens = self.booked or self.opens or self.planned
        return "due" if opens is not None and today >= opens else "later"


@dataclass(frozen=True, slots=True)
class ClinicDays:
    """When a site sees patients: not on these weekdays (1 is Monday) and not on these days."""

    weekend: frozenset[int] = frozenset()
    closed: frozenset[date] = frozenset()

    def are_open(self, day: date) -> bool:
        """Whether patients are seen on a day."""
        return day.isoweekday() not in self.weekend and day not in self.closed

    def nearest(self, day: date, opens: date, closes: date) -> date | None:
        """The open day of a window nearest to a closed one, the later of two; None where it is open."""
        if self.are_open(day):
            return None
        days = [opens + timedelta(days=n) for n in range((closes - opens).days + 1)]
        near = [one for one in days if self.are_open(one)]
        return min(near, key=lambda one: (abs(one - day), one < day), default=None)

    def working_days(self, after: date, until: date) -> int:
        """How many open days lie after one day, up to and with another."""
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return sum(self.are_open(one) for one in days)


EVERY_DAY = ClinicDays()


def schedule(
    head: StudyHead, rows: Sequence[VisitRow], moment_of: MomentOf, clinic: ClinicDays = EVERY_DAY
) -> tuple[Slot, ...]:
    """All slots of one subject, in the order of the pack; repeats follow their visit, the next one last."""
    done = {row.key[1:]: row for row in rows}
    days = _Days(head, rows, moment_of)
    slots: list[Slot] = []
    for visit in head.visits:
        for n in _occurrences(visit, done):
            anchor = None if days.provisional else days.origin
            plan = _Plan(days.planned(visit, n), days.provisional, anchor)
            slots.append(_slot(visit, n, done.get((visit.visit, n)), plan, clinic))
    return tuple(slots)


def moved(before: Sequence[Slot], after: Sequence[Slot], today: date) -> tuple[tuple[Slot, Slot], ...]:
    """The slots whose window status, standing or planned day differs, as they were and as they are."""
    known = {(slot.visit, slot.visit_n): slot for slot in before}
    pairs = ((known[slot.visit, slot.visit_n], slot) for slot in after if (slot.visit, slot.visit_n) in known)

    def facts(slot: Slot) -> tuple[object, ...]:
        return slot.planned, slot.timing, slot.standing(today)

    return tuple((was, is_) for was, is_ in pairs if facts(was) != facts(is_))


def _occurrences(visit: Visit, done: Mapping[tuple[str, int], VisitRow]) -> list[int]:
    known = sorted(n for (oid, n) in done if oid == visit.visit)
    if visit.kind == "repeating":
        return [*known, known[-1] + 1 if known else 1]
    return known or [1]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Planned day with its window, whether it may still move, and the anchor's date once known."""

    days: tuple[date, date, date] | None
    provisional: bool
    anchor: date | None


def _slot(visit: Visit, n: int, row: VisitRow | None, plan: _Plan, clinic: ClinicDays) -> Slot:
    planned, opens, closes = plan.days or (None, None, None)
    actual = date.fromisoformat(row.date) if row and row.date else None
    return Slot(
        visit=visit.visit,
        visit_n=n,
        status=_status(visit, row, plan),
        planned=planned,
        opens=opens,
        closes=closes,
        booked=date.fromisoformat(row.booked) if row and row.booked else None,
        actual=actual,
        provisional=plan.provisional,
        timing=None if plan.provisional else _timing(actual, opens, closes),
        offset=(actual - plan.anchor).days if actual and plan.anchor else None,
        into=row.why if row and row.status == "merged" else None,
        proposed=clinic.nearest(planned, opens, closes)
        if planned and opens and closes and not actual
        else None,
    )


def _status(visit: Visit, row: VisitRow | None, plan: _Plan) -> str:
    if visit.kind == "log":
        return "log"
    if row is not None:
        return row.status
    return "expected" if visit.kind == "scheduled" or plan.days is not None else "possible"


def _timing(actual: date | None, opens: date | None, closes: date | None) -> str | None:
    if actual is None or opens is None or closes is None:
        return None
    if actual < opens:
        return "EARLY"
    return "LATE" if actual > closes else "IN"


class _Days:
    """Where the schedule's days count from, and which days that gives.

    ``origin`` is the anchor's date or, while that is ``provisional``, the day it would be: where it is
    booked, else counted back from the first visit that has taken place.
    """

    def __init__(self, head: StudyHead, rows: Sequence[VisitRow], moment_of: MomentOf) -> None:
        self._head = head
        self._visits = {visit.visit: visit for visit in head.visits}
        self._dates = {
            row.visit: date.fromisoformat(row.date) for row in rows if row.date and row.visit_n == 1
        }
        self._moment_of = moment_of
        self.origin: date | None = self._dates.get(head.anchor)
        self.provisional = self.origin is None
        if self.origin is None:
            booked = next((row.booked for row in rows if row.visit == head.anchor and row.booked), None)
            self.origin = date.fromisoformat(booked) if booked else self._counted_back()

    def planned(self, visit: Visit, n: int) -> tuple[date, date, date] | None:
        """Planned day with the first and last day of the window; of a repeat, as often as it is planned."""
        again = visit.kind == "repeating" and n <= (visit.times or 0)
        if self.origin is None or not (visit.kind == "scheduled" or again):
            return None
        if visit.hours is not None and visit.anchor is not None:
            return self._by_hours(visit, visit.anchor)
        day = self._day(visit) + timedelta(days=_gap(visit)) * (n - 1 if again else 0)
        low, high = visit.window or (0, 0)
        return day, day + timedelta(days=low), day + timedelta(days=high)

    def _by_hours(self, visit: Visit, anchor: Anchor) -> tuple[date, date, date]:
        moment, hours = self._moment_of(anchor), visit.hours or 0
        if moment is None:
            day = self._day(visit)
            return day, day, day
        low, high = visit.window or (hours, hours)
        planned, opens, closes = ((moment.local + timedelta(hours=h)).date() for h in (hours, low, high))
        return planned, opens, closes

    def _day(self, visit: Visit) -> date:
        """The planned day, counted from the visit's own anchor: from its date as soon as that is known."""
        anchor = self._anchor(visit)
        gap = timedelta(days=_gap(visit))
        if anchor is None:
            return (self.origin or date.min) + gap
        return (self._dates.get(anchor.visit) or self._day(anchor)) + gap

    def _anchor(self, visit: Visit) -> Visit | None:
        """The visit it is counted from, where that is not the study's anchor."""
        if visit.anchor is None or visit.anchor.visit in (self._head.anchor, visit.visit):
            return None
        return self._visits.get(visit.anchor.visit)

    def _counted_back(self) -> date | None:
        """The anchor's day as the first visit that has taken place lets it be."""
        seen = [
            (day, visit)
            for oid, day in self._dates.items()
            if (visit := self._visits.get(oid)) is not None and visit.kind == "scheduled"
        ]
        if not seen:
            return None
        day, visit = min(seen, key=lambda pair: pair[0])
        return day - timedelta(days=self._days_from_anchor(visit))

    def _days_from_anchor(self, visit: Visit) -> int:
        anchor = self._anchor(visit)
        return _gap(visit) + (self._days_from_anchor(anchor) if anchor is not None else 0)


def _gap(visit: Visit) -> int:
    """Days from the anchor to the visit; whole days where hours are given."""
    return round((visit.hours or 0) / _HOURS) if visit.day is None else visit.day
