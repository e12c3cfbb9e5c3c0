"""The kinds of answer an item can hold, as the pack writes them: ``decimal(1)``, ``text(120)`` ..."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from crfapp.base.dates import PartialDate
from crfapp.base.times import Moment

Value = str | int | Decimal | date | PartialDate | time | Moment | tuple[str, ...] | None
"""An answer in Python: codes and texts are str, several codes a tuple, no answer is None."""


class Kind(StrEnum):
    """What an item asks for."""

    TEXT = "text"
    LONGTEXT = "longtext"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    PARTIALDATE = "partialdate"
    TIME = "time"
    DATETIME = "datetime"
    CHOICE = "choice"
    CHOICES = "choices"
    YESNO = "yesno"
    SCALE = "scale"
    ROWREF = "rowref"
    PHOTO = "photo"
    BODYSITE = "bodysite"
    BARCODE = "barcode"
    SIGNATURE = "signature"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ItemType:
    """A kind with its measure.

    ``size``: most characters of a text. ``digits``: decimal places. ``low`` and ``high``: ends of a
    scale. ``rows_of``: the form (or the word ``VISIT`` or ``STAFF``) a row reference points into.
    """

    kind: Kind
    size: int | None = None
    digits: int | None = None
    low: int | None = None
    high: int | None = None
    rows_of: str | None = None

    @property
    def answers(self) -> bool:
        """Whether a person or a rule can put a value here (a note cannot hold one)."""
        return self.kind is not Kind.NOTE

    def __str__(self) -> str:
        match self.kind:
            case Kind.DECIMAL:
                return f"decimal({self.digits})"
            case Kind.SCALE:
                return f"scale({self.low},{self.high})"
            case Kind.ROWREF:
                return f"rowref({self.rows_of})"
            case _:
                return self.kind.value if self.size is None else f"{self.kind.value}({self.size})"


_SHAPE = re.compile(r"([a-z]+)(?:\(([^()]*)\))?")


def parse_type(text: str) -> ItemType:
    """Read a type as the pack writes it; ValueError with a sentence where it is not one."""
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None or shape[1] not in {k.value for k in Kind}:
        raise ValueError(f"{text!r} is not an item type; known types: {', '.join(Kind)}")
    kind, arguments = Kind(shape[1]), [a.strip() for a in (shape[2] or "").split(",") if a.strip()]
    try:
        return _build(kind, arguments)
    except (ValueError, TypeError):
        raise ValueError(f"{text!r}: wrong measure for {kind.value}") from None


def _build(kind: Kind, arguments: list[str]) -> ItemType:
    match kind, arguments:
        case Kind.DECIMAL, [digits]:
            return ItemType(kind, digits=int(digits))
        case Kind.SCALE, [low, high]:
            return ItemType(kind, low=int(low), high=int(high))
        case Kind.ROWREF, [target]:
            return ItemType(kind, rows_of=target)
        case ((Kind.TEXT | Kind.LONGTEXT | Kind.BARCODE | Kind.BODYSITE), [size]):
            return ItemType(kind, size=int(size))
        case ((Kind.DECIMAL | Kind.SCALE | Kind.ROWREF), _):
            raise ValueError
        case _, []:
            return ItemType(kind)
        case _:
            raise ValueError
