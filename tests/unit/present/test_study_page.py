"""The Study page: what the study is, which figures wait for the protocol, which visit holds which form."""

from __future__ import annotations

import pytest

from crfapp.present.study_page import StudyPage
from crfapp.present.texts import ISOLATES
from tests.support.clinic import ADMIN, RANIA, Clinic
from tests.support.playing import shipped_study
from tests.support.site_of import workplace
from tests.support.tiny import tiny_study


@pytest.fixture(scope="module")
def page() -> StudyPage:
    return StudyPage(workplace(Clinic(shipped_study("nct06813027"))))


def test_everybody_reads_which_study_and_which_version_is_in_force(page: StudyPage) -> None:
    facts = {name: value.translate(ISOLATES) for name, value in page.view.facts}
    study = shipped_study("nct06813027")
    assert facts["Registration"] == "NCT06813027"
    assert facts["Sponsor"] == "University of Jordan"
    assert facts["Version"] == study.head.version
    assert facts["SHA-256"] == study.hash
    assert facts["Compared with the source"] == (
        "from 1 Dec 2024: critical items of everybody, sampled items of the first 3 subjects, then of 1 in 5"
    )
    assert facts["Languages"] == "English, العربية, Deutsch"
    for actor in (RANIA, ADMIN):
        assert StudyPage(workplace(Clinic(study), actor=actor)).view.title == page.view.title


def test_figures_that_wait_for_the_protocol_are_marked_and_counted(page: StudyPage) -> None:
    by_title = {line.title: line for line in page.view.parameters}
    assert by_title["Number of injections"].confirm == ""
    assert by_title["Number of injections"].source == "S-b"
    assert by_title["Volume per injection point"].value == "0.10 mL"
    assert by_title["Volume per injection point"].confirm == "template default: confirm"
    waiting = sum(bool(line.confirm) for line in page.view.parameters)
    assert page.view.confirm.startswith(f"{waiting} figures of the protocol are template defaults")


def test_one_figure_that_waits_is_told_as_one() -> None:
    view = StudyPage(workplace(Clinic(tiny_study()))).view
    assert view.confirm.startswith("1 figure of the protocol is")


def test_the_matrix_says_visits_with_day_and_window_and_how_each_form_is_asked_for(page: StudyPage) -> None:
    visits = {one.visit: (one.day, one.window) for one in page.view.visits}
    days = {name: tuple(text.translate(ISOLATES) for text in said) for name, said in visits.items()}
    assert days["V_INJ2"] == ("day 7", "−2 to +2 days")
    assert days["V_CALL1"] == ("after 24 hours", "20 to 36 hours")
    assert days["V_LOG"] == ("always open", "")
    forms = [form.form for form in page.view.forms]
    row, column = forms.index("PT"), [one.visit for one in page.view.visits].index("V_SCR")
    assert page.spoken(row, column).translate(ISOLATES) == (
        "Pregnancy test, Screening / baseline: under a condition"
    )


def test_a_mark_leads_to_the_form_at_that_visit_and_a_name_to_its_first(page: StudyPage) -> None:
    forms = [form.form for form in page.view.forms]
    visits = [one.visit for one in page.view.visits]
    row = forms.index("ECEV")
    assert page.place(row, visits.index("V_INJ2")) == ("V_INJ2", "ECEV")
    assert page.place(row, -1) == ("V_INJ1", "ECEV")
    assert page.place(row, visits.index("V_SCR")) == ("", ""), "the visit does not hold it"
