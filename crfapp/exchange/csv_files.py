"""The sheets of the workbook as CSV files: one for each form, and the others with a ``_`` before their name.

UTF-8 with a byte order mark: without one Excel reads the system's code page and spoils every Arabic answer;
R (``readr``, ``fileEncoding = "UTF-8-BOM"``), SAS (``encoding='utf-8'``) and Python (``utf-8-sig``) take it.
Every cell in quotes, comma, CR LF (RFC 4180); dates and times in ISO 8601, numbers as they were answered.

A text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that begins
with an apostrophe, so that taking one away gives the answer exactly. With ``exact`` nothing is added: for
programs, never for a double click.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.exchange.dataset import sheets_of
from crfapp.exchange.form_sheets import form_sheets
from crfapp.exchange.whole_file import beside, disk_named, give_name, refuse_existing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from crfapp.exchange.sheets import Cell, Sheet
    from crfapp.exchange.site_data import SiteData

SUMS = "SHA256SUMS"
BOM = b"\xef\xbb\xbf"
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a text begins that a spreadsheet takes for more than a text; the last four are their wide forms."""


class CsvFile(NamedTuple):
    """One file: its name, how many rows behind the header, its SHA-256."""

    name: str
    rows: int
    sha256: str


class CsvFolder(NamedTuple):
    """A folder of files; ``sha256`` is that of its list of sums."""

    path: Path
    files: tuple[CsvFile, ...]
    sha256: str


def write_csv_folder(data: SiteData, target: Path, *, exact: bool = False) -> CsvFolder:
    """Write all sheets into a new folder, whole or not at all; ``data`` must stay one snapshot.

    EXPORT_EXISTS, FOLDER_REFUSED, DISK_FULL, DISK_FAILS, WORKBOOK_DIFFERS where a file read back is not what
    the sheet says.
    """
    refuse_existing(target)
    with beside(target) as part:
        try:
            with disk_named(target.parent):
                part.mkdir(mode=0o700)
            files = tuple(write_csv_files(data, part, exact=exact))
            sums = "".join(f"{file.sha256}  {file.name}\n" for file in files).encode()
            _put(part / SUMS, sums)
            refuse_existing(target)
            give_name(part, target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return CsvFolder(target, files, hashlib.sha256(sums).hexdigest())


def write_csv_files(data: SiteData, folder: Path, *, exact: bool = False) -> Iterator[CsvFile]:
    """Write each sheet into ``folder``, one after the other."""
    for name, sheet in named_sheets(data):
        yield write_sheet(sheet, folder / name, exact=exact)


def named_sheets(data: SiteData) -> Iterator[tuple[str, Sheet]]:
    """Every sheet with the name of its file."""
    forms = {sheet.name for sheet in form_sheets(data)}
    for sheet in sheets_of(data):
        yield (f"{sheet.name}.csv" if sheet.name in forms else f"_{sheet.name.lower()}.csv"), sheet


def write_sheet(sheet: Sheet, path: Path, *, exact: bool = False) -> CsvFile:
    """Write one sheet, read it back and compare. WORKBOOK_DIFFERS with the first row that is another one."""
    with disk_named(path.parent), path.open("xb") as file:
        written = put_sheet(sheet, file, exact=exact)
        file.flush()
        os.fsync(file.fileno())
    _compare(sheet, path, exact=exact)
    with disk_named(path.parent), path.open("rb") as file:
        return CsvFile(path.name, written, hashlib.file_digest(file, "sha256").hexdigest())


def put_sheet(sheet: Sheet, file: BinaryIO, *, exact: bool = False) -> int:
    """Write one sheet into an open file; how many rows."""
    written = 0
    file.write(BOM + _line([column.name for column in sheet.columns]))
    for row in sheet.rows():
        file.write(_line([_text(cell, exact=exact) for cell in row]))
        written += 1
    return written


def csv_line(cells: Sequence[Cell]) -> bytes:
    """One row as it stands in such a file, harmless to a spreadsheet."""
    return _line([_text(cell, exact=False) for cell in cells])


def read_csv_file(path: Path, *, exact: bool = False) -> Iterator[list[str]]:
    """The rows of such a file with the header first, as they were before an apostrophe was added."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.reader(lines, strict=True):
            yield row if exact else [cell[1:] if cell.startswith("'") else cell for cell in row]


def _compare(sheet: Sheet, path: Path, *, exact: bool) -> None:
    found = read_csv_file(path, exact=exact)
    expected: Iterator[list[str]] = ([_text(cell, exact=True) for cell in row] for row in sheet.rows())
    if next(found, None) != [column.name for column in sheet.columns]:
        raise IntegrityProblem(Code.WORKBOOK_DIFFERS, sheet=sheet.name, row=0)
    for number, (row, read) in enumerate(zip_longest(expected, found), 1):
        if row != read:
            raise IntegrityProblem(Code.WORKBOOK_DIFFERS, sheet=sheet.name, row=number)


def _line(texts: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(texts)
    return line.getvalue().encode("utf-8", "replace")


def _text(cell: Cell, *, exact: bool) -> str:
    """One cell as text. Only what somebody or the program wrote as a text can be live; a number cannot."""
    if isinstance(cell, str):
        return f"'{cell}" if not exact and cell.startswith(_LIVE) else cell
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="milliseconds" if cell.microsecond else "seconds")
    if isinstance(cell, time):
        return cell.isoformat(timespec="seconds" if cell.second else "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _put(path: Path, content: bytes) -> None:
    with disk_named(path.parent), path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
