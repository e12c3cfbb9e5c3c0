"""Reading a workbook back, twice over: by a library that had no part in writing it, and by a fast parser.

The library (openpyxl) takes ten times as long as the writing did; the parser here is as strict and reads
every cell of any size. Both deliver the same kind of row, so that one comparison serves both.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from crfapp.exchange.cell_xml import column_number
from crfapp.exchange.sheet_names import LONG_TEXT
from crfapp.exchange.workbook import continuation_mark
from crfapp.exchange.workbook_text import from_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
_MILLIS_OF_DAY = 86_400_000
_CHUNK = 65_536
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class NotPlain:
    """What a cell must never be: a formula, a truth value, an error. Equal to nothing."""


NOT_PLAIN = NotPlain()

Found = None | str | int | float | Decimal | datetime | time | NotPlain
"""A cell as read: text decoded; a date is midnight of its day; numbers as the reader delivers them."""

LongTexts = dict[str, dict[str, tuple[str, list[str]]]]
"""By sheet and cell: the reference, and the parts that follow the first."""


class Reader(Protocol):
    """An open workbook."""

    def names(self) -> list[str]:
        """Names of the sheets, in file order."""

    def rows(self, name: str) -> Iterator[list[Found]]:
        """Rows of one sheet, header first; a row ends with its last cell that is not empty."""


class LibraryReader:
    """Reads with openpyxl, whose XML parser is held by defusedxml."""

    def __init__(self, package: bytes) -> None:
        import openpyxl

        if not openpyxl.DEFUSEDXML:
            raise RuntimeError("openpyxl must read with defusedxml")
        self._book = openpyxl.load_workbook(io.BytesIO(package), read_only=True, keep_links=False)

    def names(self) -> list[str]:
        """Names of the sheets, in file order."""
        return list(self._book.sheetnames)

    def rows(self, name: str) -> Iterator[list[Found]]:
        """Rows of one sheet."""
        for cells in self._book[name].iter_rows():
            row: list[Found] = []
            for cell in cells:
                match cell.data_type, cell.value:
                    case "s", str(text):
                        row.append(from_cell(text))
                    case "n" | "d", (None | int() | float() | datetime() | time()) as value:
                        row.append(value)
                    case _:
                        row.append(NOT_PLAIN)
            yield row


class StreamReader:
    """Reads with the XML parser of Python itself, a chunk at a time; no document type is accepted."""

    def __init__(self, package: bytes) -> None:
        from defusedxml.ElementTree import fromstring

        self._zipped = zipfile.ZipFile(io.BytesIO(package))
        book = fromstring(self._zipped.read("xl/workbook.xml"), forbid_dtd=True)
        links = fromstring(self._zipped.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
        targets = {link.attrib["Id"]: link.attrib["Target"] for link in links}
        self._paths = {
            from_cell(sheet.attrib["name"]): f"xl/{targets[sheet.attrib[_RELATION]]}"
            for sheet in book.iter()
            if sheet.tag.endswith("}sheet")
        }
        styles = fromstring(self._zipped.read("xl/styles.xml"), forbid_dtd=True)
        formats = {each.attrib["numFmtId"]: each.attrib["formatCode"] for each in _within(styles, "numFmts")}
        self._formats = [formats.get(each.attrib["numFmtId"], "") for each in _within(styles, "cellXfs")]

    def names(self) -> list[str]:
        """Names of the sheets, in file order."""
        return list(self._paths)

    def rows(self, name: str) -> Iterator[list[Found]]:
        """Rows of one sheet."""
        sheet = _SheetParser(self._formats)
        with self._zipped.open(self._paths[name]) as entry:
            while chunk := entry.read(_CHUNK):
                sheet.parser.Parse(chunk)
                yield from sheet.ready
                sheet.ready.clear()
        sheet.parser.Parse(b"", True)


def _within(tree: Element, name: str) -> list[Element]:
    return [each for group in tree if group.tag.endswith("}" + name) for each in group]


class _SheetParser:
    """Rows out of the XML of one sheet; those complete so far stand in ``ready``."""

    def __init__(self, formats: list[str]) -> None:
        self._formats = formats
        self.ready: list[list[Found]] = []
        self._row: list[Found] = []
        self._cell: dict[str, str] = {}
        self._text: list[str] = []
        self._columns: dict[str, int] = {}
        self._plain = True
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        self.parser.CharacterDataHandler = self._text.append
        self.parser.StartDoctypeDeclHandler = _no_document_type

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell, self._plain = attributes, True
            self._text.clear()
        elif tag == "f":
            self._plain = False
        elif tag == "row":
            self._row = []

    def _closed(self, tag: str) -> None:
        if tag == "c":
            column = self._column(self._cell["r"])
            self._row.extend([None] * (column - len(self._row)))
            self._row.append(self._value("".join(self._text)) if self._plain else NOT_PLAIN)
        elif tag == "row":
            self.ready.append(self._row)

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = column_number(letters) - 1
        return self._columns[letters]

    def _value(self, text: str) -> Found:
        kind = self._cell.get("t", "n")
        if kind == "inlineStr":
            return from_cell(text)
        if kind != "n":
            return NOT_PLAIN
        shown = self._formats[int(self._cell.get("s", "0"))]
        if "y" in shown or "h" in shown:
            return _moment(text, "y" in shown)
        return int(text) if text.isdigit() else Decimal(text)


def _moment(serial: str, dated: bool) -> Found:
    days, fraction = divmod(float(serial), 1)
    moment = _DAY_ZERO + timedelta(days=days, milliseconds=round(fraction * _MILLIS_OF_DAY))
    return moment if dated else moment.time()


def _no_document_type(*_declared: object) -> None:
    raise ValueError("a workbook declares no document type")


def long_texts(reader: Reader) -> LongTexts:
    """Every text that goes on beyond its cell."""
    found: LongTexts = defaultdict(dict)
    for name in reader.names():
        if name == LONG_TEXT or name.startswith(f"{LONG_TEXT} ("):
            rows = reader.rows(name)
            next(rows)
            for ref, sheet, cell, _part, text in rows:
                _, parts = found[str(sheet)].setdefault(str(cell), (str(ref), []))
                parts.append(str(text))
    return found


def joined(rows: Iterable[list[Found]], long: dict[str, tuple[str, list[str]]]) -> Iterator[list[Found]]:
    """Rows of one sheet with its long texts put together again."""
    places = defaultdict(list)
    for place, (ref, parts) in long.items():
        letters = place.rstrip("0123456789")
        places[int(place.removeprefix(letters))].append((column_number(letters) - 1, ref, parts))
    for number, row in enumerate(rows, start=1):
        for column, ref, parts in places.get(number, ()):
            row[column] = "".join((str(row[column]).removesuffix(continuation_mark(ref)), *parts))
        yield row


def read_cells(package: bytes) -> dict[str, list[list[Found]]]:
    """Every sheet of a workbook as the library reads it, header row first, long texts joined.

    Raises what openpyxl raises for bytes that are no workbook.
    """
    reader = LibraryReader(package)
    long = long_texts(reader)
    return {name: list(joined(reader.rows(name), long.get(name, {}))) for name in reader.names()}
