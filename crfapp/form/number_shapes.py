"""What a row of digits with points, commas and group signs can mean; nothing is guessed (STUDIES 1.7).

A *number* here is canonical text: ASCII, ``-`` or nothing, no leading zeros, the point as decimal sign,
and the decimals as they were typed: ``-12.50``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GROUP = "\u066c"
"""The Arabic thousands separator; thin and no-break spaces between digits are read as it."""

_ARABIC_POINT = "\u066b"
_THIN_SPACES = re.compile(r"(?<=[0-9])[\u00a0\u2007\u2009\u202f](?=[0-9])")

_SIGN = r"(?P<sign>[+-]?)"
_WHOLE = re.compile(_SIGN + r"(?P<whole>[0-9]+)")
_DECIMAL = re.compile(_SIGN + r"(?P<whole>[0-9]*)(?P<mark>[.,\u066b])(?P<part>[0-9]+)")
_CLEAR_GROUPS = re.compile(
    _SIGN + r"(?P<whole>[1-9][0-9]{0,2}(?:\u066c[0-9]{3})+)(?:[.,\u066b](?P<part>[0-9]+))?"
)
_MANY_GROUPS = re.compile(_SIGN + r"(?P<whole>[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\3[0-9]{3})+)")
_SPACE_GROUPS = re.compile(_SIGN + r"(?P<whole>[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,\u066b](?P<part>[0-9]+))?")
_MIXED = re.compile(
    _SIGN + r"(?P<whole>[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\3[0-9]{3})*)(?!\3)[.,](?P<part>[0-9]+)"
)
_ONE_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_NOT_DIGITS = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers it can be; ``sure`` when there is one and no question is left.

    Where one ``mark`` could be a decimal sign or a group sign, the decimal reading stands first.
    """

    numbers: tuple[str, ...] = ()
    sure: bool = False
    mark: str = ""


def grouped(text: str) -> str:
    """Thin and no-break spaces between digits as the group sign."""
    return _THIN_SPACES.sub(GROUP, text)


def number(sign: str, whole: str, part: str | None) -> str:
    """Canonical number from its parts; group signs in ``whole`` are dropped, zero has no sign."""
    digits = _NOT_DIGITS.sub("", whole).lstrip("0") or "0"
    text = f"{digits}.{part}" if part else digits
    return f"-{text}" if sign == "-" and text.strip("0.") else text


def shape_of(text: str) -> Shape:
    """Every meaning of plain text (see :func:`crfapp.form.typed_text.plain`) without a unit.

    ``1,234`` and ``1.234`` mean two things. ``1 234`` and ``1,234.5`` mean one, but break the rules
    of entry and are only offered. ``12,4,5`` means nothing.
    """
    for certain in (_WHOLE, _CLEAR_GROUPS, _MANY_GROUPS):
        if found := certain.fullmatch(text):
            return Shape((_number_in(found),), sure=True)
    for doubtful in (_SPACE_GROUPS, _MIXED):
        if found := doubtful.fullmatch(text):
            return Shape((_number_in(found),))
    return _with_one_mark(text)


def _number_in(found: re.Match[str]) -> str:
    return number(found["sign"], found["whole"], found.groupdict().get("part"))


def _with_one_mark(text: str) -> Shape:
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return Shape()
    as_decimal = _number_in(found)
    if found["mark"] == _ARABIC_POINT or not _ONE_GROUP.fullmatch(text):
        return Shape((as_decimal,), sure=True)
    as_thousands = number(found["sign"], found["whole"] + found["part"], None)
    return Shape((as_decimal, as_thousands), mark=found["mark"])
