"""Counting days, months and hours; what an incomplete date leaves open is missing, never imputed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from crfapp.base.dates import PartialDate, hi, lo
from crfapp.base.times import Moment, minutes_between
from crfapp.study.language.numbers import Number, quotient

if TYPE_CHECKING:
    from decimal import Decimal

Day = date | PartialDate
_MICROSECOND = timedelta(microseconds=1)
_HOUR = timedelta(hours=1) // _MICROSECOND
_FARTHEST = 12 * 10_000


def known_day(day: Day) -> date | None:
    """The day itself, where it is completely known."""
    return lo(day) if lo(day) == hi(day) else None


def days_between(a: Day, b: Day) -> int | None:
    """Days from ``a`` to ``b``; negative when ``b`` is earlier."""
    first, second = known_day(a), known_day(b)
    return None if first is None or second is None else (second - first).days


def months_between(a: Day, b: Day) -> int | None:
    """Completed months from ``a`` to ``b``; the 31st is reached on the 1st after a shorter month."""
    first, second = known_day(a), known_day(b)
    if first is None or second is None:
        return None
    if second < first:
        return -_completed_months(second, first)
    return _completed_months(first, second)


def _completed_months(first: date, second: date) -> int:
    months = (second.year - first.year) * 12 + second.month - first.month
    return months - (second.day < first.day)


def years_between(a: Day, b: Day) -> int | None:
    """Completed years from ``a`` to ``b``; who is born on 29 February is older on 1 March."""
    months = months_between(a, b)
    return None if months is None else (months // 12 if months >= 0 else -(-months // 12))


def minutes(a: Moment, b: Moment) -> int:
    """Whole minutes from ``a`` to ``b`` on the UTC line."""
    return minutes_between(a, b)


def hours(a: Moment, b: Moment) -> Decimal | None:
    """Hours from ``a`` to ``b`` on the UTC line, with all their decimals."""
    return quotient((b.utc - a.utc) // _MICROSECOND, _HOUR)


def date_of(moment: Moment) -> date:
    """The local date of a moment."""
    return moment.local.date()


def time_of(moment: Moment) -> time:
    """The local time of day of a moment."""
    return moment.local.time()


def year_of(day: Day) -> int:
    """The year, also of a partial date."""
    return lo(day).year


def weekday(day: Day) -> int | None:
    """1 for Monday to 7 for Sunday."""
    known = known_day(day)
    return None if known is None else known.isoweekday()


def add_days(day: Day, count: Number) -> date | None:
    """So many whole days later, or earlier where the number is negative."""
    known = known_day(day)
    if known is None or count != int(count):
        return None
    try:
        return known + timedelta(days=int(count))
    except OverflowError:
        return None


def add_hours(moment: Moment, count: Number) -> Moment | None:
    """So many hours later on the UTC line, in the same zone."""
    try:
        return Moment.at(moment.utc + timedelta(microseconds=int(count * _HOUR)), moment.zone)
    except OverflowError:
        return None


def add_months(day: Day, count: Number) -> date | None:
    """So many months later; the 31st becomes the last day of a shorter month."""
    known = known_day(day)
    if known is None or count != int(count) or not -_FARTHEST <= count <= _FARTHEST:
        return None
    year, month = divmod(known.year * 12 + known.month - 1 + int(count), 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(known.day, monthrange(year, month + 1)[1]))


def add_years(day: Day, count: Number) -> date | None:
    """So many years later; 29 February becomes the 28th in other years."""
    return add_months(day, count * 12) if -_FARTHEST <= count <= _FARTHEST else None


def certainly_before(a: Day, b: Day) -> bool:
    """Whether ``a`` precedes ``b`` whatever the unknown parts are."""
    return hi(a) < lo(b)


def possibly_before(a: Day, b: Day) -> bool:
    """Whether the unknown parts allow ``a`` to precede ``b``."""
    return lo(a) < hi(b)
