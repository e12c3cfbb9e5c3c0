"""Dates as they are typed, whole or partial; where the order or the century is open, the person is asked.

A Hijri date is written with its sign: ``12/7/1446 AH``, ``1446-07-12 هـ``. Where it can be more than one
Gregorian date, the one that is meant stands behind it: ``1410 AH = 1989``. So what the document said is kept
as typed, beside the Gregorian date that is recorded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crfapp.base.dates import PartialDate
from crfapp.base.problems import Code
from crfapp.form.hijri import HijriDate, gregorian, is_hijri_year
from crfapp.form.month_names import hijri_month_number, month_number
from crfapp.form.reading import Field, Manner, Offer, Reading, Unreadable
from crfapp.form.typed_text import spaced
from crfapp.study.types import Kind

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Gregorian years that are read at all: nobody in a trial was born before, nothing expires after."""

_YEARS = {"first": FIRST_YEAR, "last": LAST_YEAR}
_LONGEST = 60
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SEPARATORS = re.compile(r" ?[-/.,] ?| ")
_ALL_DIGITS = re.compile(r"[0-9]+(?: ?([-/.]) ?[0-9]+(?: ?\1 ?[0-9]+)?)?|[0-9]+ [0-9]+ [0-9]+")
_UNKNOWN = {"un", "unk"}
_HIJRI_SIGN = re.compile(
    r"(?P<date>.*?) ?\b(?:a\.?h\.?|ه\u0640?|هجري[ةه]?)(?: ?= ?(?P<meant>[0-9-]+))?", re.IGNORECASE
)

# The kinds of the parts (4: four digits, 2: one or two, M: month in words, U: unknown) and the orders
# they can stand for. "dmy" with points is day first always; with other signs both orders are open.
_ORDERS: dict[str, tuple[str, ...]] = {
    "422": ("ymd",), "4M2": ("ymd",), "42U": ("ymd",), "4MU": ("ymd",), "4UU": ("ymd",), "4U2": ("ymd",),
    "42": ("ym",), "4M": ("ym",), "4U": ("ym",), "4": ("y",),
    "224": ("dmy", "mdy"), "2M4": ("dmy",), "M24": ("mdy",), "U24": ("dmy",), "UM4": ("dmy",),
    "UU4": ("dmy",), "2U4": ("dmy",), "24": ("my",), "M4": ("my",), "U4": ("my",),
    "222": ("dmy", "mdy"), "2M2": ("dmy",), "M22": ("mdy",), "UM2": ("dmy",),
}  # fmt: skip
_WHOLLY_UNKNOWN = {"U", "UU", "UUU"}


@dataclass(frozen=True, slots=True)
class _Given:
    """A date's parts in one of the orders they can have; ``month`` or ``day`` None when not known."""

    year: int
    month: int | None
    day: int | None

    def gregorian(self) -> tuple[PartialDate, ...]:
        """The date, if there is such a day in the years that are read."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            return ()
        try:
            return (PartialDate(self.year, self.month, self.day if self.month else None),)
        except ValueError:
            return ()


def read_date(typed: str, field: Field, manner: Manner) -> Reading | Unreadable:
    """Read a date or a partial date.

    Refusals: NOT_A_DATE, AMBIGUOUS_DATE (day and month could change places, or the year has two
    digits), DATE_INCOMPLETE, HIJRI_YEAR. Offers are canonical texts.
    """
    text = spaced(typed)
    if len(text) > _LONGEST:
        return Unreadable(Code.NOT_A_DATE, facts=_YEARS)
    if signed := _HIJRI_SIGN.fullmatch(text):
        return _signed(signed["date"].strip(), signed["meant"], field)
    kinds, parts = _parts(text, manner.language)
    if "?" in kinds and _parts(text, "", hijri=True)[0] in _ORDERS:  # the month's name says the calendar
        return _signed(text, None, field)
    if kinds in _WHOLLY_UNKNOWN:
        return Unreadable(Code.DATE_INCOMPLETE)
    ways = _ways(kinds, parts, text)
    if any(is_hijri_year(way.year) for way in ways):
        return _asked(_fitting(_hijri(ways), field))
    return _decided(ways, field, asked=kinds.endswith("2") and "4" not in kinds)


def _decided(ways: list[_Given], field: Field, *, asked: bool) -> Reading | Unreadable:
    dates = list(dict.fromkeys(found for way in ways for found in way.gregorian()))
    if not dates:
        return Unreadable(Code.NOT_A_DATE, facts=_YEARS)
    if asked or len(dates) > 1:
        return _question(Code.AMBIGUOUS_DATE, dates, field)
    if any(way.day and not way.month for way in ways):  # a day without its month cannot be kept
        return _question(Code.DATE_INCOMPLETE, dates, field)
    if field.type.kind is Kind.PARTIALDATE:
        return Reading(dates[0], str(dates[0]))
    if not dates[0].complete:
        return Unreadable(Code.DATE_INCOMPLETE)
    return Reading(dates[0].lo, str(dates[0]))


def says_hijri(typed: str) -> bool:
    """Whether a text that was read as a date says that it was told in the Hijri calendar."""
    text = spaced(typed)
    return bool(_HIJRI_SIGN.match(text)) or any(hijri_month_number(word) for word in _words(text))


def hijri_meanings(typed: str) -> list[tuple[HijriDate, str, PartialDate]]:
    """What a Hijri date can mean: how it is read, the text that says so, and the Gregorian date, if any.

    ``typed`` is the date, with its sign or without; empty where it is no date of that calendar.
    """
    text = spaced(typed)
    signed = _HIJRI_SIGN.fullmatch(text)
    date_text = signed["date"].strip() if signed else text
    return _hijri(_ways(*_parts(date_text, "", hijri=True), date_text))


def _signed(text: str, chosen: str | None, field: Field) -> Reading | Unreadable:
    """A date that says itself that it is a Hijri one: what it means, unless it can mean several."""
    meant = _fitting(_hijri(_ways(*_parts(text, "", hijri=True), text)), field)
    if chosen:
        meant = {way: day for way, day in meant.items() if str(day) == chosen}
    if len(meant) != 1:
        return _asked(meant)
    day = next(iter(meant.values()))
    return Reading(day if field.type.kind is Kind.PARTIALDATE else day.lo, str(day))


def _asked(meant: dict[str, PartialDate]) -> Unreadable:
    return Unreadable(Code.HIJRI_YEAR, tuple(Offer(way, Code.HIJRI_YEAR) for way in meant))


def _hijri(ways: list[_Given]) -> list[tuple[HijriDate, str, PartialDate]]:
    found = []
    for way in ways:
        told = HijriDate(way.year, way.month, way.day)
        days = gregorian(*told) if is_hijri_year(way.year) else ()
        found += [(told, f"{told} AH" if len(days) == 1 else f"{told} AH = {day}", day) for day in days]
    return found


def _fitting(found: list[tuple[HijriDate, str, PartialDate]], field: Field) -> dict[str, PartialDate]:
    """Only what this item can hold."""
    partial = field.type.kind is Kind.PARTIALDATE
    return {text: day for _, text, day in found if partial or day.complete}


def _question(why: Code, dates: list[PartialDate], field: Field) -> Unreadable:
    """Ask; only what this item could hold is offered."""
    partial = field.type.kind is Kind.PARTIALDATE
    return Unreadable(why, tuple(Offer(str(one), why) for one in dates if partial or one.complete))


def _parts(text: str, language: str, *, hijri: bool = False) -> tuple[str, list[str]]:
    """The kinds of the parts as one string, and the parts, months in words as numbers."""
    if compact := _COMPACT.fullmatch(text):
        return "422", list(compact.groups())
    kinds, parts = "", list[str]()
    for word in _words(text):
        kind, part = _part(word, language, hijri=hijri)
        kinds, parts = kinds + kind, [*parts, part]
    if set(kinds) <= {"2", "4"} and not _ALL_DIGITS.fullmatch(text):
        return "", []
    return kinds, parts


def _words(text: str) -> list[str]:
    """Split at separators; a month of two words (كانون الثاني) stays together."""
    words: list[str] = []
    for word in _SEPARATORS.split(text.rstrip(".")):
        if words and _is_name(word) and _is_name(words[-1]):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _is_name(word: str) -> bool:
    return not word[:1].isdigit() and word.casefold() not in _UNKNOWN


def _part(word: str, language: str, *, hijri: bool) -> tuple[str, str]:
    """Kind and text of one part; kind ``?`` fits no order."""
    if re.fullmatch(r"[0-9]{4}", word):
        return "4", word
    if re.fullmatch(r"[0-9]{1,2}", word):
        return "2", word
    if word.casefold() in _UNKNOWN:
        return "U", ""
    month = hijri_month_number(word) if hijri else month_number(word, language)
    return ("M", str(month)) if month else ("?", "")


def _ways(kinds: str, parts: list[str], text: str) -> list[_Given]:
    orders = _ORDERS.get(kinds, ())
    if "." in text:
        orders = tuple(order for order in orders if order != "mdy" or "M" in kinds)
    elif kinds == "222" and "-" in text:
        orders = (*orders, "ymd")
    return [way for order in orders for way in _in_order(dict(zip(order, parts, strict=True)))]


def _in_order(part: dict[str, str]) -> list[_Given]:
    month, day = (int(part[key]) if part.get(key) else None for key in "md")
    year = int(part["y"])
    centuries = (0,) if len(part["y"]) > 2 else (1900, 2000)  # noqa: PLR2004 - a year of two digits
    return [_Given(century + year, month, day) for century in centuries]
