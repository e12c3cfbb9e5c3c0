"""The casebook grid: what each mark says, and how the list is narrowed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.present.board import Board
from crfapp.present.subjects_page import SubjectsPage
from crfapp.work.visits import MissVisit
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from crfapp.present.subjects_view import GridCell


@pytest.fixture
def clinic() -> Clinic:
    return Clinic(shipped_study("nct06813027"))


def page_of(clinic: Clinic, language: str = "en") -> SubjectsPage:
    at = workplace(clinic, language)
    return SubjectsPage(at, Board(at))


def cell(page: SubjectsPage, visit: str, row: int = 0) -> GridCell:
    place = [column.visit for column in page.columns()].index(visit)
    return page.row(row).cells[place]


def seen(clinic: Clinic) -> str:
    subject = clinic.enrol()
    clinic.start(subject, "V_SCR", "2025-01-05")
    clinic.clock.at = datetime(2025, 1, 12, 7, tzinfo=UTC)
    clinic.start(subject, "V_INJ1", "2025-01-12")
    return subject


def test_visits_stand_across_scheduled_ones_first_and_logs_last(clinic: Clinic) -> None:
    columns = page_of(clinic).columns()
    assert [column.group for column in columns] == ["scheduled"] * 14 + ["needed"] * 2 + ["log"]
    assert columns[0].visit == "V_SCR"


def test_a_visit_in_progress_counts_its_forms(clinic: Clinic) -> None:
    seen(clinic)
    page = page_of(clinic)
    assert (cell(page, "V_SCR").mark, cell(page, "V_SCR").text) == ("in-progress", "0/16")
    assert cell(page, "V_UNS").mark == ""


def test_planned_due_overdue_and_missed_are_told_apart(clinic: Clinic) -> None:
    subject = seen(clinic)
    clinic.clock.at = datetime(2025, 1, 24, 7, tzinfo=UTC)
    clinic.send(MissVisit(key=VisitKey(subject, "V_CALL1", 1), why="OTHER", reason="no answer"))
    page = page_of(clinic)
    assert (cell(page, "V_CALL1").mark, cell(page, "V_CALL1").text) == ("missed", "missed")
    assert (cell(page, "V_INJ2").mark, cell(page, "V_INJ2").tone) == ("finding", "error")
    assert (cell(page, "V_INJ3").mark, cell(page, "V_INJ3").tone) == ("expected", "text")
    assert (cell(page, "V_M3").text, cell(page, "V_M3").tone) == ("13 Apr", "muted")
    assert page.row(0).note == "overdue 3 days"


def test_marks_are_said_in_words(clinic: Clinic) -> None:
    seen(clinic)
    assert page_of(clinic).spoken(0, 1).startswith("Injection 1 (week 0), in progress, 12 Jan 2025")


def test_an_open_finding_shows_at_its_visit(clinic: Clinic) -> None:
    key = FormKey(*clinic.start(clinic.enrol(), "V_SCR"), "VS", 1)
    clinic.enter(key, VSPERF="Y")
    page = page_of(clinic)
    before = cell(page, "V_SCR").findings
    clinic.enter(key, PULSE_VSORRES="172")
    assert cell(page, "V_SCR").findings == before + 1


def test_typing_digits_narrows_the_list(clinic: Clinic) -> None:
    for _ in range(12):
        clinic.enrol()
    page = page_of(clinic)
    page.narrow(typed="12")
    assert [page.row(n).number for n in range(page.count())] == ["JO01-012"]
    assert page.summary() == "1 of 12 subjects"
    page.narrow(typed="١٢")
    assert [page.row(n).number for n in range(page.count())] == ["JO01-012"]
    page.narrow(typed="")
    assert page.summary() == "12 subjects of 13 planned"


def test_filters_keep_those_who_want_somebody(clinic: Clinic) -> None:
    seen(clinic)
    clinic.enrol()
    clinic.clock.at = datetime(2025, 1, 24, 7, tzinfo=UTC)
    page = page_of(clinic)
    listed = {}
    for one in page.filters():
        page.narrow(to=one.key)
        listed[one.key] = [page.row(n).number for n in range(page.count())]
    assert listed["all"] == ["JO01-001", "JO01-002"]
    assert listed["overdue"] == ["JO01-001"]
    assert "JO01-002" in listed["due"]
    assert listed["open"] == ["JO01-001"]


def test_the_chosen_visit_tells_its_forms_and_where_they_are(clinic: Clinic) -> None:
    subject = seen(clinic)
    detail = page_of(clinic).detail(0, 1)
    assert detail is not None
    assert detail.facts.startswith("12 Jan 2025 · in window")
    assert [form.address.form for form in detail.forms][:2] == ["SV", "SR"]
    assert (detail.address.subject, detail.address.visit) == (subject, "V_INJ1")


def test_unscheduled_visits_share_a_column_and_the_latest_opens(clinic: Clinic) -> None:
    subject = seen(clinic)
    clinic.start(subject, "V_UNS", "2025-01-12", 1)
    clinic.start(subject, "V_UNS", "2025-01-13", 2)
    page = page_of(clinic)
    place = [column.visit for column in page.columns()].index("V_UNS")
    assert cell(page, "V_UNS").text.endswith("×2")
    assert page.address(0, place).visit_n == 2


def test_early_termination_ends_what_is_owed(clinic: Clinic) -> None:
    subject = seen(clinic)
    clinic.start(subject, "V_ET", "2025-01-13")
    clinic.clock.at = datetime(2025, 3, 1, 7, tzinfo=UTC)
    page = page_of(clinic)
    assert page.row(0).note == "ended early"
    assert cell(page, "V_INJ2").mark == "expected"
