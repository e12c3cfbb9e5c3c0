"""Units of measurement as people write them, and the conversions that hold everywhere.

Units are compared by spelling: ``mm²``, ``mm2``, ``MM^2`` and ``ملم²`` are one unit. A conversion is a
pair (factor, offset) of exact fractions: value in the item's unit = typed * factor + offset.
Source: STUDIES 1.7; the pound is the international one, 0.45359237 kg exactly.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.form.reading import Field

Conversion = tuple[Fraction, Fraction]

_IGNORED = {ord(c): None for c in "^\u0640 \u00a0"}

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "mm": ("millimetre", "millimeter", "millimetres", "millimeters", "ملم", "مم", "مليمتر", "ملليمتر"),
    "cm": ("centimetre", "centimeter", "centimetres", "centimeters", "سم", "سنتيمتر", "سنتمتر"),
    "m": ("metre", "meter", "metres", "meters", "م", "متر"),
    "mm2": ("qmm", "sqmm", "ملم2", "مم2", "ملم مربع", "مم مربع"),
    "cm2": ("qcm", "sqcm", "سم2", "سم مربع"),
    "g": ("gram", "grams", "gramm", "غ", "غم", "جم", "غرام", "جرام"),
    "kg": ("kilogram", "kilograms", "kilogramm", "kilo", "كغ", "كغم", "كجم", "كيلوغرام", "كيلوجرام", "كيلو"),
    "mg": ("milligram", "milligrams", "milligramm", "ملغ", "ملغم", "مجم", "مغ", "ملليغرام"),
    "lb": ("lbs", "pound", "pounds", "رطل", "باوند"),
    "mL": ("millilitre", "milliliter", "ccm", "مل", "ملل", "مليلتر", "ملليلتر"),
    "L": ("litre", "liter", "litres", "liters", "ل", "لتر"),
    "C": ("°C", "celsius", "°م", "م°", "°س", "س°", "درجة مئوية", "مئوية"),
    "F": ("°F", "fahrenheit", "°ف", "ف°", "فهرنهايت"),
    "%": ("٪", "percent", "prozent", "بالمئة", "بالمائة"),
    "mmHg": ("mm Hg", "ملم زئبق", "ملم زئبقي", "مم زئبق"),
    "beats/min": ("bpm", "/min", "1/min", "beats per minute", "Schläge/min", "نبضة/دقيقة", "نبضة/د"),
    "breaths/min": ("/min", "1/min", "breaths per minute", "Atemzüge/min", "نفس/دقيقة", "نفس/د"),
    "ug/mL": ("µg/mL", "mcg/mL"),
    "/uL": ("/µL",),
    "10^9/L": ("G/L", "x10^9/L", "\u00d710^9/L"),
    "HOURS": ("h", "hr", "hrs", "hour", "std", "stunden", "ساعة", "ساعات"),
    "d": ("day", "days", "tag", "tage", "يوم", "أيام"),
    "WEEKS": ("week", "wk", "wks", "woche", "wochen", "أسبوع", "أسابيع"),
    "MONTHS": ("month", "monat", "monate", "شهر", "أشهر"),
    "YEARS": ("y", "yr", "yrs", "year", "jahr", "jahre", "سنة", "سنوات", "عام"),
}

_TO_BASE: dict[str, dict[str, Conversion]] = {
    family: {unit: (Fraction(factor), Fraction(offset)) for unit, (factor, offset) in members.items()}
    for family, members in {
        "length": {"mm": ("1", "0"), "cm": ("10", "0"), "m": ("1000", "0")},
        "area": {"mm2": ("1", "0"), "cm2": ("100", "0")},
        "mass": {"mg": ("1/1000", "0"), "g": ("1", "0"), "kg": ("1000", "0"), "lb": ("453.59237", "0")},
        "volume": {"mL": ("1", "0"), "L": ("1000", "0")},
        "temperature": {"C": ("1", "0"), "F": ("5/9", "-160/9")},
    }.items()
}


def _spelling(unit: str) -> str:
    """One spelling for many: ``mm²`` as ``mm2``, ``℃`` with a degree sign, no capitals, no spaces."""
    text = unicodedata.normalize("NFKC", unit.replace("\u00ba", "°"))
    return text.translate(_IGNORED).casefold()


def _index() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for unit, others in _SPELLINGS.items():
        for name in (unit, *others):
            found.setdefault(_spelling(name), set()).add(unit)
    return {name: frozenset(units) for name, units in found.items()}


_KNOWN = _index()


def _meanings(unit: str) -> frozenset[str]:
    name = _spelling(unit)
    return _KNOWN.get(name, frozenset({name}))


def is_same(typed: str, unit: str) -> bool:
    """Whether a typed unit is this unit in one of its spellings."""
    return not _meanings(typed).isdisjoint(_meanings(unit))


def is_known(typed: str) -> bool:
    """Whether it is a spelling of any unit in the table."""
    return _spelling(typed) in _KNOWN


def conversion(typed: str, item: Field) -> tuple[str, Conversion] | None:
    """The unit's name and its conversion into the item's unit; None where there is none.

    The pack's own list counts alone where it has one; the built-in families otherwise.
    """
    if item.units:
        for name, (factor, offset) in item.units.items():
            if is_same(typed, name):
                return name, (Fraction(factor), Fraction(offset))
        return None
    return _built_in(_meanings(typed), _meanings(item.unit)) if item.unit else None


def _built_in(typed: frozenset[str], wanted: frozenset[str]) -> tuple[str, Conversion] | None:
    for members in _TO_BASE.values():
        here, there = typed & members.keys(), wanted & members.keys()
        if here and there:
            name = min(here)
            (factor, offset), (to, base) = members[name], members[min(there)]
            return name, (factor / to, (offset - base) / to)
    return None


def converted(number: str, way: Conversion, digits: int) -> str:
    """A canonical number in another unit as a canonical number with ``digits`` decimals in the item's.

    The conversion is exact; only its result is rounded, half away from zero, where the item keeps
    fewer decimals. The number as entered is kept beside it.
    """
    factor, offset = way
    scaled = (Fraction(number) * factor + offset) * 10**digits
    whole = int(abs(scaled) + Fraction(1, 2))
    sign = "-" if scaled < 0 and whole else ""
    text = str(whole).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"
