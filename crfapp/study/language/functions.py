"""The functions of the language: what each takes, what it gives, and what it means.

A strict function is only asked when no operand is missing; its result is missing otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from crfapp.base.dates import hi, lo
from crfapp.study.language import body, days, numbers, texts
from crfapp.study.language.comparing import all_true, any_true, less
from crfapp.study.language.kinds import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Types = frozenset[Type]
ANYTHING = frozenset(Type) - {Type.LIST}
NUMBER = frozenset({Type.NUMBER})
TEXT = frozenset({Type.TEXT, Type.CODE, Type.ROW})
WHOLE = TEXT | {Type.CODES}
DAY = frozenset({Type.DATE, Type.PDATE})
MOMENT = frozenset({Type.MOMENT})
TRUTH = frozenset({Type.TRUTH})
PATTERN = frozenset({Type.TEXT})
ORDERED = frozenset({Type.NUMBER, Type.DATE, Type.TIME, Type.MOMENT})
SPELLED = TEXT | {Type.NUMBER, Type.CODES, Type.DATE, Type.PDATE, Type.TIME, Type.MOMENT}


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is called and what it does.

    ``takes``: the types of its operands. ``gives``: its result's type, None where it has the type
    of its operands. ``meaning``: None where only the scope can answer. ``optional``: how many of the
    last operands may be left out. ``repeats``: the last operand may come several times. ``strict``:
    not asked where an operand is missing.
    """

    usage: str
    takes: tuple[Types, ...]
    gives: Type | None
    meaning: Callable[..., Any] | None
    optional: int = 0
    repeats: bool = False
    strict: bool = True

    def accepts(self, count: int) -> bool:
        """Whether it can be called with so many operands."""
        most = math.inf if self.repeats else len(self.takes)
        return len(self.takes) - self.optional <= count <= most

    def takes_at(self, place: int) -> Types:
        """The types that may stand at a place, counted from 0."""
        return self.takes[min(place, len(self.takes) - 1)]


def given(value: Any) -> bool:
    """Whether there is an answer."""
    return value is not None and value not in ("", ())


def empty(value: Any) -> bool:
    """Whether there is no answer."""
    return not given(value)


def first_given(*values: Any) -> Any:
    """The first operand that is not missing."""
    return next(filter(given, values), None)


def earliest_of(values: Iterable[Any]) -> Any:
    """The smallest of some values; missing when one is missing or there are none."""
    best: Any = None
    for place, value in enumerate(values):
        if value is None:
            return None
        if place == 0 or less(value, best):
            best = value
    return best


def latest_of(values: Iterable[Any]) -> Any:
    """The largest of some values; missing when one is missing or there are none."""
    best: Any = None
    for place, value in enumerate(values):
        if value is None:
            return None
        if place == 0 or less(best, value):
            best = value
    return best


def count_true(*truths: bool | None) -> int:
    """How many conditions are true."""
    return sum(truth is True for truth in truths)


def _spread(fold: Callable[[Iterable[Any]], Any], *values: Any) -> Any:
    return fold(values)


def _spread_given(fold: Callable[[Iterable[Any]], Any], *values: Any) -> Any:
    return fold(filter(given, values))


_sum = partial(_spread, numbers.total)
_lenient = partial(Function, repeats=True, strict=False)
"""A function of any number of operands that says itself what a missing one means."""


_ON_NUMBERS = {
    "round": Function("round(number, digits)", (NUMBER, NUMBER), Type.NUMBER, numbers.rounded, optional=1),
    "floor": Function("floor(number)", (NUMBER,), Type.NUMBER, math.floor),
    "ceil": Function("ceil(number)", (NUMBER,), Type.NUMBER, math.ceil),
    "abs": Function("abs(number)", (NUMBER,), Type.NUMBER, numbers.size),
    "sqrt": Function("sqrt(number)", (NUMBER,), Type.NUMBER, numbers.root),
    "number": Function("number(text or code)", (TEXT,), Type.NUMBER, texts.as_number),
    "scientific": Function("scientific(number, digits)", (NUMBER, NUMBER), Type.TEXT, numbers.scientific),
}
_ON_DAYS = {
    "lo": Function("lo(date)", (DAY,), Type.DATE, lo),
    "hi": Function("hi(date)", (DAY,), Type.DATE, hi),
    "days": Function("days(from, to)", (DAY, DAY), Type.NUMBER, days.days_between),
    "months": Function("months(from, to)", (DAY, DAY), Type.NUMBER, days.months_between),
    "years": Function("years(from, to)", (DAY, DAY), Type.NUMBER, days.years_between),
    "mins": Function("mins(from, to)", (MOMENT, MOMENT), Type.NUMBER, days.minutes),
    "hours": Function("hours(from, to)", (MOMENT, MOMENT), Type.NUMBER, days.hours),
    "date_of": Function("date_of(moment)", (MOMENT,), Type.DATE, days.date_of),
    "time_of": Function("time_of(moment)", (MOMENT,), Type.TIME, days.time_of),
    "year": Function("year(date)", (DAY,), Type.NUMBER, days.year_of),
    "weekday": Function("weekday(date)", (DAY,), Type.NUMBER, days.weekday),
    "add_days": Function("add_days(date, days)", (DAY, NUMBER), Type.DATE, days.add_days),
    "add_months": Function("add_months(date, months)", (DAY, NUMBER), Type.DATE, days.add_months),
    "add_years": Function("add_years(date, years)", (DAY, NUMBER), Type.DATE, days.add_years),
    "add_hours": Function("add_hours(moment, hours)", (MOMENT, NUMBER), Type.MOMENT, days.add_hours),
    "certainly_before": Function("certainly_before(a, b)", (DAY, DAY), Type.TRUTH, days.certainly_before),
    "possibly_before": Function("possibly_before(a, b)", (DAY, DAY), Type.TRUTH, days.possibly_before),
    "today": Function("today()", (), Type.DATE, None),
    "now": Function("now()", (), Type.MOMENT, None),
}
_ON_TEXTS = {
    "length": Function("length(text or codes)", (WHOLE,), Type.NUMBER, len),
    "text": Function("text(value, ...)", (SPELLED,), Type.TEXT, texts.joined_text, repeats=True),
    "upper": Function("upper(text)", (TEXT,), Type.TEXT, str.upper),
    "matches": Function('matches(text, "pattern")', (TEXT, PATTERN), Type.TRUTH, texts.matches),
    "contains": Function("contains(codes or text, part)", (WHOLE, TEXT), Type.TRUTH, texts.contains),
    "same_letters": Function("same_letters(text, text)", (TEXT, TEXT), Type.TRUTH, texts.same_letters),
    "similar": Function("similar(name, name)", (TEXT, TEXT), Type.TRUTH, texts.similar),
    "personal": Function("personal(text)", (TEXT,), Type.TRUTH, texts.personal),
    "side_of": Function("side_of(position)", (TEXT,), Type.TEXT, body.side_of),
    "mentions": Function("mentions(text, name)", (TEXT, TEXT), Type.TRUTH, texts.mentions),
}
_ON_GAPS = {
    "given": Function("given(value)", (ANYTHING,), Type.TRUTH, given, strict=False),
    "empty": Function("empty(value)", (ANYTHING,), Type.TRUTH, empty, strict=False),
    "missing_reason": Function("missing_reason(ITEM)", (ANYTHING,), Type.TEXT, None, strict=False),
    "first_given": _lenient("first_given(value, ...)", (ANYTHING,), None, first_given),
    "earliest": _lenient("earliest(value, ...)", (ORDERED,), None, partial(_spread_given, earliest_of)),
    "latest": _lenient("latest(value, ...)", (ORDERED,), None, partial(_spread_given, latest_of)),
}
_ON_SEVERAL = {
    "any": _lenient("any(condition, ...)", (TRUTH,), Type.TRUTH, partial(_spread, any_true)),
    "all": _lenient("all(condition, ...)", (TRUTH,), Type.TRUTH, partial(_spread, all_true)),
    "count": _lenient("count(condition, ...)", (TRUTH,), Type.NUMBER, count_true),
    "sum": Function("sum(number, ...)", (NUMBER,), Type.NUMBER, _sum, repeats=True),
    "min": Function("min(value, ...)", (ORDERED,), None, partial(_spread, earliest_of), repeats=True),
    "max": Function("max(value, ...)", (ORDERED,), None, partial(_spread, latest_of), repeats=True),
}
FUNCTIONS: dict[str, Function] = {**_ON_NUMBERS, **_ON_DAYS, **_ON_TEXTS, **_ON_GAPS, **_ON_SEVERAL}
"""Every function by its name."""
