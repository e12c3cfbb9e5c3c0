"""Windows of planned visits that overlap, also of visits that count from different anchors (STUDIES 1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode

if TYPE_CHECKING:
    from crfapp.study.lint.report import Report
    from crfapp.study.model import Visit
    from crfapp.study.study import Study

_HOURS = 24
Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Planned:
    """A visit whose day can be known: the way of its anchors up to the first, itself in front."""

    number: int
    visit: Visit
    way: tuple[str, ...]
    day: int


def check_windows(report: Report) -> None:
    """One warning for each visit whose window begins before that of an earlier one ends.

    Only planned visits that count from planned visits have a day; the others come when they must. What
    happens without the subject, such as the release of a product, has no date of a visit.
    """
    dated = report.pack.head.visit_items.date.partition(".")[0]
    planned = [
        found for n, visit in enumerate(report.study.visits.values()) if (found := _at(report, n, visit))
    ]
    planned = [one for one in planned if any(held.form == dated for held in one.visit.forms)]
    planned.sort(key=lambda one: (one.day, one.number))
    worst: dict[int, tuple[Days, Days, str, _Planned, _Planned]] = {}
    for before, after in combinations(planned, 2):
        overlap = _overlap(report.study, before, after)
        if overlap is None:
            continue
        earlier, later, origin = overlap
        if after.number not in worst or worst[after.number][0][1] < earlier[1]:
            worst[after.number] = (earlier, later, origin, before, after)
    for earlier, later, origin, before, after in worst.values():
        text = (
            f"The window of {after.visit.visit} begins on day {later[0]}, that of {before.visit.visit} "
            f"ends on day {earlier[1]}, counted from {origin}."
        )
        path = ("head", "visits", after.number, "window")
        report.warning(PackCode.WINDOWS_OVERLAP, path, text, f"{before.visit.visit} {after.visit.visit}")


def _anchor_of(report: Report, visit: Visit) -> str:
    return visit.anchor.visit if visit.anchor else report.pack.head.anchor


def _at(report: Report, number: int, visit: Visit) -> _Planned | None:
    way: list[str] = []
    day, here = 0, visit
    while here.visit not in way:
        if here.kind != "scheduled" or _days(here) is None:
            return None
        way.append(here.visit)
        anchor = _anchor_of(report, here)
        if anchor == here.visit:
            return _Planned(number, visit, tuple(way), day)
        if anchor not in report.study.visits:
            return None
        day += _day(here)
        here = report.study.visits[anchor]
    return None


def _day(visit: Visit) -> int:
    """The planned day, counted from the visit's own anchor."""
    return visit.day or (visit.hours or 0) // _HOURS


def _days(visit: Visit) -> Days | None:
    """First and last day of a window, counted from the visit's own anchor; None where there is no day."""
    if visit.hours is not None:
        first, last = visit.window or (visit.hours, visit.hours)
        return first // _HOURS, -(-last // _HOURS)
    if visit.day is None:
        return None
    early, late = visit.window or (0, 0)
    return visit.day + early, visit.day + late


def _overlap(study: Study, before: _Planned, after: _Planned) -> tuple[Days, Days, str] | None:
    """Both windows, counted from the nearest visit that both count from, where they overlap."""
    origin = next((visit for visit in after.way if visit in before.way), None)
    if origin is None or _follows_by_hours(before, after):
        return None
    earlier, later = _from(study, before, origin), _from(study, after, origin)
    return (earlier, later, origin) if later[0] <= earlier[1] and earlier[0] <= later[1] else None


def _follows_by_hours(before: _Planned, after: _Planned) -> bool:
    """A call some hours after a visit comes later than it and all before it, if on the same day."""
    hours = after.visit.hours
    return hours is not None and before.day <= after.day - hours // _HOURS


def _from(study: Study, one: _Planned, origin: str) -> Days:
    """The window where all anchors between take place on their planned days."""
    if one.visit.visit == origin:
        return 0, 0
    first, last = _days(one.visit) or (0, 0)
    between = sum(_day(study.visits[visit]) for visit in one.way[1 : one.way.index(origin)])
    return between + first, between + last
