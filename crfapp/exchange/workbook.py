"""Sheets become a workbook: streamed row by row into a compressed ZIP, never a plain byte on disk.

The file is written by hand, not by a library, because the libraries that keep memory small spool
plain text to temporary files (docs/decisions/0010-workbook-writer.md). Give ``out`` something in memory.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO

from crfapp.exchange import workbook_parts as fixed
from crfapp.exchange.cell_xml import CELL_XML, column_letters, text_xml
from crfapp.exchange.sheet_names import LONG_TEXT, SheetNames
from crfapp.exchange.sheets import Cell, Column, Sheet
from crfapp.exchange.workbook_text import MOST_UNITS, is_long, parts

MOST_ROWS = 1_048_576
MOST_SHEET_BYTES = 1_900_000_000
"""Of XML in one sheet, so that no ZIP entry needs the 64-bit form that some readers lack."""

_COMPRESSION = 4
_CHUNK_ROWS = 64
_REMEMBERED_TEXTS = 20_000
_REMEMBERED_LENGTH = 48

OnRow = Callable[[str, int], None]

LONG_TEXT_COLUMNS = (
    Column("REF", "Named at the end of the first part", width=8),
    Column("SHEET", "Sheet of the first part"),
    Column("CELL", "Cell of the first part", width=10),
    Column("PART", "Number of this part; the cell itself holds part 1", "number"),
    Column("TEXT", "Follows the part before without anything between", width=60),
)


def continuation_mark(ref: str) -> str:
    """What stands behind the first part of a text too long for its cell."""
    return f' [... continued on sheet "{LONG_TEXT}", REF {ref}]'


@dataclass(frozen=True, slots=True)
class Written:
    """What a workbook holds: ``parts`` in file order, ``sources[i]`` the position of part i's sheet.

    The parts of the sheet of long texts, if there is one, come last and have the source -1. ``rows`` and
    ``cells`` count data of the given sheets, without headers; ``cells`` counts empty ones, too.
    """

    parts: tuple[fixed.Part, ...]
    sources: tuple[int, ...]
    rows: int
    cells: int


class _CellXml:
    """Turns rows into XML. Remembers short texts, because codes and decodes come again and again."""

    def __init__(self) -> None:
        self._remembered: dict[str, str] = {}
        self.long_texts: list[tuple[Cell, ...]] = []
        self._refs = 0

    def row(self, sheet: str, letters: Sequence[str], number: int, cells: Sequence[Cell]) -> str:
        """One row; it must have as many cells as there are columns (ValueError)."""
        remembered, xml = self._remembered, [f'<row r="{number}">']
        for letter, cell in zip(letters, cells, strict=True):
            if type(cell) is str:
                if cell:
                    place = f"{letter}{number}"
                    xml.append(f'<c r="{place}"{remembered.get(cell) or self._text(sheet, place, cell)}')
            elif cell is not None and cell != "":
                xml.append(f'<c r="{letter}{number}"{CELL_XML[type(cell)](cell)}')
        xml.append("</row>")
        return "".join(xml)

    def _text(self, sheet: str, place: str, text: str) -> str:
        if is_long(text):
            return text_xml(self._first_part(sheet, place, text))
        xml = text_xml(text)
        if len(text) <= _REMEMBERED_LENGTH and len(self._remembered) < _REMEMBERED_TEXTS:
            self._remembered[text] = xml
        return xml

    def _first_part(self, sheet: str, place: str, text: str) -> str:
        self._refs += 1
        ref = f"LT{self._refs}"
        mark = continuation_mark(ref)
        first, *rest = parts(text, MOST_UNITS - len(mark), MOST_UNITS)
        self.long_texts += [(ref, sheet, place, part, each) for part, each in enumerate(rest, start=2)]
        return first + mark


@dataclass(frozen=True, slots=True)
class _Wishes:
    right_to_left: bool
    on_row: OnRow
    most_rows: int


class _WorkbookFile:
    """The ZIP being written, and what is in it so far."""

    def __init__(self, zipped: zipfile.ZipFile, wishes: _Wishes) -> None:
        self._zipped, self._wishes = zipped, wishes
        self.cells = _CellXml()
        self.parts: list[fixed.Part] = []
        self.sources: list[int] = []

    def add(self, sheet: Sheet, source: int, names: Iterator[str]) -> int:
        """Write all rows; what one sheet of the file cannot hold goes on in the next. Returns their count."""
        rows, total = iter(sheet.rows()), sheet.count and sheet.count()
        waiting, written = next(rows, None), 0
        while waiting is not None or source not in self.sources:
            name = next(names)
            with self._zipped.open(f"xl/worksheets/sheet{len(self.parts) + 1}.xml", "w") as entry:
                size = None if total is None else min(total - written + 1, self._wishes.most_rows)
                head = fixed.sheet_head(
                    sheet.columns, size, right_to_left=self._wishes.right_to_left, selected=not self.parts
                )
                entry.write(head.encode())
                last, waiting = self._write_rows(entry, name, sheet.columns, waiting, rows)
                part = fixed.Part(name, last, len(sheet.columns))
                entry.write(fixed.sheet_foot(part).encode())
            self.parts.append(part)
            self.sources.append(source)
            written += last - 1
        if total not in {None, written}:
            raise ValueError("a sheet has another number of rows than it said")
        return written

    def _write_rows(
        self,
        entry: IO[bytes],
        name: str,
        columns: Sequence[Column],
        waiting: Sequence[Cell] | None,
        rows: Iterator[Sequence[Cell]],
    ) -> tuple[int, Sequence[Cell] | None]:
        """Header and rows until the sheet is full: the last row's number, and the row that found no room."""
        letters = [column_letters(n) for n in range(1, len(columns) + 1)]
        chunk, number, size = [fixed.header_row(columns)], 1, 0
        while waiting is not None and number < self._wishes.most_rows and size < MOST_SHEET_BYTES:
            number += 1
            chunk.append(self.cells.row(name, letters, number, waiting))
            self._wishes.on_row(name, number)
            if len(chunk) == _CHUNK_ROWS:
                size += entry.write("".join(chunk).encode())
                chunk.clear()
            waiting = next(rows, None)
        entry.write("".join(chunk).encode())
        return number, waiting

    def finish(self, properties: fixed.Properties) -> None:
        """Write the parts that name the sheets."""
        count = len(self.parts)
        # Stored, not compressed: so that no workbook is smaller than the 4,096 bytes below which the
        # writer of the encrypted container puts the package where it cannot be found again.
        self._zipped.writestr("xl/styles.xml", fixed.styles_xml(), zipfile.ZIP_STORED)
        for path, xml in (
            ("[Content_Types].xml", fixed.content_types(count)),
            ("_rels/.rels", fixed.root_relations()),
            ("xl/workbook.xml", fixed.workbook_xml(self.parts)),
            ("xl/_rels/workbook.xml.rels", fixed.workbook_relations(count)),
            ("docProps/core.xml", fixed.core_properties(properties)),
            ("docProps/app.xml", fixed.app_properties(properties)),
        ):
            with self._zipped.open(path, "w") as entry:
                entry.write(xml.encode())


def write_workbook(
    sheets: Sequence[Sheet],
    out: BinaryIO,
    *,
    properties: fixed.Properties,
    right_to_left: bool = False,
    on_row: OnRow = lambda _sheet, _row: None,
    most_rows: int = MOST_ROWS,
) -> Written:
    """Write an .xlsx to ``out`` in memory that grows with the compressed file only.

    ``on_row(sheet name, row number)`` is called for every row and may raise, to stop. ``most_rows`` is what
    a sheet holds with its header. Raises TypeError for a value no cell can hold and ValueError for a row
    of the wrong length: both are errors of the program, not of the data.
    """
    names = SheetNames([sheet.name for sheet in sheets])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as zipped:
        file = _WorkbookFile(zipped, _Wishes(right_to_left, on_row, most_rows))
        rows = cells = 0
        for number, sheet in enumerate(sheets):
            count = file.add(sheet, number, names.of(number))
            rows, cells = rows + count, cells + count * len(sheet.columns)
        long_texts = file.cells.long_texts
        if long_texts:
            rest = Sheet(LONG_TEXT, "", LONG_TEXT_COLUMNS, lambda: long_texts)
            file.add(rest, -1, names.of_long_texts())
        file.finish(properties)
    return Written(tuple(file.parts), tuple(file.sources), rows, cells)
