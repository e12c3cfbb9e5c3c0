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


_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,64}\.[A-Za-z]{2,24}")
_TELEPHONE = re.compile(r"(?<!\w)(?:\+|00)?[0-9](?:[ /().-]{0,2}[0-9]){7,14}(?!\w)")
_DAY_OR_TIME = re.compile(r"(?<!\w)[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}(?!\w)|[0-9]{1,2}:[0-9]{2}")
_SHORTEST_NAME = 3
_MOST_EDITS = 2


def personal(text: str) -> bool:
    """Whether a text holds what looks like a telephone number, an e-mail address or a national number."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    return bool(_MAIL.search(text) or _TELEPHONE.search(_DAY_OR_TIME.sub(" ", digits)))


def mentions(text: str, name: str) -> bool:
    """Whether a text holds a part of a name as a word of its own, in whatever spelling of the letters."""
    words = {_letters(word) for word in re.split(r"[^\w]+", text)}
    return any(_letters(part) in words for part in name.split() if len(_letters(part)) >= _SHORTEST_NAME)


def similar(a: str, b: str) -> bool:
    """Whether two names are the same but for at most two letters, spelling variants not counted."""
    return _edits(_letters(a), _letters(b)) <= _MOST_EDITS


def _edits(a: str, b: str) -> int:
    """How many letters must be changed, added or taken away; more than allowed counts as one more."""
    if abs(len(a) - len(b)) > _MOST_EDITS:
        return _MOST_EDITS + 1
    row = list(range(len(b) + 1))
    for place, letter in enumerate(a, 1):
        before, row[0] = row[0], place
        for column, other in enumerate(b, 1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (letter != other)),
            )
    return row[-1]
