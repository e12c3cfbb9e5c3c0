"""When visits are due: planned days and windows counted from their anchors (STUDIES 1.6). Pure.

Until the anchor visit has taken place all days are provisional: they count from the first visit that has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.study.model import Anchor, Visit

if TYPE_CHECKING:
    from crfapp.ledger.state import VisitRow
    from crfapp.study.model import StudyHead

MomentOf = Callable[[Anchor], Moment | None]
"""Gives the moment recorded at an anchor such as ``ECEV.ECENDTM`` of a visit, or None."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One visit occurrence of one subject, planned or not.

    ``status``: expected, booked, started, missed, possible (conditional or repeating, not yet begun) or
    log. ``timing`` of the actual date against the window: EARLY, IN, LATE, or None where it cannot be
    judged yet. ``offset``: days from the anchor visit's date, None until that is known.
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

    def standing(self, today: date) -> str:
        """How it stands on a day: started, missed, log, possible, later, due, overdue."""
        if self.status not in ("expected", "booked"):
            return self.status
        if self.closes is not None and today > self.closes and not self.provisional:
            return "overdue"
        opens = self.booked or self.opens or self.planned
        return "due" if opens is not None and today >= opens else "later"


def schedule(head: StudyHead, rows: Sequence[VisitRow], moment_of: MomentOf) -> tuple[Slot, ...]:
    """All slots of one subject, in the order of the pack; repeats follow their visit."""
    done = {row.key[1:]: row for row in rows}
    origin, provisional = _origin(head, rows)
    known = None if provisional else origin
    slots: list[Slot] = []
    for visit in head.visits:
        planned = _planned(head, visit, origin, moment_of)
        occurrences = [n for (oid, n) in done if oid == visit.visit] or [1]
        for n in sorted(occurrences):
            slots.append(_slot(visit, n, done.get((visit.visit, n)), _Plan(planned, provisional, known)))
    return tuple(slots)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Planned day with its window, whether it may still move, and the anchor's date once known."""

    days: tuple[date, date, date] | None
    provisional: bool
    anchor: date | None


def _slot(visit: Visit, n: int, row: VisitRow | None, plan: _Plan) -> Slot:
    planned, opens, closes = plan.days or (None, None, None)
    actual = date.fromisoformat(row.date) if row and row.date else None
    return Slot(
        visit=visit.visit,
        visit_n=n,
        status=_status(visit, row),
        planned=planned,
        opens=opens,
        closes=closes,
        booked=date.fromisoformat(row.booked) if row and row.booked else None,
        actual=actual,
        provisional=plan.provisional,
        timing=None if plan.provisional else _timing(actual, opens, closes),
        offset=(actual - plan.anchor).days if actual and plan.anchor else None,
    )


def _status(visit: Visit, row: VisitRow | None) -> str:
    if visit.kind == "log":
        return "log"
    if row is not None:
        return row.status
    return "expected" if visit.kind == "scheduled" else "possible"


def _timing(actual: date | None, opens: date | None, closes: date | None) -> str | None:
    if actual is None or opens is None or closes is None:
        return None
    if actual < opens:
        return "EARLY"
    return "LATE" if actual > closes else "IN"


def _origin(head: StudyHead, rows: Sequence[VisitRow]) -> tuple[date | None, bool]:
    """The anchor's date, and whether it is provisional."""
    for row in rows:
        if row.visit == head.anchor and row.date:
            return date.fromisoformat(row.date), False
        if row.visit == head.anchor and row.booked:
            return date.fromisoformat(row.booked), True
    days = {visit.visit: visit.day for visit in head.visits if visit.kind == "scheduled"}
    for row in rows:
        day = days.get(row.visit)
        if row.date and day is not None:
            return date.fromisoformat(row.date) - timedelta(days=day), True
    return None, True


def _planned(
    head: StudyHead, visit: Visit, origin: date | None, moment_of: MomentOf
) -> tuple[date, date, date] | None:
    """Planned day with the first and last day of the window."""
    if visit.kind != "scheduled" or origin is None:
        return None
    if visit.hours is not None and visit.anchor is not None:
        return _planned_by_hours(head, visit, visit.anchor, origin, moment_of)
    day = origin + timedelta(days=visit.day or 0)
    if visit.window is None:
        return day, day, day
    # a window counts from the planned day, save where it names the span of days before the anchor itself
    low, high = visit.window
    return day, day + timedelta(days=low), day + timedelta(days=high)


def _planned_by_hours(
    head: StudyHead, visit: Visit, anchor: Anchor, origin: date, moment_of: MomentOf
) -> tuple[date, date, date]:
    moment = moment_of(anchor)
    hours = visit.hours or 0
    low, high = visit.window or (hours, hours)
    if moment is not None:
        planned, opens, closes = ((moment.local + timedelta(hours=h)).date() for h in (hours, low, high))
        return planned, opens, closes
    base = next((v.day or 0 for v in head.visits if v.visit == anchor.visit), 0)
    day = origin + timedelta(days=base + round(hours / 24))
    return day, day, day
