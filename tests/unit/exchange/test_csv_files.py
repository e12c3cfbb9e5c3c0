"""The site as CSV files: nothing changed, nothing live, nothing of what stays (REQ-809)."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.exchange.csv_files import read_csv_file, write_csv_folder, write_sheet
from crfapp.exchange.dataset import sheets_of
from crfapp.exchange.sheets import Column, Sheet
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import ItemRow
from tests.support.hostile_texts import OPENERS
from tests.support.site_of import example_site, site_data
from tests.support.ward import Ward

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.req("REQ-809", "REQ-911")
def test_every_sheet_is_a_file_with_its_rows_and_the_sums_name_them_all(tmp_path: Path) -> None:
    data = site_data(example_site())
    done = write_csv_folder(data, tmp_path / "csv")
    sheets = {sheet.name: sheet for sheet in sheets_of(data)}
    assert len(done.files) == len(sheets)
    named = (tmp_path / "csv" / "SHA256SUMS").read_text(encoding="ascii")
    assert {line.split("  ")[1] for line in named.splitlines()} == {file.name for file in done.files}
    with (tmp_path / "csv" / "DM.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["SUBJID"] for row in rows] == ["JO01-001", "JO01-003"]
    assert {row["VISDAT"][:3] for row in rows} == {"202"}
    assert (tmp_path / "csv" / "_audit.csv").stat().st_size > 10_000


@pytest.mark.req("REQ-809")
def test_no_text_is_a_formula_and_taking_the_apostrophe_away_gives_it_back(tmp_path: Path) -> None:
    ward = Ward()
    visits = [ward.start(ward.subject, "V_UNS", "2025-01-06")]
    visits += [ward.start(ward.subject, "V_UNS", "2025-01-06", n) for n in range(2, len(OPENERS) + 1)]
    told = {}
    for visit, opener in zip(visits, OPENERS, strict=True):
        try:
            ward.enter(FormKey(*visit, "UNS", 1), WHY=f"{opener}1+1")
        except AppProblem:
            continue  # not one line: cannot be typed there
        told[str(visit.visit_n)] = ward.value(FormKey(*visit, "UNS", 1), "WHY")
    assert len(told) > 10
    write_csv_folder(site_data(ward), tmp_path / "csv")
    header, *rows = read_csv_file(tmp_path / "csv" / "UNS.csv")
    where, what = header.index("VISITN"), header.index("WHY")
    assert {row[where]: row[what] for row in rows} == told
    with (tmp_path / "csv" / "UNS.csv").open(encoding="utf-8-sig", newline="") as file:
        as_a_spreadsheet_reads = [row[what] for row in csv.reader(file)][1:]
    assert not any(text.startswith(("=", "+", "-", "@", "\uff1d")) for text in as_a_spreadsheet_reads)
    write_csv_folder(site_data(ward), tmp_path / "exact", exact=True)
    with (tmp_path / "exact" / "UNS.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row[where]: row[what] for row in list(csv.reader(file))[1:]} == told


@pytest.mark.req("REQ-808")
def test_what_stays_at_the_site_is_in_no_file(tmp_path: Path) -> None:
    clinic = example_site()
    write_csv_folder(site_data(clinic), tmp_path / "csv")
    names = [row.value for row in clinic.ledger.tables.find(ItemRow, item="KFULLNM") if row.value]
    assert names
    told = b"".join(file.read_bytes() for file in (tmp_path / "csv").iterdir())
    assert not any(name.encode() in told for name in names)


def test_a_file_that_does_not_say_what_the_sheet_says_is_refused_with_the_row(tmp_path: Path) -> None:
    passes = iter((["a", "b"], ["a", "c"]))
    sheet = Sheet("DM", "Demography", (Column("SEX", "Sex"),), lambda: ([one] for one in next(passes)))
    with pytest.raises(AppProblem) as refused:
        write_sheet(sheet, tmp_path / "DM.csv")
    assert (refused.value.code, refused.value.facts["row"]) == (Code.WORKBOOK_DIFFERS, 2)
