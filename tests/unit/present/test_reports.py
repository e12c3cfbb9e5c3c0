"""Reports say what the records say: the flagship's example subjects, figure by figure (STUDIES 4.6)."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

import pytest

from crfapp.bootstrap.report_files import ReportsAtHand
from crfapp.ledger.state import SubjectRow
from crfapp.present.board import Board
from crfapp.present.plot_view import Line, PlotView, Point, steps_between
from crfapp.present.reports.page import ReportsPage
from crfapp.study.model import Pack
from crfapp.study.study import Study
from tests.support.poppler import pages_of
from tests.support.site_of import example_site, workplace

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.reports.view import ReportTable, ReportView


def page(language: str = "en") -> ReportsPage:
    at = workplace(example_site(), language)
    return ReportsPage(at, Board(at), ReportsAtHand(at))


@cache
def example() -> str:
    return example_site().desk.tables.find(SubjectRow, number="JO01-003")[0].subject


def report(key: str, subject: str = "") -> ReportView:
    found = page()
    found.choose(key, subject)
    return found.view()


def cells(table: ReportTable, *names: str) -> list[tuple[str, ...]]:
    places = [[column.name for column in table.columns].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in table.rows]


def test_areas_and_percentages_are_those_of_the_record() -> None:
    table = report("areas", example()).tables[0]
    m6 = [row for row in cells(table, "TARGET", "DATE", "AREA", "CHANGE_PCT") if row[1] == "2025-07-14"]
    assert m6 == [
        ("T01", "2025-07-14", "18.8", "82.9"),
        ("T02", "2025-07-14", "31.4", "58.4"),
        ("C01", "2025-07-14", "89.5", "-5.5"),
    ]


def test_the_plot_of_areas_draws_the_very_figures_of_the_table() -> None:
    view = report("areas", example())
    t01 = next(line for line in view.plots[0].lines if line.name == "T01")
    assert [point.y for point in t01.points] == [110.0, 91.9, 49.5, 18.8]
    assert [mark.x for mark in view.plots[0].marks] == [0, 7, 14]


def test_redness_after_the_first_dose_was_gone_a_week_later() -> None:
    table = report("tolerability", example()).tables[0]
    row = next(
        row for row in cells(table, "DOSE", "SIGN", "MAXSCORE", "PLACES", "DAYS_TO_0") if "Redness" in row[1]
    )
    assert row == ("1", "Redness (erythema)", "2", "T01 T02", "7")


def test_enrolment_counts_everybody_and_who_was_given_a_dose() -> None:
    view = report("enrolment")
    enrolled, treated, planned = view.plots[0].lines
    assert enrolled.points[-1].y == len(example_site().desk.tables.find(SubjectRow)) == 3
    assert treated.points[-1].y == 1
    assert {point.y for point in planned.points} == {13}


def test_what_is_owed_can_be_asked_for_one_subject() -> None:
    everybody = report("owed")
    alone = report("owed", example())
    numbers = {row[0] for table in alone.tables for row in table.rows}
    assert numbers <= {"JO01-003"}
    assert sum(len(t.rows) for t in everybody.tables) >= sum(len(t.rows) for t in alone.tables)


def test_a_report_leaves_as_data_that_reads_back_the_same(tmp_path: Path) -> None:
    view = report("areas", example())
    _, sha, rows = ReportsAtHand(workplace(example_site())).data(view, tmp_path / "areas.csv")
    with (tmp_path / "areas.csv").open(encoding="utf-8-sig", newline="") as lines:
        read = list(csv.reader(lines))
    assert len(sha) == 64
    assert rows == len(read) - 1 == len(view.tables[0].rows)
    plain = [[cell.removeprefix("'") for cell in row] for row in read[1:]]
    assert plain == [list(row) for row in view.tables[0].rows]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_leaves_as_a_page_that_another_program_reads(tmp_path: Path, language: str) -> None:
    found = page(language)
    found.choose("areas", example())
    _, sha, pages = ReportsAtHand(workplace(example_site(), language)).page(found.view(), tmp_path / "a.pdf")
    words = " ".join(pages_of(tmp_path / "a.pdf"))
    assert len(sha) == 64
    assert pages >= 1
    for figure in ("82.9", "58.4", "18.8", "T01"):
        assert figure in words


@pytest.mark.req("REQ-808")
def test_what_stays_at_the_site_is_in_no_report() -> None:
    found, desk = page(), example_site().desk
    study = desk.study
    data = study.pack.model_dump(mode="json", by_alias=True)
    for form in data["forms"]:
        for section in form["sections"]:
            for item in section["items"]:
                item["site_only"] = item["item"] in ("LTRED", "AREA_TRORRES")
    try:
        desk.study = Study(Pack.model_validate(data))
        found.choose("tolerability", example())
        signs = {row[0] for table in found.view().tables for row in cells(table, "SIGN")}
        found.choose("areas", example())
        areas = found.view()
    finally:
        desk.study = study
    assert "Localised itching" in signs
    assert "Redness (erythema)" not in signs
    assert areas.tables == ()
    assert areas.plots == ()


def test_what_left_is_on_record() -> None:
    assert page().may_take
    assert page().suggested_name("pdf").startswith("nct06813027_JO01_tolerability_")


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 4, 6, (0, 1, 2, 3, 4)),
        (0, 110, 6, (0, 20, 40, 60, 80, 100)),
        (-5.5, 82.9, 6, (0, 20, 40, 60, 80)),
        (0, 0.43, 6, (0, 0.1, 0.2, 0.3, 0.4)),
    ],
)
def test_axes_are_divided_by_round_figures(
    low: float, high: float, most: int, expected: tuple[float, ...]
) -> None:
    assert steps_between(low, high, most) == pytest.approx(expected)


def test_an_axis_holds_every_point_with_its_uncertainty() -> None:
    view = PlotView("t", "x", "y", (Line("a", (Point(0, 10, 2), Point(5, 50, 5))),))
    assert view.reach == (0.0, 55.0)
    assert view.span == (0, 5)
