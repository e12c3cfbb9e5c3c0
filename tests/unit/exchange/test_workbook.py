"""The workbook's cells and its make-up, read back by a library that had no part in writing it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.exchange.sheets import Column, Sheet
from crfapp.exchange.workbook import continuation_mark
from crfapp.exchange.workbook_check import compare
from crfapp.exchange.workbook_reading import read_cells
from tests.support.hostile_texts import HOSTILE_TEXTS
from tests.support.sheets_of import moment, sheet_of, written_package
from tests.unit.exchange.test_workbook_text import ANY_TEXT

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell


def column_of(cells: list[Cell]) -> list[object]:
    """Write these cells below each other and read them."""
    _, package = written_package(sheet_of("S", [[cell, "end"] for cell in cells]))
    return [row[0] for row in read_cells(package)["S"][1:]]


def first_cell(cell: Cell) -> Any:
    _, package = written_package(sheet_of("S", [[cell]]))
    return openpyxl.load_workbook(io.BytesIO(package))["S"]["A2"]


def every_xml(package: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as zipped:
        return "".join(zipped.read(name).decode() for name in zipped.namelist())


@pytest.mark.req("REQ-809", "REQ-807")
def test_hostile_texts_stay_text_and_unchanged() -> None:
    written, package = written_package(sheet_of("S", [[text, "end"] for text in HOSTILE_TEXTS]))

    assert [row[0] for row in read_cells(package)["S"][1:]] == list(HOSTILE_TEXTS)
    assert written.rows == len(HOSTILE_TEXTS)


@pytest.mark.req("REQ-809")
def test_no_formula_no_link_no_macro_stands_anywhere_in_the_file() -> None:
    _, package = written_package(sheet_of("S", [[text] for text in HOSTILE_TEXTS]))

    assert not re.search(r"<f[ />]|hyperlink|externalLink|vbaProject|ddeLink", every_xml(package))


@pytest.mark.parametrize(
    "opener", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'"]
)
def test_what_would_become_a_formula_on_editing_is_quoted(opener: str) -> None:
    assert first_cell(f"{opener}1+1").quotePrefix
    assert not first_cell(f"1{opener}1").quotePrefix


@pytest.mark.parametrize("text", ["007", "1/2", "1E5", "2-JAN"])
def test_short_text_has_the_text_format_so_that_editing_keeps_it(text: str) -> None:
    assert first_cell(text).number_format == "@"
    assert first_cell(text).value == text


def test_prose_has_no_text_format() -> None:
    assert first_cell("word " * 60).number_format == "General"


@pytest.mark.req("REQ-809")
@pytest.mark.parametrize(
    ("number", "read", "shown"),
    [
        (0, 0, "0"),
        (-7, -7, "0"),
        (999_999_999_999_999, 999_999_999_999_999, "0"),
        (1_000_000_000_000_000, "1000000000000000", "@"),
        (12_345_678_901_234_567_890, "12345678901234567890", "@"),
        (Decimal("0.30"), 0.3, "0.00"),
        (Decimal("12"), 12, "0"),
        (Decimal("-1.5"), -1.5, "0.0"),
        (Decimal("1E+3"), 1000, "0"),
        (Decimal("1E+20"), "1E+20", "@"),
        (Decimal("0.123456789012345"), 0.123456789012345, "0." + "0" * 15),
        (Decimal("0.1234567890123456"), "0.1234567890123456", "@"),
        (Decimal("1E-30"), 1e-30, "0." + "0" * 30),
        (Decimal("1E-31"), "0.0000000000000000000000000000001", "@"),
        (Decimal("NaN"), "NaN", "@"),
        (Decimal("-Infinity"), "-Infinity", "@"),
    ],
)
def test_numbers_keep_every_digit(number: int | Decimal, read: object, shown: str) -> None:
    cell = first_cell(number)

    assert cell.value == read
    assert cell.data_type == ("s" if isinstance(read, str) else "n")
    assert cell.number_format == shown


@pytest.mark.req("REQ-809")
@pytest.mark.parametrize(
    ("when", "read", "shown"),
    [
        (date(1900, 3, 1), moment("1900-03-01 00:00"), r"yyyy\-mm\-dd"),
        (date(1900, 2, 28), "1900-02-28", "@"),
        (date(1899, 12, 31), "1899-12-31", "@"),
        (date(9999, 12, 31), moment("9999-12-31 00:00"), r"yyyy\-mm\-dd"),
        (moment("2026-01-11 14:03"), moment("2026-01-11 14:03"), r"yyyy\-mm\-dd\ hh:mm"),
        (moment("2026-01-11 14:03:59"), moment("2026-01-11 14:03:59"), r"yyyy\-mm\-dd\ hh:mm:ss"),
        (moment("1850-01-01 08:00"), "1850-01-01T08:00:00", "@"),
        (moment("2026-01-01 08:00:00.000007"), "2026-01-01T08:00:00.000007", "@"),
        (time(0, 0), time(0, 0), "hh:mm"),
        (time(23, 59), time(23, 59), "hh:mm"),
        (time(23, 59, 59), time(23, 59, 59), "hh:mm:ss"),
    ],
)
def test_moments_are_real_where_excel_can_hold_them(when: Cell, read: object, shown: str) -> None:
    cell = first_cell(when)

    assert cell.value == read
    assert cell.number_format == shown


def test_every_minute_of_a_day_comes_back() -> None:
    minutes: list[Cell] = [moment(f"2026-03-29 {n // 60:02d}:{n % 60:02d}") for n in range(1440)]

    assert column_of(minutes) == minutes


def test_codes_of_an_enumeration_are_written_as_their_text() -> None:
    class Answer(StrEnum):
        YES = "Y"

    assert column_of([Answer.YES]) == ["Y"]


@pytest.mark.parametrize("value", [True, 0.1, b"x", datetime(2026, 1, 1, tzinfo=UTC), object()])
def test_what_no_cell_can_hold_is_a_programming_error(value: object) -> None:
    rows: list[list[Cell]] = [[value]]  # type: ignore[list-item]
    with pytest.raises(TypeError):
        written_package(sheet_of("S", rows))


def test_a_row_of_the_wrong_length_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="argument"):
        written_package(sheet_of("S", [["a", "b"], ["a"]]))


def test_a_wrong_number_of_rows_is_a_programming_error() -> None:
    sheet = Sheet("S", "S", (Column("A", "A"),), lambda: [["a"]], lambda: 2)
    with pytest.raises(ValueError, match="another number of rows"):
        written_package(sheet)


CELLS = st.one_of(
    st.none(),
    ANY_TEXT,
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.decimals(-1000, 1000, places=2),
    st.dates(),
    st.datetimes(),
    st.datetimes().map(lambda when: when.replace(microsecond=0)),
    st.times(),
)


@pytest.mark.req("REQ-809")
@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=8))
def test_whatever_stands_in_the_sheets_both_readers_find_it(rows: list[list[Cell]]) -> None:
    sheet = sheet_of("Any", rows, columns=4)
    written, package = written_package(sheet)

    compare([sheet], written, package)
    assert len(read_cells(package)["Any"]) == len(rows) + 1


@pytest.mark.req("REQ-809")
@pytest.mark.parametrize("length", [32_767, 32_768, 65_535, 100_000])
def test_text_too_long_for_a_cell_goes_on_in_a_sheet_of_its_own(length: int) -> None:
    text = ("0123456789 الحالة 😀_x000B_\r\n" * 5_000)[:length]
    assert column_of(["short", text, "after"]) == ["short", text, "after"]


def test_the_first_part_says_where_the_text_goes_on() -> None:
    _, package = written_package(sheet_of("S", [["=" + "a" * 40_000]]))
    book = openpyxl.load_workbook(io.BytesIO(package))

    assert book["S"]["A2"].value.endswith(continuation_mark("LT1"))
    assert len(book["S"]["A2"].value) == 32_767
    assert [cell.value for cell in book["Long text"][2]][:4] == ["LT1", "S", "A2", 2]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next() -> None:
    sheet = sheet_of("VS", [[n] for n in range(10)])
    written, package = written_package(sheet, sheet_of("AE", [["x"]]), most_rows=5)

    assert [(part.name, part.rows) for part in written.parts] == [
        ("VS", 5),
        ("VS (2)", 5),
        ("VS (3)", 3),
        ("AE", 2),
    ]
    cells = read_cells(package)
    assert [row[0] for name in ("VS", "VS (2)", "VS (3)") for row in cells[name][1:]] == list(range(10))
    compare([sheet, sheet_of("AE", [["x"]])], written, package)


def test_an_empty_sheet_has_its_header() -> None:
    _, package = written_package(sheet_of("S", [], columns=2))
    assert read_cells(package)["S"] == [["C1", "C2"]]


def test_names_are_safe_short_and_told_apart() -> None:
    wanted = [
        "A/B:C*D?[x]\\",
        "a_b_c_d__x__",
        "'quoted'",
        "",
        "History",
        "Long text",
        "x" * 40,
        "x" * 41,
        "😀" * 20,
        '&<>"',
    ]
    _, package = written_package(*(sheet_of(name, [["v"]]) for name in wanted))
    names = openpyxl.load_workbook(io.BytesIO(package)).sheetnames

    assert len({name.casefold() for name in names}) == len(wanted)
    assert all(1 <= len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert not any(set("[]:*?/\\") & set(name) or name.startswith("'") for name in names)
    assert names[:5] == ["A_B_C_D__x__", "a_b_c_d__x__ (2)", "quoted", "Sheet", "History (2)"]


def test_header_is_frozen_filtered_and_as_wide_as_wanted() -> None:
    sheet = Sheet(
        "S",
        "S",
        (Column("USUBJID", "Subject", width=33), Column("DOB", "Born", "date")),
        lambda: [["a", None]],
    )
    _, package = written_package(sheet, right_to_left=True)
    page = openpyxl.load_workbook(io.BytesIO(package))["S"]

    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B2"
    assert page.column_dimensions["A"].width == 33
    assert page.sheet_view.rightToLeft
    assert page["A1"].font.b


def test_the_same_sheets_make_the_same_bytes() -> None:
    sheet = sheet_of("S", [["a", 1, date(2026, 1, 1)]])
    assert written_package(sheet)[1] == written_package(sheet)[1]
