"""Ranges: ends that fit the item's type and stand in order, the hard one around the soft one."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from crfapp.study.faults import PackCode, Path
from crfapp.study.lint.report import Report, items_in
from crfapp.study.types import ItemType, Kind, parse_type

RANGED = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.SCALE, Kind.DATE, Kind.PARTIALDATE, Kind.DATETIME})
"""Types with an order that a range can limit."""

Ends = tuple[str | None, str | None]


def check_figures(report: Report) -> None:
    """The ranges of all items."""
    for at, item in items_in(report):
        if item.range is None:
            continue
        kind, path = parse_type(item.type), (*at.path, "range")
        if kind.kind not in RANGED:
            report.error(
                PackCode.RANGE_OFF_TYPE, path, f"A range does not go with type {item.type}.", item.item
            )
            continue
        for key in ("hard", "soft"):
            ends: Ends | None = getattr(item.range, key)
            if ends is not None:
                _ends(report, ends, kind, (*path, key))
        if item.range.hard is not None and item.range.soft is not None:
            _around(report, item.range.hard, item.range.soft, (*path, "hard"))


def number_of(end: str | None) -> Decimal | None:
    """An end as a number; None where it is open or an expression."""
    try:
        found = None if end is None else Decimal(end)
    except InvalidOperation:
        return None
    return found if found is None or found.is_finite() else None


def _ends(report: Report, ends: Ends, kind: ItemType, path: Path) -> None:
    low, high = number_of(ends[0]), number_of(ends[1])
    if low is not None and high is not None and low > high:
        report.error(PackCode.RANGE_WITHOUT_ORDER, path, f"The range ends ({high}) before it begins ({low}).")
    digits = 0 if kind.kind in (Kind.INTEGER, Kind.SCALE) else kind.digits
    for end in (low, high):
        if end is None or digits is None:
            continue
        exponent = end.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > digits:
            text = f"{end} has more decimals than an answer of type {kind} can have."
            report.error(PackCode.RANGE_OFF_TYPE, path, text)
        elif kind.low is not None and kind.high is not None and not kind.low <= end <= kind.high:
            report.error(PackCode.RANGE_OFF_TYPE, path, f"{end} is not on the scale {kind}.")


def _around(report: Report, hard: Ends, soft: Ends, path: Path) -> None:
    for end, (outer, inner) in enumerate(zip(hard, soft, strict=True)):
        limit, figure = number_of(outer), number_of(inner)
        if limit is None or figure is None:
            continue
        if limit > figure if end == 0 else limit < figure:
            text = f"The hard end {limit} lies inside the soft range, which goes to {figure}."
            report.error(PackCode.HARD_INSIDE_SOFT, path, text)
