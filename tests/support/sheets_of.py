"""Small sheets for tests of the workbook."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crfapp.exchange.sheets import Column, Sheet
from crfapp.exchange.workbook import MOST_ROWS, write_workbook
from crfapp.exchange.workbook_parts import Properties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.workbook import Written

PROPERTIES = Properties("NCT06813027", "JO01", datetime(2026, 1, 11, 8, 30, tzinfo=UTC), "0.1.0")


def moment(text: str) -> datetime:
    """Local time as a cell holds it, from ``2026-01-11 09:05``."""
    return datetime.fromisoformat(text)


def sheet_of(name: str, rows: Sequence[Sequence[Cell]], columns: int | None = None) -> Sheet:
    """A sheet of these rows; its columns are called C1, C2 ..."""
    width = columns or len(rows[0])
    named = tuple(Column(f"C{n}", f"Column {n}") for n in range(1, width + 1))
    return Sheet(name, name, named, lambda: rows, lambda: len(rows))


def written_package(
    *sheets: Sheet, right_to_left: bool = False, most_rows: int = MOST_ROWS
) -> tuple[Written, bytes]:
    """The unprotected workbook of these sheets."""
    out = io.BytesIO()
    written = write_workbook(
        sheets, out, properties=PROPERTIES, right_to_left=right_to_left, most_rows=most_rows
    )
    return written, out.getvalue()
