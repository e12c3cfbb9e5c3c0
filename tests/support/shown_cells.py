"""What LibreOffice should show of a cell, worked out without the writer."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.support.sheets_of import moment

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell, Sheet
    from tests.support.libreoffice import Cells

DAY_ZERO = moment("1899-12-30")


def as_shown(cell: Cell) -> list[object] | None:
    """What LibreOffice should say of this cell, worked out without the writer."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return ["text", cell.replace("\r\n", "\n")]  # it keeps one sign for the end of a line
    return number_shown(Decimal(cell)) if isinstance(cell, int | Decimal) else moment_shown(cell)


def number_shown(number: Decimal) -> list[object]:
    _, digits, exponent = number.as_tuple()
    if len(digits) > 15:
        return ["text", str(number)]
    return ["number", float(number), "0." + "0" * -int(exponent) if exponent else "0"]


def moment_shown(when: date | time) -> list[object]:
    if not isinstance(when, time) and when.isoformat() < "1900-03-01":
        return ["text", when.isoformat()]
    clock = "" if type(when) is date else "HH:MM:SS" if getattr(when, "second", 0) else "HH:MM"
    day = "" if isinstance(when, time) else "YYYY-MM-DD"
    joined = datetime.combine(DAY_ZERO, when) if isinstance(when, time) else moment(when.isoformat())
    return ["number", (joined - DAY_ZERO).total_seconds() / 86_400, f"{day} {clock}".strip()]


def same(found: list[object] | None, cell: Cell) -> bool:
    wanted = as_shown(cell)
    if found is None or wanted is None or wanted[0] == "text":
        return found == wanted
    return found[0] == "number" and found[1:] == [pytest.approx(wanted[1], rel=1e-15, abs=1e-15), wanted[2]]


def differing(sheet: Sheet, found: Cells) -> list[tuple[int, object]]:
    header, *rows = found[sheet.name]
    assert header == [["text", column.name] for column in sheet.columns]
    source = [list(row) for row in sheet.rows()]
    assert len(rows) == len(source)
    return [
        (number, got)
        for number, (row, cells) in enumerate(zip(rows, source, strict=True), start=2)
        for got, cell in zip(row, cells, strict=True)
        if not same(got, cell)
    ]
