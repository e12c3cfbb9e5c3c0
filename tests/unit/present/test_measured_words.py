"""Where an area comes from is said in the form, in the workbook and on paper, in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.dataset import sheets_of
from crfapp.exchange.origin_words import origin_words
from crfapp.form.graph import Cell
from crfapp.present.form_page import FormPage
from crfapp.work.measure_source import source_of
from crfapp.work.outlines_apart import in_force
from crfapp.work.sentences import plain
from tests.support.site_of import site_data, workplace
from tests.support.tracing_ward import TracingWard
from tests.support.vitiligo import VitiligoClinic, traced

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell as SheetCell


@pytest.fixture
def clinic() -> VitiligoClinic:
    made = VitiligoClinic()
    made.enter(made.lesm, LMDAT="2025-01-05")
    made.enter(made.lesm, made.area, LMSTAT="PRESENT")
    return made


def beside(clinic: VitiligoClinic, item: str) -> str:
    """What stands beside a field of the area's row."""
    return FormPage(workplace(clinic), clinic.lesm).state(Cell(clinic.area, item)).previous


def in_workbook(clinic: VitiligoClinic, column: str) -> SheetCell:
    sheet = next(sheet for sheet in sheets_of(site_data(clinic)) if sheet.name == "LESM")
    names = [one.name for one in sheet.columns]
    [row] = [row for row in sheet.rows() if row[names.index("ROW")] == "T01"]
    return row[names.index(column)]


@pytest.mark.req("REQ-931")
def test_a_traced_area_says_that_it_is_derived_from_an_outline(clinic: VitiligoClinic) -> None:
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    outline = in_force(clinic.desk, clinic.place())
    assert outline is not None
    for item in ("LMPLAN", "LMLEN", "LMWID", "AREA_TRORRES"):
        assert beside(clinic, item) == "derived from outline", item
    assert beside(clinic, "LMMETH") == ""
    said = f"derived from outline {outline.outline}"
    assert in_workbook(clinic, "LMPLAN_SOURCE") == said
    stored = clinic.desk.stored(clinic.place())
    assert stored is not None
    assert origin_words(plain, stored.origin) == said, "as on paper"


def test_a_typed_value_says_ruler_or_that_there_is_no_outline(clinic: VitiligoClinic) -> None:
    clinic.enter(clinic.lesm, clinic.area, LMMETH="RULER", LMLEN="14.0", LMWID="10.0")
    assert [beside(clinic, item) for item in ("LMLEN", "AREA_TRORRES")] == ["ruler", "ruler"]
    assert in_workbook(clinic, "LMLEN_SOURCE") == "ruler"
    assert in_workbook(clinic, "LMPLAN_SOURCE") is None
    clinic.enter(clinic.lesm, clinic.area, reason="measured by the device", LMMETH="DEVICE")
    clinic.enter(clinic.lesm, clinic.area, LMPLAN="108.0")
    assert beside(clinic, "LMPLAN") == "typed, no outline"
    assert in_workbook(clinic, "LMPLAN_SOURCE") == "typed, no outline"


def test_nothing_is_said_of_what_is_no_measure_or_not_there(clinic: VitiligoClinic) -> None:
    assert beside(clinic, "LMLEN") == ""
    for item in ("LMSTAT", "PERIM", "LMDAT"):
        assert source_of(clinic.desk, clinic.place()._replace(item=item)) == ""


def test_an_area_that_is_its_own_outline_item_says_the_same() -> None:
    """A study may bind one item to both."""
    ward = TracingWard()
    assert source_of(ward.desk, ward.place()) == ""
    ward.enter(ward.place().of, ward.row, METH="PHOTO", PLAN="100.0")
    assert source_of(ward.desk, ward.place()) == "typed"
