"""Decimal arithmetic with one fixed precision; whatever has no result is missing.

34 digits, whatever the program's decimal context says, so that the same form gives the same
numbers on every machine. Division by zero, the root of a negative number and overflow are missing.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PI = Decimal("3.141592653589793238462643383279503")
Number = int | Decimal

_EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emax=999, Emin=-999, traps=[])
_SCHOOL = Context(prec=60, rounding=ROUND_HALF_UP, Emax=999, Emin=-999, traps=[])
MOST_DIGITS = 12
"""Most decimal places ``round`` is asked for."""


def _known(number: Decimal) -> Decimal | None:
    return number if number.is_finite() else None


def _defined(operation: Callable[[Any, Any], Decimal]) -> Callable[[Number, Number], Number | None]:
    def calculate(a: Number, b: Number) -> Number | None:
        return _known(operation(a, b))

    return calculate


def _floor_divided(a: Number, b: Number) -> Number | None:
    quotient = _EXACT.divide(Decimal(a), Decimal(b))
    return math.floor(quotient) if quotient.is_finite() else None


def _left_over(a: Number, b: Number) -> Number | None:
    """What ``//`` leaves: with the sign of ``b``, as on paper with whole numbers."""
    whole = _floor_divided(a, b)
    return None if whole is None else _known(_EXACT.subtract(Decimal(a), _EXACT.multiply(Decimal(whole), b)))


OPERATIONS: dict[str, Callable[[Any, Any], Number | None]] = {
    "+": _defined(_EXACT.add),
    "-": _defined(_EXACT.subtract),
    "*": _defined(_EXACT.multiply),
    "/": _defined(_EXACT.divide),
    "//": _floor_divided,
    "%": _left_over,
}


def negative(number: Number) -> Number | None:
    """The number with the other sign."""
    return -number if isinstance(number, int) else _known(_EXACT.minus(number))


def size(number: Number) -> Number | None:
    """The number without its sign."""
    return abs(number) if isinstance(number, int) else _known(_EXACT.abs(number))


def rounded(number: Number, digits: Number = 0) -> Number | None:
    """Half goes away from zero (2.5 is 3, -2.5 is -3); no digits give a whole number."""
    places = min(max(int(digits), 0), MOST_DIGITS)
    result = Decimal(number).quantize(Decimal(1).scaleb(-places), context=_SCHOOL)
    if not result.is_finite():
        return None
    return int(result) if places == 0 else result


def root(number: Number) -> Number | None:
    """The square root."""
    return _known(_EXACT.sqrt(Decimal(number)))


def total(numbers: Any) -> Number | None:
    """The sum; missing when one is missing, 0 of none."""
    result: Number = 0
    for number in numbers:
        if number is None:
            return None
        added = OPERATIONS["+"](result, number)
        if added is None:
            return None
        result = added
    return result


def quotient(a: int, b: int) -> Decimal | None:
    """Two whole numbers divided."""
    return _known(_EXACT.divide(a, b))


def plain(number: Number) -> str:
    """A number as a person writes it, without an exponent."""
    return str(number) if isinstance(number, int) else format(number, "f")


def scientific(number: Number, digits: Number) -> str | None:
    """A number with so many significant digits and a power of ten: 8.00E9."""
    places = min(max(int(digits), 1), MOST_DIGITS + 1)
    value = Decimal(number)
    short = Context(prec=places, rounding=ROUND_HALF_UP, traps=[]).plus(value)
    mantissa, _, exponent = format(short, f".{places - 1}E").partition("E")
    return f"{mantissa}E{int(exponent)}"
