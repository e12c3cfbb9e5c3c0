"""Hijri dates by the Umm al-Qura calendar, and the Gregorian ones that they can be (STUDIES 1.7)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from crfapp.base.dates import PartialDate

FIRST_YEAR, LAST_YEAR = 1300, 1500
_LAST_MONTH = 12


class HijriDate(NamedTuple):
    """A Hijri date as precise as it is known; its text is ISO-like: ``1446-07-12``, ``1446-07``, ``1410``."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        known = (f"{part:02d}" for part in (self.month, self.day) if part is not None)
        return "-".join((f"{self.year:04d}", *known))


def is_hijri_year(year: int) -> bool:
    """Whether a typed year is a Hijri year in all likelihood."""
    return FIRST_YEAR <= year <= LAST_YEAR


def gregorian(year: int, month: int | None, day: int | None) -> tuple[PartialDate, ...]:
    """The Gregorian dates a Hijri date can be, as precise as it was given.

    A full date is one day; a month lies in two Gregorian months, a year in two Gregorian years (TC31).
    Empty where the calendar has no such day, its tables (1343 to 1500) do not reach, or the library
    that holds them is not installed.
    """
    try:
        first, last = _span(year, month, day)
    except (ValueError, OverflowError, ImportError):
        return ()
    if day is not None:
        return (PartialDate(first.year, first.month, first.day),)
    if month is None:
        return tuple(PartialDate(y) for y in range(first.year, last.year + 1))
    return _months(first, last)


def span(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    """First and last Gregorian day of a Hijri date, month or year; None where the tables do not tell."""
    try:
        return _span(year, month, day)
    except (ValueError, OverflowError, ImportError):
        return None


def hijri_of(day: date) -> HijriDate | None:
    """The Hijri date of a Gregorian day; None where the tables do not tell."""
    try:
        from hijridate import Gregorian  # loaded only when somebody asks

        there = Gregorian(day.year, day.month, day.day).to_hijri()
    except (ValueError, OverflowError, ImportError):
        return None
    return HijriDate(there.year, there.month, there.day)


def _span(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    first = _day(year, month or 1, day or 1)
    if day is not None:
        return first, first
    if month is None or month == _LAST_MONTH:
        return first, _day(year + 1, 1, 1) - timedelta(days=1)
    return first, _day(year, month + 1, 1) - timedelta(days=1)


def _months(first: date, last: date) -> tuple[PartialDate, ...]:
    found = []
    while first <= last:
        found.append(PartialDate(first.year, first.month))
        first = first.replace(day=calendar.monthrange(first.year, first.month)[1]) + timedelta(days=1)
    return tuple(found)


def _day(year: int, month: int, day: int) -> date:
    from hijridate import Hijri  # loaded only when a Hijri year is typed

    there = Hijri(year, month, day).to_gregorian()
    return date(there.year, there.month, there.day)
