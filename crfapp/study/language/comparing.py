"""When one answer equals, precedes or follows another, and when that is open (STUDIES 1.4).

Every comparison says True, False or None: None where a value is missing, where the unknown parts of
a date leave the order open, or where the two cannot be compared at all.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from crfapp.base.dates import PartialDate, certainly_before, hi, lo
from crfapp.base.times import Moment

PLAIN = frozenset({int, Decimal, str, date, time, bool})
"""Types that compare with themselves the way Python does it."""

Test = Callable[[Any, Any], bool | None]


def as_number(value: object) -> bool:
    """Whether a value counts as a number here; true and false do not."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def as_day(value: object) -> bool:
    """Whether a value is a full or a partial date."""
    return isinstance(value, date | PartialDate) and not isinstance(value, datetime)


def equal(a: Any, b: Any) -> bool | None:
    """Whether two answers are the same."""
    if (type(a) is type(b) and type(a) in PLAIN) or (as_number(a) and as_number(b)):
        return bool(a == b)
    if as_day(a) and as_day(b):
        return _same_day(a, b)
    if isinstance(a, Moment) and isinstance(b, Moment):
        return a.utc == b.utc
    if isinstance(a, tuple) and isinstance(b, tuple):
        return set(a) == set(b)
    return None


def _same_day(a: date | PartialDate, b: date | PartialDate) -> bool | None:
    if hi(a) < lo(b) or hi(b) < lo(a):
        return False
    return True if lo(a) == hi(a) == lo(b) == hi(b) else None


def unequal(a: Any, b: Any) -> bool | None:
    """Whether two answers differ."""
    same = equal(a, b)
    return None if same is None else not same


def less(a: Any, b: Any) -> bool | None:
    """Whether ``a`` is smaller, or certainly earlier."""
    if as_day(a) and as_day(b):
        return certainly_before(a, b)
    pair = _in_order(a, b)
    return None if pair is None else bool(pair[0] < pair[1])


def at_most(a: Any, b: Any) -> bool | None:
    """Whether ``a`` is not larger, or certainly not later."""
    if as_day(a) and as_day(b):
        later = certainly_before(b, a)
        return None if later is None else not later
    pair = _in_order(a, b)
    return None if pair is None else bool(pair[0] <= pair[1])


def _in_order(a: Any, b: Any) -> tuple[Any, Any] | None:
    """What Python may put in order for the two; None where there is no order."""
    if as_number(a) and as_number(b):
        return a, b
    if isinstance(a, Moment) and isinstance(b, Moment):
        return a.utc, b.utc
    if isinstance(a, time) and isinstance(b, time):
        return a, b
    return None


SIGNS: dict[str, tuple[Callable[[Any, Any], bool], Test]] = {
    "==": (operator.eq, equal),
    "!=": (operator.ne, unequal),
    "<": (operator.lt, less),
    "<=": (operator.le, at_most),
    ">": (operator.gt, lambda a, b: less(b, a)),
    ">=": (operator.ge, lambda a, b: at_most(b, a)),
}
"""Each sign's test for two values of one plain type, and its test for any two values."""


def among(value: Any, choices: Any) -> bool | None:
    """Whether a value is one of several; open where it is none of the known but one is missing."""
    if value is None or choices is None:
        return None
    found: bool | None = False
    for choice in choices:
        same = equal(value, choice)
        if same:
            return True
        if same is None:
            found = None
    return found


def all_true(truths: Any) -> bool | None:
    """``and`` over any number of conditions: one false decides, else one missing leaves it open."""
    result: bool | None = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_true(truths: Any) -> bool | None:
    """``or`` over any number of conditions: one true decides, else one missing leaves it open."""
    result: bool | None = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result
