"""What an aggregate makes of the elements of the rows that were kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crfapp.study.language.comparing import all_true, any_true
from crfapp.study.language.functions import (
    ANYTHING,
    NUMBER,
    ORDERED,
    SPELLED,
    TEXT,
    TRUTH,
    Types,
    earliest_of,
    latest_of,
)
from crfapp.study.language.kinds import Type
from crfapp.study.language.numbers import total
from crfapp.study.language.texts import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Aggregation:
    """What elements it takes, what type it gives (None: that of its elements), and how it folds them."""

    takes: Types
    gives: Type | None
    fold: Callable[[Iterable[Any]], Any]


def _first(values: Iterable[Any]) -> Any:
    return next(iter(values), None)


def _last(values: Iterable[Any]) -> Any:
    last = None
    for value in values:
        last = value
    return last


def _count(values: Iterable[Any]) -> int:
    return sum(1 for _ in values)


def _distinct(values: Iterable[Any]) -> int | None:
    found = set(values)
    return None if None in found else len(found)


def _join(values: Iterable[Any]) -> str | None:
    found = list(values)
    return ", ".join(map(as_text, found)) if found and None not in found else None


AGGREGATES: dict[str, Aggregation] = {
    "any": Aggregation(TRUTH, Type.TRUTH, any_true),
    "all": Aggregation(TRUTH, Type.TRUTH, all_true),
    "count": Aggregation(frozenset({Type.ROW}), Type.NUMBER, _count),
    "sum": Aggregation(NUMBER, Type.NUMBER, total),
    "min": Aggregation(ORDERED, None, earliest_of),
    "max": Aggregation(ORDERED, None, latest_of),
    "first": Aggregation(ANYTHING, None, _first),
    "last": Aggregation(ANYTHING, None, _last),
    "distinct": Aggregation(TEXT | {Type.NUMBER, Type.DATE, Type.TIME}, Type.NUMBER, _distinct),
    "join": Aggregation(SPELLED, Type.TEXT, _join),
}
"""Every aggregate by its name."""
