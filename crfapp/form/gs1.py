"""GS1 element strings, as barcodes and DataMatrix codes on containers hold them.

``]d201061411412345661725011210EV-24-117<FNC1>210031``: application identifiers (AI) with their values,
one after the other. Values of a fixed length need no end; the others end with FNC1 (ASCII 29) or with the
string. People write them in parentheses: ``(10)EV-24-117(21)0031``. Source: GS1 General Specifications,
sections 3 and 7.8; expiry in two-digit years means this century, as no product of the last one is left.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import datetime

FNC1 = "\x1d"
SHOWN_FNC1 = "\u241d"
"""What stands in a field for FNC1, which no line of text can hold."""
LOT, SERIAL, GTIN, EXPIRY, EXPIRY_TIME = "10", "21", "01", "17", "7003"

_PREFIX = re.compile(r"\](?:C1|d2|Q3|e0|J1)")
_WRITTEN = re.compile(r"\((\d{2,4})\)([^()]*)")
_SEPARATORS = (SHOWN_FNC1, "<GS>", "{GS}", "^]")
_SIGNS = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")
_FIXED = {
    "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6, "15": 6,
    "16": 6, "17": 6, "18": 6, "19": 6, "20": 2, "7003": 10,
}  # fmt: skip
_MOST = {"10": 20, "21": 20, "22": 20, "30": 8, "37": 8, "235": 28, "240": 30, "241": 30, "250": 30}
_MOST |= {"251": 30, "254": 20, "400": 30, "7020": 20, "7023": 30, "8004": 30, "8008": 12, "8020": 25}
_MOST |= {str(own): 90 for own in range(91, 100)} | {"90": 30}
_LENGTHS = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code says: its values by application identifier, in order."""

    values: dict[str, str] = field(default_factory=dict)

    @property
    def lot(self) -> str:
        """Batch or lot; empty where the code has none."""
        return self.values.get(LOT, "")

    @property
    def serial(self) -> str:
        """Serial number: the container."""
        return self.values.get(SERIAL, "")

    @property
    def expiry(self) -> str:
        """Expiry as ``2025-01-12 23:59``: a label with a date only is good until the end of that day."""
        told = self.values.get(EXPIRY_TIME)
        if told is not None:
            return f"{_day(told[:6])} {told[6:8]}:{told[8:10]}"
        told = self.values.get(EXPIRY)
        return "" if told is None else f"{_day(told)} 23:59"

    def __str__(self) -> str:
        return "".join(f"({ai}){value}" for ai, value in self.values.items())


@dataclass(frozen=True, slots=True)
class Broken:
    """A code that says it is one of GS1 and is not: what was found where reading stopped."""

    at: str


def read_gs1(text: str) -> Scanned | Broken | None:
    """Read an element string; None where the text does not look like one, such as a lot that was typed."""
    told = text.strip()
    written = _WRITTEN.findall(told)
    if told.startswith("("):
        whole = "".join(f"({ai}){value}" for ai, value in written) == told
        return _of_pairs(written) if written and whole else None
    for sign in _SEPARATORS:
        told = told.replace(sign, FNC1)
    prefix = _PREFIX.match(told)
    body = told[prefix.end() :] if prefix else told
    if prefix is None and FNC1 not in body and not _begins_with_product(body):
        return None
    return _of_string(body.removeprefix(FNC1))


def is_product(gtin: str) -> bool:
    """Whether 14 digits are a trade item number: the last one is worked out from the others."""
    if len(gtin) != _FIXED[GTIN] or not gtin.isdigit():
        return False
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(gtin[:-1]))
    return (10 - total % 10) % 10 == int(gtin[-1])


def _begins_with_product(body: str) -> bool:
    """Without a sign in front only a whole trade item number with something behind it is taken for a code."""
    number = body[2 : 2 + _FIXED[GTIN]]
    return body.startswith(GTIN) and len(body) > 2 + _FIXED[GTIN] and is_product(number)


def _of_string(body: str) -> Scanned | Broken:
    pairs: list[tuple[str, str]] = []
    rest = body
    while rest:
        ai = next((rest[:n] for n in _LENGTHS if rest[:n] in _FIXED or rest[:n] in _MOST), None)
        if ai is None:
            return Broken(rest)
        length = _FIXED.get(ai)
        value, rest = rest[len(ai) :], ""
        if length is not None:
            value, rest = value[:length], value[length:].removeprefix(FNC1)
        elif FNC1 in value:
            value, _, rest = value.partition(FNC1)
        pairs.append((ai, value))
    return _of_pairs(pairs)


def _of_pairs(pairs: list[tuple[str, str]]) -> Scanned | Broken:
    values: dict[str, str] = {}
    for ai, value in pairs:
        if ai in values or not _fits(ai, value):
            return Broken(f"({ai}){value}")
        values[ai] = value
    return Scanned(values) if values else Broken("")


def _fits(ai: str, value: str) -> bool:
    if not _SIGNS.fullmatch(value):
        return False
    if ai in _MOST:
        return len(value) <= _MOST[ai]
    if ai not in _FIXED or len(value) != _FIXED[ai] or not value.isdigit():
        return False
    if ai == GTIN:
        return is_product(value)
    return _is_time(value) if ai in (EXPIRY, EXPIRY_TIME) else True


def _is_time(value: str) -> bool:
    try:
        day = _day(value[:6])
        datetime.strptime(f"{day} {value[6:10] or '0000'}", "%Y-%m-%d %H%M")  # noqa: DTZ007 - a label has no zone
    except ValueError:
        return False
    return True


def _day(told: str) -> str:
    """``250112`` as a date; day 00 means the last of its month."""
    year, month, day = 2000 + int(told[:2]), int(told[2:4]), int(told[4:6])
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise ValueError("no such month")
    return f"{year}-{month:02d}-{day or calendar.monthrange(year, month)[1]:02d}"
