"""A monitor in the casebook: marks behind the questions, V and S, and not one answer changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.form.graph import Cell
from crfapp.ledger.state import ItemRow
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.source_marks import SourceActs
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.work.cases import Topic
from tests.support.happenings import ask
from tests.support.page_on_screen import dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.source_ward import WEBER, SourceWard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.ui.casebook.question import Question


class Desk:
    """The casebook of one subject in a monitor's hands."""

    def __init__(self, qtbot: QtBot) -> None:
        dress_application()
        self.ward = SourceWard()
        self.ward.enter(self.ward.dm, W="65.2", H="164", AGE="40", LEN="12")
        at = workplace(self.ward, actor=WEBER)
        self.page = CasebookWindowPage(CasebookPage(at), at.texts, SourceActs(at))
        put_on_screen(qtbot, self.page)
        self.page.view.show_subject(self.ward.subject)
        self.page.view.open_form(self.ward.dm, Cell("", "AGE"))

    def question(self, item: str) -> Question:
        entry = self.page.view.form.entry
        assert entry is not None
        return entry.questions[Cell("", item)]

    def sign(self, item: str) -> str:
        return self.question(item).status()[0]

    @property
    def here(self) -> str:
        question = self.page.view.form.question_in_focus()
        return "" if question is None else question.cell.item

    def press(self, text: str) -> None:
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClicks(here, text)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.mark.req("REQ-604", "REQ-605")
def test_marks_stand_behind_the_questions_and_v_goes_through_them(desk: Desk) -> None:
    assert [desk.sign(item) for item in ("AGE", "W", "H", "BMI", "LEN")] == [
        "expected", "expected", "expected", "lock", "lock",
    ]  # fmt: skip
    desk.press("v")
    assert (desk.sign("AGE"), desk.here) == ("verified", "W")
    desk.press("s")
    assert (desk.sign("W"), desk.here) == ("expected", "H")
    desk.press("v")
    assert desk.page.address().form == "LD", "nothing else waits here: the next form"
    desk.page.view.open_form(desk.ward.dm, Cell("", "AGE"))
    assert desk.sign("H") == "verified"
    desk.ward.enter(desk.ward.dm, AGE="41", reason="misread")
    ask(desk.ward, desk.ward.place("W"), WEBER)
    desk.page.widget.hide()
    desk.page.refresh({Topic.VERIFICATION})
    assert (desk.sign("AGE"), desk.sign("W")) == ("changed", "query")


@pytest.mark.req("REQ-604")
def test_what_cannot_be_verified_says_why_below_the_question(desk: Desk) -> None:
    desk.page.view.form.jump(Cell("", "LEN"))
    desk.press("v")
    refusal = desk.question("LEN").refusal
    assert refusal is not None
    assert "does not ask to compare" in refusal.text
    assert desk.here == "LEN"


@pytest.mark.req("REQ-602", "REQ-505")
def test_a_monitor_types_and_pastes_and_not_one_answer_changes(desk: Desk) -> None:
    before = list(desk.ward.ledger.tables.find(ItemRow))
    QApplication.clipboard().setText("999")
    for item in ("AGE", "W", "SEX", "FIT"):
        desk.page.view.form.jump(Cell("", item))
        here = QApplication.focusWidget() or desk.page.widget
        for text in ("7", "1", "Y", "="):
            QTest.keyClicks(here, text)
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F6):
            QTest.keyClick(here, key)
        for key in (Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z, Qt.Key.Key_Return):
            QTest.keyClick(here, key, Qt.KeyboardModifier.ControlModifier)
    assert list(desk.ward.ledger.tables.find(ItemRow)) == before
    assert {link.kind for link in desk.ward.ledger.links[-1:]} == {"value-recorded"}
