"""T-22: whatever somebody typed is a text in the workbook, in every program that opens it.

The sponsor opens it with two programs that had no part in making it: openpyxl and LibreOffice.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest

from crfapp.exchange import workbook
from crfapp.exchange.cell_xml import text_xml
from crfapp.exchange.handover import hand_over
from crfapp.exchange.workbook import continuation_mark
from crfapp.exchange.workbook_reading import read_cells
from crfapp.exchange.workbook_text import MOST_UNITS, to_xml
from tests.support.fault_figures import Figure, note
from tests.support.hostile_texts import HOSTILE_TEXTS
from tests.support.libreoffice import RefusedToOpenError, running_libreoffice, why_absent
from tests.support.sheets_of import PROPERTIES, moment, sheet_of, written_package
from tests.support.shown_cells import differing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.exchange.sheets import Cell, Sheet
    from tests.support.libreoffice import Cells, LibreOffice

PASSWORD = "كلمة السر & pässword 🔑"

# Its bridge to Python carries no half of a surrogate pair; the unit tests have them.
TEXTS = [text for text in HOSTILE_TEXTS if text.encode("utf-8", "replace").decode() == text]
NUMBERS: list[Cell] = [
    0,
    -7,
    999_999_999_999_999,
    10**15,
    Decimal("0.30"),
    Decimal("-1.5"),
    Decimal("0.1234567890123456"),
]
MOMENTS: list[Cell] = [
    date(2026, 1, 11),
    date(1900, 3, 1),
    date(1900, 2, 28),
    date(1899, 12, 31),
    moment("2026-01-11 14:03"),
    moment("2026-01-11 23:59:59"),
    moment("1850-01-01 08:00"),
    time(0, 0),
    time(14, 3),
    time(23, 59, 59),
]
LONG = "=" + "0123456789 الحالة 😀 " * 3_000
SHEETS = (
    sheet_of("AE", [[text, "end"] for text in TEXTS]),
    sheet_of("LB & more", [[number, None, ""] for number in NUMBERS] + [[None, 1, "x"]]),
    sheet_of("VS", [[when] for when in MOMENTS]),
    sheet_of("CM", [[LONG, "after"]]),
    sheet_of("MH", [], columns=3),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibreOffice]:
    absent = why_absent()
    if absent is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(absent)
        print(f"not tested: {absent}")  # noqa: T201 - a test left out says so
        pytest.skip(absent)
    with running_libreoffice(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("export") / "JO01 data.xlsx"
    hand_over(SHEETS, target, PASSWORD, properties=PROPERTIES, progress=lambda *_: None, right_to_left=True)
    return target


@pytest.fixture(scope="module")
def found(office: LibreOffice, handed_over: Path) -> Cells:
    return office.cells(handed_over, PASSWORD)


def changed(package: bytes) -> list[str]:
    """The hostile texts that are not what they were, where openpyxl reads them."""
    rows = list(read_cells(package)["AE"])[1:]
    found = [row[0] if row else None for row in rows]
    return [text for text, read in zip(HOSTILE_TEXTS, found, strict=True) if read != text]


def formulas(package: bytes) -> int:
    """How many there are: cells that openpyxl takes for one, and elements of that name in any part."""
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(package))["AE"].iter_rows() for cell in row]
    with zipfile.ZipFile(io.BytesIO(package)) as zipped:
        parts = [zipped.read(name).decode("utf-8", "surrogatepass") for name in zipped.namelist()]
    return sum(cell.data_type == "f" for cell in cells) + sum(
        len(re.findall(r"<f[ />]|externalLink|ddeLink", part)) for part in parts
    )


@pytest.mark.req("REQ-809", "REQ-807")
def test_every_hostile_text_stays_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the twin, whose writer takes what looks like a formula for one, as spreadsheet libraries do."""
    sheet = sheet_of("AE", [[text, "end"] for text in HOSTILE_TEXTS])
    _, package = written_package(sheet)
    bad = len(changed(package)) + formulas(package)

    def taken_for_a_formula(text: str) -> str:
        whole = text_xml(text)
        return f"><f>{to_xml(text[1:])}</f></c>" if re.match("=.*[A-Za-z0-9]", text) else whole

    monkeypatch.setattr(workbook, "text_xml", taken_for_a_formula)
    _, twin = written_package(sheet)
    worse = formulas(twin)
    note(
        Figure(
            "T-22",
            "texts in a workbook, read by openpyxl",
            len(HOSTILE_TEXTS),
            bad,
            "the writer that makes every answer a text",
            len(HOSTILE_TEXTS),
            worse,
        )
    )
    assert len(HOSTILE_TEXTS) >= 200
    assert bad == 0
    assert worse > 0


@pytest.mark.req("REQ-809", "REQ-807")
@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name != "CM"], ids=lambda sheet: sheet.name
)
def test_libreoffice_reads_every_cell_as_it_stands_in_the_database(sheet: Sheet, found: Cells) -> None:
    assert differing(sheet, found) == []


def test_libreoffice_finds_no_formula(found: Cells) -> None:
    cells = [cell for rows in found.values() for row in rows for cell in row if cell]

    wrong = len(differing(SHEETS[0], found))
    note(Figure("T-22", "texts in a workbook, read by LibreOffice", len(TEXTS), wrong))
    assert len(cells) > len(TEXTS)
    assert [cell for cell in cells if cell[0] == "formula"] == []


def test_libreoffice_finds_the_whole_of_a_long_text(found: Cells) -> None:
    mark = continuation_mark("LT1")
    first, after = found["CM"][1]
    parts = list(found["Long text"][1:])

    assert first is not None
    assert str(first[1]).endswith(mark)
    assert all(row[4] and len(str(row[4][1]).encode("utf-16-le")) // 2 <= MOST_UNITS for row in parts)
    assert str(first[1]).removesuffix(mark) + "".join(str(row[4][1]) for row in parts if row[4]) == LONG
    assert after == ["text", "after"]


def test_libreoffice_refuses_a_wrong_password(office: LibreOffice, handed_over: Path) -> None:
    with pytest.raises(RefusedToOpenError):
        office.cells(handed_over, PASSWORD + ".")


@pytest.mark.req("REQ-802")
def test_libreoffice_refuses_a_flipped_byte(office: LibreOffice, handed_over: Path, tmp_path: Path) -> None:
    forged = bytearray(handed_over.read_bytes())
    forged[len(forged) // 2] ^= 1
    copy = tmp_path / "forged.xlsx"
    copy.write_bytes(forged)

    with pytest.raises(RefusedToOpenError):
        office.cells(copy, PASSWORD)
