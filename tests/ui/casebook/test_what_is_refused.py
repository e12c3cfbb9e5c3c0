"""What cannot be saved stays in the field, marked, with a sentence; a saved answer changes with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crfapp.form.graph import Cell
from tests.support.fake_form_page import filled_observation, observation
from tests.ui.casebook.at_the_desk import CONTROL, place_of_keyboard

if TYPE_CHECKING:
    from tests.ui.casebook.at_the_desk import FormDesk
    from tests.ui.casebook.conftest import OpenForm

PULSE = Cell("15", "PULSE")
NOT_A_NUMBER = "15 min, Pulse: This is not a number. Write digits, for example 84."


def test_a_refused_text_stays_and_the_keyboard_with_it(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.view.jump(PULSE)
    desk.enter("abc")
    assert place_of_keyboard() == "15/PULSE"
    assert (desk.editor("15/PULSE").raw(), desk.editor("15/PULSE").state) == ("abc", "error")
    assert desk.sentences("15/PULSE") == [NOT_A_NUMBER]
    assert PULSE not in desk.page.answers


def test_what_is_said_at_the_lower_edge_of_the_window_comes_into_sight(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.view.jump(PULSE)
    bar, seen = desk.view.area.verticalScrollBar(), desk.view.area.viewport().height()
    line = desk.line("15/PULSE")
    bar.setValue(line.geometry().bottom() - seen)  # the line stands at the very edge
    desk.enter("1O")
    desk.view.canvas.settle()
    assert desk.sentences("15/PULSE") == [NOT_A_NUMBER]
    assert line.geometry().bottom() <= bar.value() + seen


def test_a_refused_text_survives_answers_elsewhere(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.view.jump(PULSE)
    desk.type("abc")
    desk.press(Qt.Key.Key_Tab)
    desk.enter("10:48")
    assert desk.editor("15/PULSE").raw() == "abc"
    assert desk.sentences("15/PULSE") == [NOT_A_NUMBER]


def test_what_may_have_been_meant_is_one_press_away(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.view.jump(PULSE)
    desk.enter("1O")
    desk.press_button("10")
    assert desk.page.answers[PULSE] == "10"
    assert (desk.editor("15/PULSE").raw(), desk.editor("15/PULSE").state) == ("10", "plain")
    assert desk.sentences("15/PULSE") == []


def test_escape_puts_the_saved_answer_back(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.view.jump(PULSE)
    desk.enter("abc")
    desk.press(Qt.Key.Key_Escape)
    assert (desk.editor("15/PULSE").raw(), desk.sentences("15/PULSE")) == ("80", [])


def test_a_full_disk_keeps_the_text_and_says_so(open_form: OpenForm) -> None:
    page = observation()
    page.disk_full = True
    desk = open_form(page)
    saved: list[str] = []
    desk.view.saved.connect(saved.append)
    desk.enter("10:18")
    assert desk.editor("OBSTTIM").raw() == "10:18"
    assert desk.sentences("OBSTTIM") == ["The disk is full. The answer is not saved; free some space."]
    assert saved == []
    page.disk_full = False
    desk.press(Qt.Key.Key_Return)
    assert (page.answers[Cell("", "OBSTTIM")], saved) == ("10:18", ["10:24:07"])


def test_changing_a_saved_answer_asks_why_below_the_row(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.view.jump(PULSE)
    desk.enter("81")
    assert desk.prompt("15/PULSE").line.hasFocus()
    desk.enter("1")
    assert desk.page.said[-1] == "leave 15/PULSE '81' 'Typing error'"
    assert desk.page.answers[PULSE] == "81"
    assert place_of_keyboard() == "30/VSTIM"


def test_a_reason_in_ones_own_words(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.view.jump(PULSE)
    desk.type("81")
    desk.press(Qt.Key.Key_Tab)
    desk.enter("read 1 as 0")
    assert desk.page.said[-1] == "leave 15/PULSE '81' 'read 1 as 0'"


def test_escape_in_the_prompt_puts_the_saved_answer_back(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.view.jump(PULSE)
    desk.enter("81")
    desk.press(Qt.Key.Key_Escape)
    assert place_of_keyboard() == "15/PULSE"
    assert (desk.editor("15/PULSE").raw(), desk.page.answers[PULSE]) == ("80", "80")
    messages = desk.line("15/PULSE").messages
    assert messages is not None
    assert messages.prompt is None


def test_without_a_reason_nothing_changes(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.view.jump(PULSE)
    desk.enter("81")
    desk.press(Qt.Key.Key_Return)
    assert desk.page.answers[PULSE] == "80"
    assert desk.prompt("15/PULSE").isVisible()


def test_the_row_in_focus_does_not_move_when_a_prompt_opens_above(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.view.area.verticalScrollBar().setValue(60)
    desk.view.jump(PULSE)
    desk.type("81")
    before = desk.height_in_window("60/SYSBP")
    desk.editor("60/SYSBP").focus_first()  # as with the mouse
    assert desk.prompt("15/PULSE").isVisible()
    assert desk.height_in_window("60/SYSBP") == before
    assert place_of_keyboard() == "60/SYSBP"


def test_a_finding_is_confirmed_with_a_reason(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.press_button("It is right…")
    desk.enter("1")
    assert desk.page.said[-1] == "confirm 30/SYSBP VS-01 'Measured again'"
    assert desk.editor("30/SYSBP").state == "plain"
    assert desk.sentences("30/SYSBP") == [
        "30 min, Systolic: 162 is above 160. A query has been opened. Confirmed: Measured again"
    ]


def test_correct_leads_to_the_answer(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.press_button("Correct")
    assert place_of_keyboard() == "30/SYSBP"


def choose_missing(desk: FormDesk, digit: str) -> None:
    """Press a digit in the menu of missing codes."""
    menu = desk.view.findChild(QMenu)
    assert menu is not None
    QTest.keyClicks(menu, digit)


def test_a_missing_code_by_f6_and_a_digit(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.view.jump(Cell("15", "DIABP"))
    desk.press(Qt.Key.Key_F6)
    choose_missing(desk, "1")
    assert desk.page.missing[Cell("15", "DIABP")] == "ND"
    assert "Not done" in desk.editor("15/DIABP").accessibleDescription()


def test_a_critical_question_asks_why_it_is_missing(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.view.jump(PULSE)
    desk.press(Qt.Key.Key_F6)
    choose_missing(desk, "3")
    assert PULSE not in desk.page.missing
    desk.enter("in pain")
    assert desk.page.said[-1] == "missing 15/PULSE REF 'in pain'"
    assert desk.page.missing[PULSE] == "REF"


def test_what_stands_in_the_way_is_listed_and_leads_there(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.page.status == "open"
    lines = desk.view.obstacles.lines
    assert lines[0].text() == "Pulse: an answer is missing."
    assert lines[0].hasFocus()
    desk.press(Qt.Key.Key_Return)
    assert place_of_keyboard() == "30/PULSE"


def test_a_form_with_something_unsaved_is_not_completed(open_form: OpenForm) -> None:
    page = filled_observation()
    page.required = frozenset()
    desk = open_form(page)
    desk.view.jump(PULSE)
    desk.type("abc")
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert page.status == "open"
    assert [line.text() for line in desk.view.obstacles.lines] == ["15 min, Pulse: abc"]
