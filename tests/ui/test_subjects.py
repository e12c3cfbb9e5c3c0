"""The casebook grid on the screen, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.present.address import Address
from crfapp.present.board import Board
from crfapp.present.subjects_page import SubjectsPage
from crfapp.ui.subjects import SubjectsWindowPage
from crfapp.work.cases import Topic
from tests.support.clinic import Clinic
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.playing import shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Shown = tuple[Clinic, SubjectsWindowPage, ShellAlone]


def page_of(clinic: Clinic, shell: ShellAlone, language: str = "en") -> SubjectsWindowPage:
    at = workplace(clinic, language)
    return SubjectsWindowPage(SubjectsPage(at, Board(at)), shell, at.texts)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    dress_application()
    clinic = Clinic(shipped_study("nct06813027"))
    for _ in range(12):
        clinic.start(clinic.enrol(), "V_SCR")
    shell = ShellAlone()
    page = page_of(clinic, shell)
    put_on_screen(qtbot, page)
    return clinic, page, shell


def test_arrows_go_through_the_grid_and_enter_opens_the_visit(shown: Shown) -> None:
    _, page, shell = shown
    grid = page.body.grid
    assert QApplication.focusWidget() is grid
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(grid, key)
    assert shell.went == [Address("casebook", page.model.row(2).subject, "V_INJ1")]


def test_typing_narrows_and_escape_shows_all_again(shown: Shown) -> None:
    _, page, _ = shown
    body = page.body
    QTest.keyClicks(body.grid, "1")
    assert QApplication.focusWidget() is body.search
    QTest.keyClicks(body.search, "1")
    assert (body.search.text(), page.model.rowCount()) == ("11", 1)
    assert body.counts.text() == "1 of 12 subjects"
    QTest.keyClick(body.search, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is body.grid
    body.search.setFocus()
    QTest.keyClick(body.search, Qt.Key.Key_Escape)
    assert page.model.rowCount() == 12


def test_a_number_that_nobody_has_says_so(shown: Shown) -> None:
    _, page, _ = shown
    page.body.search.setText("99")
    assert page.body.none.isVisible()
    assert page.body.search.isVisible()


def test_a_filter_is_marked_and_lists_its_own(shown: Shown) -> None:
    clinic, page, _ = shown
    clinic.enrol()
    page.refresh({Topic.SUBJECTS})
    QTest.mouseClick(page.body.filters["open"], Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 12
    assert [key for key, button in page.body.filters.items() if button.isChecked()] == ["open"]


def test_the_chosen_visit_shows_its_forms_and_they_can_be_opened(shown: Shown) -> None:
    _, page, shell = shown
    chips = [chip for chip in page.body.strip.chips if chip.isVisible()]
    assert chips[1].text() == "Visit"
    QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert shell.went[-1].form == "SV"


def test_the_grid_does_not_move_when_another_visit_has_other_forms(shown: Shown) -> None:
    _, page, _ = shown
    before = page.body.grid.geometry()
    QTest.keyClick(page.body.grid, Qt.Key.Key_Right)
    assert page.body.grid.geometry() == before


def test_the_chosen_subject_stays_chosen_when_somebody_is_enrolled(shown: Shown) -> None:
    clinic, page, _ = shown
    QTest.keyClick(page.body.grid, Qt.Key.Key_Down)
    subject = page.address().subject
    clinic.enrol()
    page.refresh({Topic.SUBJECTS})
    assert page.address().subject == subject
    assert page.model.rowCount() == 13


def test_subjects_stay_while_visits_scroll(shown: Shown) -> None:
    _, page, _ = shown
    grid = page.body.grid
    before = grid.verticalHeader().geometry()
    grid.horizontalScrollBar().setValue(grid.horizontalScrollBar().maximum())
    assert grid.horizontalScrollBar().value() > 0
    assert grid.verticalHeader().geometry() == before


def test_a_cell_is_read_out_in_words(shown: Shown) -> None:
    _, page, _ = shown
    spoken = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Screening / baseline, in progress, 5 Jan 2025")


def test_an_empty_site_offers_the_first_step(qtbot: QtBot) -> None:
    dress_application()
    clinic, shell = Clinic(shipped_study("nct06813027")), ShellAlone()
    page = page_of(clinic, shell)
    put_on_screen(qtbot, page)
    assert page.body.empty.isVisible()
    QTest.mouseClick(page.body.empty.button, Qt.MouseButton.LeftButton)
    assert [to.page for to in shell.went] == ["casebook"]


def test_in_arabic_subjects_stand_on_the_right(qtbot: QtBot) -> None:
    dress_application("ar")
    clinic = Clinic(shipped_study("nct06813027"))
    clinic.enrol()
    page = page_of(clinic, ShellAlone(), "ar")
    put_on_screen(qtbot, page)
    grid = page.body.grid
    assert grid.verticalHeader().x() > grid.viewport().x()
    dress_application()
