"""Answers between the keyboard and the record: reading what was typed, and showing what is recorded.

Three texts belong to an answer: *typed*, exactly as the person left it (the ledger keeps it);
*canonical*, the one text of the value, which is hashed, exported and compared; *shown*, what an editor
says. ``read(shown(c))`` and, unless a number could be misread, ``read(c)`` lead back to ``c``.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from crfapp.base.dates import PartialDate
from crfapp.base.times import Moment
from crfapp.form.choices_typed import SEPARATOR, read_choice, read_choices, read_row, shown_choice
from crfapp.form.dates_typed import read_date
from crfapp.form.labels_typed import part_of_label
from crfapp.form.moments_typed import read_moment, shown_moment
from crfapp.form.numbers_typed import decimal_of, read_number, shown_number
from crfapp.form.reading import Field, Manner, Offer, Reading, Unreadable
from crfapp.form.texts_typed import read_text
from crfapp.form.times_typed import read_time, text_of_time
from crfapp.form.typed_text import is_blank
from crfapp.study.types import ItemType, Kind, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Field", "Manner", "Offer", "Reading", "Unreadable", "read", "shown", "text_of", "value_of"]

_READERS: Mapping[Kind, Callable[[str, Field, Manner], Reading | Unreadable]] = {
    Kind.INTEGER: read_number,
    Kind.DECIMAL: read_number,
    Kind.SCALE: read_number,
    Kind.DATE: read_date,
    Kind.PARTIALDATE: read_date,
    Kind.TIME: read_time,
    Kind.DATETIME: read_moment,
    Kind.CHOICE: read_choice,
    Kind.YESNO: read_choice,
    Kind.CHOICES: read_choices,
    Kind.ROWREF: read_row,
}
"""Every other kind holds a text: free, or the name of a photograph, a body site, a signature."""


def read(typed: str, field: Field, manner: Manner) -> Reading | Unreadable | None:
    """What a typed text says as an answer to this item; None where nothing was typed (no answer).

    Never raises for anything typed; ValueError for a note, which has no answer. Missing codes (ND,
    UNK ...) are not answers and are told apart before this is asked.
    """
    if not field.type.answers:
        raise ValueError("a note has no answer")
    if is_blank(typed):
        return None
    if field.part is not None:
        told = part_of_label(typed, field.part)
        if isinstance(told, Unreadable):
            return told
        typed = told
    return _READERS.get(field.type.kind, read_text)(typed, field, manner)


def value_of(canonical: str, type: ItemType) -> Value:
    """The value of a canonical text; ValueError where the text is not canonical for this kind.

    The decimals may differ from the type's: a record keeps those of the pack it was made under.
    """
    if not canonical or not type.answers:
        raise ValueError("no answer has no text")
    return _VALUES.get(type.kind, str)(canonical)


def text_of(value: Value, type: ItemType) -> str:
    """The canonical text of a value that a rule computed or a widget chose; inverse of :func:`value_of`.

    ValueError for None, and for a number with more decimals than the item keeps: rounding is the
    rule's affair.
    """
    match value:
        case None:
            raise ValueError("no answer has no text")
        case Decimal() | int() if type.kind is Kind.DECIMAL:
            return _decimal_text(Decimal(value), type.digits or 0)
        case time():
            return text_of_time(value)
        case tuple():
            return SEPARATOR.join(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def shown(canonical: str, field: Field, manner: Manner) -> str:
    """A recorded answer as an editor that has not the focus shows it; reading it gives it back."""
    match field.type.kind:
        case Kind.INTEGER | Kind.DECIMAL | Kind.SCALE:
            return shown_number(canonical, manner)
        case Kind.DATETIME:
            return shown_moment(Moment.parse(canonical), manner)
        case Kind.CHOICE | Kind.CHOICES | Kind.YESNO | Kind.ROWREF:
            return shown_choice(canonical, field)
        case _:
            return canonical


def _decimal_text(value: Decimal, digits: int) -> str:
    text = f"{value:.{digits}f}"
    if Decimal(text) != value:
        raise ValueError("more decimals than the item keeps")
    return text if Decimal(text) else text.removeprefix("-")


def _whole(canonical: str) -> int:
    number = decimal_of(canonical)
    if "." in canonical:
        raise ValueError("not a whole number")
    return int(number)


def _exact_date(canonical: str) -> date:
    day = PartialDate.parse(canonical)
    if not day.complete:
        raise ValueError("not a whole date")
    return day.lo


def _exact_time(canonical: str) -> time:
    clock = time.fromisoformat(canonical)
    if text_of_time(clock) != canonical:
        raise ValueError("not a canonical time")
    return clock


def _codes(canonical: str) -> tuple[str, ...]:
    codes = tuple(canonical.split(SEPARATOR))
    if not all(codes):
        raise ValueError("an empty code")
    return codes


_VALUES: Mapping[Kind, Callable[[str], Value]] = {
    Kind.INTEGER: _whole,
    Kind.SCALE: _whole,
    Kind.DECIMAL: decimal_of,
    Kind.DATE: _exact_date,
    Kind.PARTIALDATE: PartialDate.parse,
    Kind.TIME: _exact_time,
    Kind.DATETIME: Moment.parse,
    Kind.CHOICES: _codes,
}
