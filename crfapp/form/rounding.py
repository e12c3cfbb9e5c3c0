"""Fitting a calculated value to its item: digits, code texts, canonical text."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from crfapp.form.values import text_of
from crfapp.study.types import ItemType, Kind

if TYPE_CHECKING:
    from crfapp.study.types import Value


def fitted(value: Any, kind: ItemType) -> tuple[Value, str | None]:
    """The value as its item holds it, with its canonical text; numbers are rounded half up."""
    match value:
        case None:
            return None, None
        case bool():
            code = "Y" if value else "N"
            return code, code
        case int() if kind.kind is Kind.INTEGER:
            return value, str(value)
        case int() | Decimal():
            return _number(Decimal(value), kind)
        case "":
            return None, None
        case _:
            return value, text_of(value, kind)


def _number(value: Decimal, kind: ItemType) -> tuple[Value, str | None]:
    if kind.kind in (Kind.TEXT, Kind.LONGTEXT):
        text = format(value.normalize(), "f")
        return text, text
    try:
        rounded = value.quantize(Decimal(1).scaleb(-(kind.digits or 0)), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return None, None
    if rounded == 0:
        rounded = abs(rounded)
    if kind.kind is Kind.DECIMAL:
        return rounded, format(rounded, "f")
    return int(rounded), str(int(rounded))
