"""Sheets as plain data: what a workbook is to hold, before anyone asks how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Cell = None | str | int | Decimal | date | datetime | time
"""One value. ``None`` and ``""`` are both an empty cell. Moments are naive local time, because a
workbook knows no zone; the zone stands in a column of its own. There is no float on purpose: a value
typed as 0.30 must not leave as 0.3."""

Kind = Literal["text", "number", "date", "datetime", "time"]

WIDTHS: dict[Kind, int] = {"text": 16, "number": 10, "date": 12, "datetime": 18, "time": 8}
MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``name`` is its header (an OID), ``label`` its wording for the dictionary.

    ``width`` is in characters, 0 stands for the usual width of the kind.
    """

    name: str
    label: str
    kind: Kind = "text"
    width: int = 0

    @property
    def shown_width(self) -> int:
        """Width in characters, wide enough for the header."""
        return self.width or min(60, max(WIDTHS[self.kind], len(self.name) + 3))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. ``rows()`` starts a fresh pass each time it is called: to write, and to compare.

    ``count()``, where the number of rows is known beforehand, gives progress its total and lets readers
    see the sheet's size without reading all of it; it must then be exact.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Sequence[Cell]]]
    count: Callable[[], int] | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.columns) <= MOST_COLUMNS:
            raise ValueError("a sheet has 1 to 16384 columns")
