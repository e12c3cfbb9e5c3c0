"""The workbook appears whole, encrypted and checked, or nothing appears."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import resource
import zipfile
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem, RefusedError
from crfapp.exchange import cell_xml, handover
from crfapp.exchange.handover import hand_over
from crfapp.exchange.office_encryption import decrypt
from crfapp.exchange.sheets import Column, Sheet
from crfapp.exchange.workbook_check import compare
from crfapp.exchange.workbook_reading import LibraryReader, StreamReader, read_cells
from crfapp.exchange.workbook_text import to_xml
from tests.support.sheets_of import PROPERTIES, moment, sheet_of, written_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crfapp.exchange.sheets import Cell

PASSWORD = "one shared secret"
SECRET = "Fitzpatrick type IV, canary 4711"
DM = sheet_of(
    "DM",
    [
        [f"JO01-{n:03d}", Decimal("0.30"), date(2026, 1, 11), moment("2026-01-11 09:05"), "=1+1", SECRET]
        for n in range(500)
    ],
)
VS = sheet_of("VS", [["JO01-001", n, None, ""] for n in range(300)])


def silent(_done: int, _total: int, _what: str) -> None:
    """Progress that nobody looks at."""


def hand(
    target: Path, *sheets: Sheet, progress: Callable[[int, int, str], None] = silent, replace: bool = False
) -> handover.Handover:
    return hand_over(
        sheets or (DM, VS), target, PASSWORD, properties=PROPERTIES, progress=progress, replace=replace
    )


@pytest.mark.req("REQ-809", "REQ-802")
def test_the_nurse_gets_a_workbook_that_only_the_password_opens(tmp_path: Path) -> None:
    target = tmp_path / "JO01 export.xlsx"
    done = hand(target)

    content = target.read_bytes()
    assert (done.path, done.bytes, done.sha256) == (target, len(content), hashlib.sha256(content).hexdigest())
    assert done.sheets == (("DM", 500), ("VS", 300))
    assert (done.rows, done.cells) == (800, 500 * 6 + 300 * 4)
    cells = read_cells(decrypt(target, PASSWORD))
    assert cells["DM"][1] == [
        "JO01-000",
        0.3,
        moment("2026-01-11 00:00"),
        moment("2026-01-11 09:05"),
        "=1+1",
        SECRET,
    ]
    assert list(tmp_path.iterdir()) == [target]


def test_progress_counts_rows_and_names_each_step(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    hand(tmp_path / "a.xlsx", progress=lambda *step: told.append(step))

    assert list(dict.fromkeys(what for _, _, what in told)) == ["writing", "protecting", "checking", "done"]
    assert {total for _, total, _ in told} == {800}
    assert all(0 <= done <= total for done, total, _ in told)


def test_progress_counts_on_where_the_total_is_not_known(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    uncounted = Sheet(DM.name, DM.title, DM.columns, DM.rows)
    hand(tmp_path / "a.xlsx", uncounted, progress=lambda *step: told.append(step))

    assert [done for done, _, what in told if what == "writing"] == [0, 200, 400]
    assert {total for _, total, _ in told} == {0}


def test_an_existing_file_is_never_overwritten_unasked(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_text("last month's")

    with pytest.raises(RefusedError) as caught:
        hand(target)
    assert caught.value.code is Code.EXPORT_EXISTS
    assert target.read_text() == "last month's"

    hand(target, replace=True)
    assert decrypt(target, PASSWORD)


def test_a_file_that_appears_meanwhile_is_not_overwritten_either(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"

    def someone_else_saves(_done: int, _total: int, what: str) -> None:
        if what == "done":
            target.write_text("theirs")

    with pytest.raises(RefusedError) as caught:
        hand(target, progress=someone_else_saves)
    assert caught.value.code is Code.EXPORT_EXISTS
    assert [path.read_text() for path in tmp_path.iterdir()] == ["theirs"]


@pytest.mark.parametrize("at", ["writing", "protecting", "checking", "done"])
def test_cancelled_at_any_step_nothing_is_left(tmp_path: Path, at: str) -> None:
    def cancel(_done: int, _total: int, what: str) -> None:
        if what == at:
            raise RefusedError(Code.CANCELLED)

    with pytest.raises(RefusedError) as caught:
        hand(tmp_path / "a.xlsx", progress=cancel)
    assert caught.value.code is Code.CANCELLED
    assert list(tmp_path.iterdir()) == []


def test_cancelled_while_replacing_the_old_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    hand(target)
    before = target.read_bytes()

    def cancel(_done: int, _total: int, what: str) -> None:
        if what == "checking":
            raise RefusedError(Code.CANCELLED)

    with pytest.raises(RefusedError):
        hand(target, progress=cancel, replace=True)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.req("REQ-930")
def test_nothing_readable_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    out = tmp_path / "out"
    out.mkdir()
    seen: dict[str, bytes] = {}

    def look(_done: int, _total: int, _what: str) -> None:
        seen.update({str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()})

    hand(out / "a.xlsx", progress=look)

    assert len(seen) == 1
    assert all(not content.startswith(b"PK") and SECRET.encode() not in content for content in seen.values())


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, Code.DISK_FULL),
        (errno.EDQUOT, Code.DISK_FULL),
        (errno.EIO, Code.DISK_FAILS),
        (errno.EROFS, Code.FOLDER_REFUSED),
    ],
)
def test_a_disk_that_fails_is_named_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: Code
) -> None:
    def failing(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(EnvironmentProblem) as caught:
        hand(tmp_path / "a.xlsx")
    assert caught.value.code is code
    assert list(tmp_path.iterdir()) == []


@contextmanager
def no_room() -> Iterator[None]:
    """The system itself stops every file of ours at 4,096 bytes, in the middle of the writing.

    Only as long as the writing lasts: the report of this run is a file of ours too.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_finds_no_room_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught, no_room():
        hand(tmp_path / "a.xlsx")
    assert caught.value.code is Code.DISK_FULL
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        hand(tmp_path / "no" / "a.xlsx")
    assert caught.value.code is Code.FOLDER_REFUSED


def test_a_byte_that_the_disk_changed_is_found(tmp_path: Path) -> None:
    original = handover._read_back

    def worn_disk(part: Path, password: str) -> bytes:
        content = bytearray(part.read_bytes())
        content[-3000] ^= 1
        part.write_bytes(bytes(content))
        return original(part, password)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handover, "_read_back", worn_disk)
        with pytest.raises(IntegrityProblem) as caught:
            hand(tmp_path / "a.xlsx")
    assert caught.value.code is Code.WORKBOOK_DIFFERS
    assert list(tmp_path.iterdir()) == []


def writer_of_formulas(text: str) -> str:
    """The sabotaged twin: what begins with = becomes a formula whose result looks right."""
    data = to_xml(text)
    if text.startswith("="):
        return f' t="str" s="2"><f>{data[1:]}</f><v>{data}</v></c>'
    return f' t="inlineStr" s="2"><is><t xml:space="preserve">{data}</t></is></c>'


def writer_of_numbers(text: str) -> str:
    """A twin that is as clever as a spreadsheet: what looks like a number becomes one."""
    return f' s="13"><v>{text}</v></c>' if text.isdigit() else cell_xml.text_xml(text)


def writer_that_cuts(text: str) -> str:
    return cell_xml.text_xml(text[:20])


def writer_that_trims(text: str) -> str:
    return cell_xml.text_xml(text.strip() or "x")


@pytest.mark.parametrize(
    ("twin", "text"),
    [
        (writer_of_formulas, "=1+1"),
        (writer_of_numbers, "007"),
        (writer_that_cuts, "a text of more than twenty characters"),
        (writer_that_trims, " kept "),
    ],
)
@pytest.mark.req("REQ-809")
def test_twin_writers_that_change_an_answer_are_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, twin: Callable[[str], str], text: str
) -> None:
    monkeypatch.setattr("crfapp.exchange.workbook.text_xml", twin)
    with pytest.raises(IntegrityProblem) as caught:
        hand(tmp_path / "a.xlsx", sheet_of("AE", [["fine"], ["fine"], [text]]))

    assert caught.value.code is Code.WORKBOOK_DIFFERS
    assert caught.value.facts == {"sheet": "AE", "row": 4, "column": "C1"}
    assert list(tmp_path.iterdir()) == []


def test_both_readers_see_a_formula_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crfapp.exchange.workbook.text_xml", writer_of_formulas)
    sheet = sheet_of("AE", [["x"], ["=1+1"]])
    written, package = written_package(sheet)

    for cells in (0, 1_000):
        with pytest.raises(IntegrityProblem):
            compare([sheet], written, package, independent_cells=cells)
    monkeypatch.setattr("crfapp.exchange.workbook_check.StreamReader", LibraryReader)
    with pytest.raises(IntegrityProblem):
        compare([sheet], written, package)


CHANGES: list[tuple[Cell, Cell]] = [
    ("a", "b"),
    ("a", None),
    (None, "a"),
    (1, 2),
    (1, "1"),
    ("1", 1),
    (Decimal("0.30"), Decimal("0.31")),
    (Decimal("12345678901234567"), Decimal("12345678901234568")),
    (date(2026, 1, 11), date(2026, 1, 12)),
    (date(2026, 1, 11), "2026-01-11"),
    (moment("2026-01-11 09:05"), moment("2026-01-11 09:06")),
    (moment("2026-01-11 09:05"), date(2026, 1, 11)),
    (46_033, date(2026, 1, 11)),
    ("x" * 40_000, "x" * 39_999 + "y"),
    ("x" * 40_000, "x" * 39_999),
]


@pytest.mark.parametrize(("stood", "stands"), CHANGES)
def test_a_cell_that_is_not_what_the_database_says_is_found(stood: Cell, stands: Cell) -> None:
    written, package = written_package(sheet_of("S", [["a", 1], [stood, 2]]))
    compare([sheet_of("S", [["a", 1], [stood, 2]])], written, package)

    with pytest.raises(IntegrityProblem) as caught:
        compare([sheet_of("S", [["a", 1], [stands, 2]])], written, package)
    assert caught.value.facts == {"sheet": "S", "row": 3, "column": "C1"}


def test_of_a_large_workbook_the_library_reads_the_beginning_and_the_parser_everything() -> None:
    rows: list[list[Cell]] = [["same", n] for n in range(300)]
    written, package = written_package(sheet_of("S", rows))
    compare([sheet_of("S", rows)], written, package, independent_cells=20)

    changed: list[list[Cell]] = [*rows[:-1], ["same", 0]]
    with pytest.raises(IntegrityProblem) as caught:
        compare([sheet_of("S", changed)], written, package, independent_cells=20)
    assert caught.value.facts == {"sheet": "S", "row": 301, "column": "C2"}


def test_a_sheet_of_another_name_is_found() -> None:
    written, package = written_package(sheet_of("S", [["a"]]))
    other, _ = written_package(sheet_of("T", [["a"]]))
    compare([sheet_of("S", [["a"]])], written, package)
    with pytest.raises(IntegrityProblem):
        compare([sheet_of("T", [["a"]])], other, package)


@pytest.mark.parametrize("rows", [[["a"]], [["a"], ["b"], ["c"]]])
def test_a_row_too_many_or_too_few_is_found(rows: list[list[Cell]]) -> None:
    written, package = written_package(sheet_of("S", [["a"], ["b"]]))
    with pytest.raises(IntegrityProblem) as caught:
        compare([sheet_of("S", rows)], written, package)
    assert caught.value.code is Code.WORKBOOK_DIFFERS


def test_another_header_is_found() -> None:
    written, package = written_package(sheet_of("S", [["a"]]))
    other = Sheet("S", "S", (Column("C9", "x"),), lambda: [["a"]])
    with pytest.raises(IntegrityProblem) as caught:
        compare([other], written, package)
    assert caught.value.facts == {"sheet": "S", "row": 1, "column": "C9"}


def test_a_document_type_in_a_sheet_is_refused() -> None:
    _, package = written_package(sheet_of("S", [["a"]]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            if "sheet1" in name and name.endswith(".xml"):
                xml = re.sub(rb"\?>\n", b'?>\n<!DOCTYPE x [<!ENTITY e "a">]>', xml, count=1)
            new.writestr(name, xml)
    with pytest.raises(ValueError, match="document type"):
        list(StreamReader(out.getvalue()).rows("S"))
    with pytest.raises(ValueError, match="invalid XML"):
        read_cells(out.getvalue())
