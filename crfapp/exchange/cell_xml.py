"""One value as the XML of one cell: what is a number, what a date, and what must stay text.

Excel keeps numbers as doubles and shows 15 digits; days count from 1900 with a leap day that never was.
What these would change is written as text. Text is an inline string, which no reader takes for a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from crfapp.exchange.workbook_text import to_xml

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell

MOST_DIGITS = 15
MOST_DECIMALS = 30
DAY_ZERO = date(1899, 12, 30).toordinal()
FIRST_TRUE_DAY = date(1900, 3, 1)
SHORT_TEXT = 255

# Beginnings that a spreadsheet takes for a formula, or for its own quote, when somebody edits the cell
_ACTIVE = re.compile("[=+\\-@\t\r\n'\uff1d\uff0b\uff0d\uff20\uff07\u2212]")


class Style(IntEnum):
    """Positions in the style table; from DECIMALS on, one style for each number of decimals."""

    PLAIN = 0
    HEADER = 1
    TEXT = 2
    TEXT_QUOTED = 3
    PROSE = 4
    PROSE_QUOTED = 5
    DATE = 6
    MOMENT = 7
    MOMENT_SECONDS = 8
    MOMENT_MILLIS = 9
    TIME = 10
    TIME_SECONDS = 11
    TIME_MILLIS = 12
    DECIMALS = 13


def text_xml(text: str) -> str:
    """A text cell from its opening tag's attributes on; ``text`` must fit into one cell.

    Short text has the format ``@``, so that editing does not turn 1/2 into a day; prose has none,
    because some versions show text of that format as ##### beyond 255 characters.
    """
    quoted = 1 if _ACTIVE.match(text) else 0
    style = (Style.TEXT if len(text) <= SHORT_TEXT else Style.PROSE) + quoted
    return f' t="inlineStr" s="{style}"><is><t xml:space="preserve">{to_xml(text)}</t></is></c>'


def _integer_xml(number: int) -> str:
    if abs(number) >= 10**MOST_DIGITS:
        return text_xml(str(number))
    return f' s="13"><v>{number}</v></c>'


def _decimal_xml(number: Decimal) -> str:
    if not number.is_finite():
        return text_xml(str(number))
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 - finite numbers have one; this tells the type checker
    if exponent > 0:
        return _integer_xml(int(number)) if len(digits) + exponent <= MOST_DIGITS else text_xml(str(number))
    if len(digits) > MOST_DIGITS or -exponent > MOST_DECIMALS:
        return text_xml(f"{number:f}")
    return f' s="{Style.DECIMALS - exponent}"><v>{number:f}</v></c>'


def _date_xml(day: date) -> str:
    if day < FIRST_TRUE_DAY:
        return text_xml(day.isoformat())
    return f' s="6"><v>{day.toordinal() - DAY_ZERO}</v></c>'


def _clock(moment: datetime | time) -> tuple[float, int]:
    """Fraction of the day, and which of the three formats shows it in full."""
    millis = moment.microsecond // 1000
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second + millis / 1000
    return seconds / 86_400, 2 if millis else 1 if moment.second else 0


def _fits_no_cell(moment: datetime | time) -> bool:
    if moment.tzinfo is not None:
        raise TypeError("a workbook cell has no zone: give local time")
    return bool(moment.microsecond % 1000)


def _moment_xml(moment: datetime) -> str:
    if _fits_no_cell(moment) or moment.date() < FIRST_TRUE_DAY:
        return text_xml(moment.isoformat())
    fraction, shown = _clock(moment)
    return f' s="{Style.MOMENT + shown}"><v>{moment.toordinal() - DAY_ZERO + fraction!r}</v></c>'


def _time_xml(moment: time) -> str:
    if _fits_no_cell(moment):
        return text_xml(moment.isoformat())
    fraction, shown = _clock(moment)
    return f' s="{Style.TIME + shown}"><v>{fraction!r}</v></c>'


class _ByType(dict[type, Callable[[Any], str]]):
    """The writer of each type of cell; enumerations of text or numbers are written as what they are."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        if kind is bool or not issubclass(kind, (str, int, Decimal)):
            raise TypeError(f"a cell cannot hold a {kind.__name__}")
        return next(self[base] for base in kind.__mro__ if base in self)


CELL_XML: _ByType = _ByType(
    {
        str: text_xml,
        int: _integer_xml,
        Decimal: _decimal_xml,
        date: _date_xml,
        datetime: _moment_xml,
        time: _time_xml,
    }
)


def cell_xml(cell: Cell) -> str:
    """The cell's XML behind ``<c r="A1"``, or nothing for an empty cell."""
    return "" if cell is None or cell == "" else CELL_XML[type(cell)](cell)


def column_letters(number: int) -> str:
    """A, B, ... Z, AA for 1, 2, ... 26, 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for A, 27 for AA: the way back from :func:`column_letters`."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
