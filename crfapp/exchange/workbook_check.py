"""Does the workbook hold what the sheets hold? Every cell is asked before anybody is told it is done."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.exchange.cell_xml import FIRST_TRUE_DAY, MOST_DECIMALS, MOST_DIGITS
from crfapp.exchange.workbook_reading import LibraryReader, StreamReader, joined, long_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from crfapp.exchange.sheets import Cell, Sheet
    from crfapp.exchange.workbook import OnRow, Written
    from crfapp.exchange.workbook_reading import Found, Reader

EVERYTHING = 10**12
INDEPENDENT_CELLS = 100_000
"""So many cells are read by the library, too (about a second); most sites' workbooks have fewer."""


def compare(
    sheets: Sequence[Sheet],
    written: Written,
    package: bytes,
    *,
    on_row: OnRow = lambda _sheet, _row: None,
    independent_cells: int = INDEPENDENT_CELLS,
) -> None:
    """Raise IntegrityProblem WORKBOOK_DIFFERS (sheet, row, column) at the first cell that is not the same.

    Our own parser reads every cell. The library reads every cell, too, up to ``independent_cells`` in
    all, and of a larger workbook the first rows of each sheet.
    """
    views = [_View(StreamReader(package)), _View(LibraryReader(package))]
    names = [part.name for part in written.parts]
    if any(view.names != names for view in views):
        raise _difference("", 0, "")
    share = EVERYTHING if written.cells <= independent_cells else independent_cells // len(names)
    passes = [iter(sheet.rows()) for sheet in sheets]
    for part, source in zip(written.parts, written.sources, strict=True):
        if source >= 0:
            columns = [column.name for column in sheets[source].columns]
            expected = chain([columns], islice(passes[source], part.rows - 1))
            shares = (EVERYTHING, share // len(columns) + 2)
            found = [(view.rows(part.name), rows) for view, rows in zip(views, shares, strict=True)]
            for number, column in _differences(expected, found, partial(on_row, part.name)):
                raise _difference(part.name, number, columns[column] if column < len(columns) else "")
    for sheet, rows in zip(sheets, passes, strict=True):
        if next(rows, None) is not None:
            raise _difference(sheet.name, 0, "")


class _View:
    """A workbook through one reader, long texts joined."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._long, self.names = reader, long_texts(reader), reader.names()

    def rows(self, name: str) -> Iterator[list[Found]]:
        """Rows of one sheet, header first."""
        return joined(self._reader.rows(name), self._long.get(name, {}))


def _difference(sheet: str, row: int, column: str) -> IntegrityProblem:
    return IntegrityProblem(Code.WORKBOOK_DIFFERS, sheet=sheet, row=row, column=column)


def _differences(
    expected: Iterable[Sequence[Cell]],
    found: Sequence[tuple[Iterator[list[Found]], int]],
    on_row: Callable[[int], None],
) -> Iterator[tuple[int, int]]:
    """Row and column where a reader finds something else; each is asked for its share of rows only."""
    number = 0
    for number, cells in enumerate(expected, start=1):
        on_row(number)
        for rows, share in found:
            if number <= share:
                row = next(rows, None)
                column = 0 if row is None else _first_difference(cells, row)
                if column is not None:
                    yield number, column
    for rows, share in found:
        if number < share and next(rows, None) is not None:
            yield number + 1, 0


def _first_difference(cells: Sequence[Cell], row: Sequence[Found]) -> int | None:
    """Position of the first cell that is not the same; a row may end before its empty cells."""
    if len(row) > len(cells):
        return len(cells)
    for column, (cell, found) in enumerate(zip_longest(cells, row)):
        if (type(cell) is not type(found) or cell != found) and not is_same(cell, found):
            return column
    return None


def is_same(cell: Cell, found: Found) -> bool:
    """Whether a cell as read stands for this value: with its type, all its digits and characters."""
    if isinstance(cell, str):
        return found == cell if isinstance(found, str) else cell == "" and found is None
    if isinstance(cell, int | Decimal):
        return _same_number(Decimal(cell), found)
    if isinstance(cell, date | time):
        return _same_moment(cell, found)
    return found is None


def _same_number(number: Decimal, found: Found) -> bool:
    if isinstance(found, str):
        return found == _plain(number) and not _fits_a_double(number)
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
        return False
    return Decimal(repr(found) if isinstance(found, float) else found) == number


def _plain(number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    return f"{number:f}" if isinstance(exponent, int) and exponent <= 0 else str(number)


def _fits_a_double(number: Decimal) -> bool:
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        return False
    return len(digits) + max(0, exponent) <= MOST_DIGITS and -exponent <= MOST_DECIMALS


def _same_moment(moment: date | time, found: Found) -> bool:
    if isinstance(found, str):
        return found == moment.isoformat() and not _fits_a_serial(moment)
    if isinstance(moment, date) and not isinstance(moment, datetime):
        return isinstance(found, datetime) and found.time() == time() and found.date() == moment
    return type(found) is type(moment) and found == moment


def _fits_a_serial(moment: date | time) -> bool:
    day = moment.date() if isinstance(moment, datetime) else moment
    if isinstance(day, date) and day < FIRST_TRUE_DAY:
        return False
    return not isinstance(moment, datetime | time) or moment.microsecond % 1000 == 0
