"""The audit trail as a file of its own: a workbook, CSV or one JSON object a line (REQ-112).

The columns are those of the workbook's Audit sheet, and so is what stays at the site. The file is written
beside its place, read back and compared with the trail row by row, and only then given its name. It is not
encrypted: whoever takes the trail out needs a file that other programs read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Literal

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.exchange.audit_sheet import audit_sheet
from crfapp.exchange.whole_file import beside, disk_named, give_name, refuse_existing
from crfapp.exchange.workbook import write_workbook
from crfapp.exchange.workbook_check import compare
from crfapp.exchange.workbook_parts import Properties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from crfapp.exchange.sheets import Cell, Sheet
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.chain import Record

Format = Literal["xlsx", "csv", "jsonl"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv", "jsonl")
WRITING, CHECKING, DONE = "writing", "checking", "done"
"""What progress is told."""

Progress = Callable[[int, int, str], None]
_STEP_ROWS = 500
_RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class TrailFile:
    """What was written: the file, its SHA-256, how many events."""

    path: Path
    sha256: str
    rows: int


def write_trail(
    data: SiteData,
    target: Path,
    kind: Format,
    *,
    wanted: Callable[[Record], bool],
    progress: Progress,
) -> TrailFile:
    """Write, read back, compare and name; ``data`` must stay one snapshot.

    ``progress(done, total, step)`` may raise to cancel, which leaves nothing behind; total is 0, because
    what a filter leaves is not known before. RefusedError EXPORT_EXISTS, EnvironmentProblem DISK_FULL,
    DISK_FAILS or FOLDER_REFUSED, IntegrityProblem TRAIL_DIFFERS or WORKBOOK_DIFFERS.
    """
    refuse_existing(target)
    sheet, steps = audit_sheet(data, wanted), _Steps(progress)
    with beside(target) as part:
        with disk_named(target.parent), part.open("xb") as file:
            rows = _write(sheet, file, kind, data, steps)
            file.flush()
            os.fsync(file.fileno())
        if kind != "xlsx":
            _compare(sheet, part, kind, steps)
        digest = _digest(part)
        progress(rows, 0, DONE)
        refuse_existing(target)
        give_name(part, target)
    return TrailFile(target, digest, rows)


def read_trail(path: Path, kind: Format) -> Iterator[list[str]]:
    """The rows of a CSV or JSON file as text, header first, as any program would read them."""
    if kind == "csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.reader(lines)
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            read: dict[str, Any] = json.loads(line)
            if number == 0:
                yield list(read)
            yield ["" if cell is None else str(cell) for cell in read.values()]


class _Steps:
    """Tells progress now and then, from the first row on."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def row(self, number: int, what: str) -> None:
        if number % _STEP_ROWS == 1:
            self._progress(number, 0, what)


def _write(sheet: Sheet, file: BinaryIO, kind: Format, data: SiteData, steps: _Steps) -> int:
    if kind == "xlsx":
        return _write_workbook(sheet, file, data, steps)
    rows, names = 0, [column.name for column in sheet.columns]
    if kind == "csv":
        file.write(b"\xef\xbb\xbf" + _csv_line(names))
    for rows, row in enumerate(sheet.rows(), start=1):
        steps.row(rows, WRITING)
        texts = [_text(cell) for cell in row]
        file.write(_csv_line(texts) if kind == "csv" else _json_line(names, row))
    return rows


def _write_workbook(sheet: Sheet, file: BinaryIO, data: SiteData, steps: _Steps) -> int:
    making = data.making
    whole = io.BytesIO()
    written = write_workbook(
        [sheet],
        whole,
        properties=Properties(
            f"{data.study.head.study} {data.site.code}", making.by, making.at.utc, making.software
        ),
        right_to_left=data.desk.language in _RIGHT_TO_LEFT,
        on_row=lambda _sheet, row: steps.row(row, WRITING),
    )
    compare([sheet], written, whole.getvalue(), on_row=lambda _sheet, row: steps.row(row, CHECKING))
    file.write(whole.getvalue())
    return written.rows


def _csv_line(texts: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(texts)
    return line.getvalue().encode("utf-8")


def _json_line(names: Sequence[str], row: Sequence[Cell]) -> bytes:
    cells = {name: _plain(cell) for name, cell in zip(names, row, strict=True)}
    return (json.dumps(cells, ensure_ascii=False) + "\n").encode("utf-8")


def _plain(cell: Cell) -> str | int | None:
    if cell is None or cell == "":
        return None
    return cell if isinstance(cell, int) else _text(cell)


def _text(cell: Cell) -> str:
    """A cell as text: moments in ISO, to the millisecond."""
    if cell is None:
        return ""
    return cell.isoformat(timespec="milliseconds") if isinstance(cell, datetime) else str(cell)


def _compare(sheet: Sheet, part: Path, kind: Format, steps: _Steps) -> None:
    """TRAIL_DIFFERS at the first row of the file that is not the trail's."""
    with disk_named(part.parent):
        found = read_trail(part, kind)
        header = next(found, None)
        expected = (["" if cell is None else _text(cell) for cell in row] for row in sheet.rows())
        names = [column.name for column in sheet.columns]
        if header != names and not (header is None and kind == "jsonl"):
            raise IntegrityProblem(Code.TRAIL_DIFFERS, row=0)
        try:
            for number, (row, read) in enumerate(zip_longest(expected, found), start=1):
                steps.row(number, CHECKING)
                if row != read:
                    raise IntegrityProblem(Code.TRAIL_DIFFERS, row=number)
        except (ValueError, csv.Error):
            raise IntegrityProblem(Code.TRAIL_DIFFERS, row=0) from None


def _digest(part: Path) -> str:
    with disk_named(part.parent), part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
