"""Reading what is written down: numbers, texts and dates."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from crfapp.base.dates import PartialDate
from crfapp.study.language.faults import FaultKind, Span, refuse
from crfapp.study.language.kinds import Type
from crfapp.study.language.numbers import PI
from crfapp.study.language.tokens import Token, TokenKind
from crfapp.study.language.tree import Call, Literal

MOST_FIGURES = 30
"""Most digits of a written number."""
WORDS: dict[str, tuple[Type, Decimal | bool | None]] = {
    "true": (Type.TRUTH, True),
    "false": (Type.TRUTH, False),
    "missing": (Type.MISSING, None),
    "pi": (Type.NUMBER, PI),
}
"""Words that are values."""

_ESCAPED = re.compile(r"\\([\"'\\])")


def literal(token: Token) -> Literal:
    """The value of a number, a quoted text or one of the :data:`WORDS`."""
    if token.kind is TokenKind.TEXT:
        return Literal(Type.TEXT, _ESCAPED.sub(r"\1", token.spelling[1:-1]), token.at)
    if token.kind is TokenKind.NAME:
        kind, value = WORDS[token.spelling]
        return Literal(kind, value, token.at)
    number = Decimal(token.spelling)
    if len(number.as_tuple().digits) > MOST_FIGURES or abs(number.adjusted()) > 2 * MOST_FIGURES:
        advice = f"Use up to {MOST_FIGURES} digits."
        raise refuse(FaultKind.BAD_NUMBER, token.at, "This number is too long.", advice)
    return Literal(Type.NUMBER, number, token.at)


def written_date(call: Call) -> Literal:
    """The date of ``date("2025-01-05")``, also of ``date("2025-01")``."""
    match call.parts:
        case (Literal(Type.TEXT, str(text)),):
            return _dated(text, call.at)
        case _:
            advice = 'Write the day in quotes, as in date("2025-01-05"); for a moment\'s date use date_of(x).'
            raise refuse(FaultKind.BAD_DATE, call.at, "date() takes one written day.", advice)


def _dated(text: str, at: Span) -> Literal:
    try:
        day = PartialDate.parse(text)
    except ValueError:
        advice = "Write it as YYYY-MM-DD, or YYYY-MM or YYYY where the rest is unknown."
        raise refuse(FaultKind.BAD_DATE, at, f"{text!r} is not a day of the calendar.", advice) from None
    if day.complete:
        return Literal(Type.DATE, date.fromisoformat(text), at)
    return Literal(Type.PDATE, day, at)
