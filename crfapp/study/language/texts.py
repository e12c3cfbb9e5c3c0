"""What can be asked of texts and sets of codes."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from crfapp.study.language.numbers import plain
from crfapp.study.language.patterns import PatternError, compile_pattern

_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?")
_SAME_LETTER = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None})
_DROPPED = frozenset({"Mn", "Cf", "Cc", "Zs", "Zl", "Zp"})


def as_text(value: Any) -> str:
    """A value as a person reads it: numbers without exponent, dates ISO, codes with commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def joined_text(*values: Any) -> str:
    """Several values behind one another."""
    return "".join(as_text(value) for value in values)


def as_number(text: str) -> Decimal | None:
    """The number a text or code spells (``2``, ``0.5``, ``1.0E10``); missing where it spells none."""
    spelled = text.strip()
    return Decimal(spelled) if _NUMBER.fullmatch(spelled) else None


def matches(text: str, pattern: str) -> bool | None:
    """Whether the whole text fits the pattern."""
    try:
        return compile_pattern(pattern)(text)
    except PatternError:
        return None


def contains(whole: str | tuple[str, ...], part: str) -> bool:
    """Whether a set holds a code, or a text a part."""
    return part in whole


def same_letters(a: str, b: str) -> bool:
    """Whether two texts say the same but for case, spaces, accents and Arabic letter variants."""
    return _letters(a) == _letters(b)


def _letters(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME_LETTER)
    return "".join(c for c in spread if unicodedata.category(c) not in _DROPPED)
