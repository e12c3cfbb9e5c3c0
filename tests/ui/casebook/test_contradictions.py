"""Two workstations answered differently: seen above the form and beside the question, and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.keys import FormKey
from crfapp.present.board import Board
from crfapp.present.today_page import TodayPage
from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.work.conflicts import conflicts
from tests.support.another import another_says
from tests.support.real_casebook import RealCasebook
from tests.support.site_of import workplace
from tests.ui.fields.typing_by_hand import clicks, presses, types

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from crfapp.ui.casebook.answers_beside import AnswersBeside

ITEM = "WEIGHT_VSORRES"


@pytest.fixture(params=["en", "ar"])
def site(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> tuple[RealCasebook, FormKey]:
    """A weight that another workstation recorded otherwise, on the screen."""
    site = RealCasebook(language=request.param)
    key = FormKey(*site.begin("V_SCR", "2025-01-05"), "VS", 1)
    site.clinic.enter(key, VSPERF="Y", WEIGHT_VSORRES="61.5")
    told = {"value": "65.1", "typed": "65.1", "captured_at": "2025-01-05T06:16:00.000000Z"}
    another_says(site.clinic, ValueRecorded(**key._asdict(), row="", item=ITEM, **told))
    qtbot.addWidget(site.show(qapp, "dark" if request.param == "ar" else "light"))
    site.turn_to(key)
    return site, key


def beside(site: RealCasebook) -> AnswersBeside:
    site.view.form.focused.emit(Cell("", ITEM))
    site.view.inspector.show_inspection(site.view.form.entry.page.inspect(Cell("", ITEM)))  # type: ignore[union-attr]
    found = site.view.inspector.answers
    assert found is not None
    return found


@pytest.mark.req("REQ-609")
def test_both_answers_stand_beside_the_question_and_one_is_taken_with_a_reason(
    site: tuple[RealCasebook, FormKey], qtbot: QtBot
) -> None:
    window, key = site
    answers = beside(window)
    assert len(answers.buttons) == len(conflicts(window.clinic.ledger.tables)[0].answers)
    names = [button.accessibleName() for button in answers.buttons]
    assert "65.1" in names[0]
    assert "61.5" in names[1]
    clicks(qtbot, answers.buttons[1])
    assert answers.prompt is not None
    types(qtbot, "weighed again")
    presses(qtbot, Qt.Key.Key_Return)
    assert conflicts(window.clinic.ledger.tables) == []
    assert window.clinic.value(key, ITEM) == "61.5"
    assert window.view.inspector.answers is None


@pytest.mark.req("REQ-609")
def test_above_the_form_the_same_is_decided_by_the_keyboard(
    site: tuple[RealCasebook, FormKey], qtbot: QtBot
) -> None:
    window, key = site
    note = window.view.form.head.acts.notes[0]
    note.links[0].setFocus()
    presses(qtbot, Qt.Key.Key_Space)
    assert isinstance(window.view.form.head.acts.panel, ReasonPrompt)
    types(qtbot, "her passport")
    presses(qtbot, Qt.Key.Key_Return)
    assert window.clinic.value(key, ITEM) == "65.1"
    assert window.view.form.head.acts.panel is None


def test_today_says_what_waits(site: tuple[RealCasebook, FormKey]) -> None:
    window, key = site
    at = workplace(window.clinic, window.language)
    board = Board(at)
    (line,) = (one for one in TodayPage(at, board).view().owed if one.pill == "error")
    assert (line.address.form, line.address.item) == (key.form, ITEM)
    assert "61.5" in line.text
    assert "65.1" in line.text
    standing = board.standing(board.subjects()[0])
    assert sum(visit.conflicts for visit in standing.visits) == 1
