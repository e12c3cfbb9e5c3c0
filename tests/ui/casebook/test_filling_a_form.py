"""The nurse fills a form without touching the mouse, and every answer is saved as she goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from tests.support.fake_form_page import filled_observation, long_form, observation
from tests.ui.casebook.at_the_desk import CONTROL, SHIFT, place_of_keyboard
from tests.ui.fields.typing_by_hand import options_of, turns_wheel

if TYPE_CHECKING:
    from tests.ui.casebook.conftest import OpenForm


def test_the_whole_observation_by_keyboard_alone(open_form: OpenForm) -> None:
    desk = open_form(observation())
    assert place_of_keyboard() == "OBSTTIM"
    desk.enter("10:18")
    desk.type("1")
    for row in ("PRE", "0", "15", "30", "60"):
        assert place_of_keyboard() == f"{row}/VSTIM"
        for typed in ("n", "118", "74", "84"):
            desk.enter(typed)
    assert place_of_keyboard() == "COMPL"
    desk.type("1")
    desk.enter("rh")
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.page.status == "complete"
    assert desk.page.answers[Cell("", "POSITION")] == "SIT"
    assert desk.page.answers[Cell("60", "VSTIM")] == "10:48"
    assert len(desk.page.answers) == 24


def test_enter_behind_the_last_question_reaches_the_button_that_completes(open_form: OpenForm) -> None:
    desk = open_form(long_form(2))
    desk.view.jump(Cell("", "Q0"))
    desk.enter("1")
    assert desk.view.head.complete.hasFocus()


def test_shift_enter_goes_back(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.enter("10:18")
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert place_of_keyboard() == "OBSTTIM"


def test_the_answer_is_saved_when_the_field_is_left_by_tab(open_form: OpenForm) -> None:
    desk = open_form(observation())
    saved: list[str] = []
    desk.view.saved.connect(saved.append)
    desk.type("10:18")
    desk.press(Qt.Key.Key_Tab)
    assert (desk.page.answers[Cell("", "OBSTTIM")], saved) == ("10:18", ["10:24:07"])
    assert place_of_keyboard() == "POSITION"


def test_nothing_is_preselected_and_nothing_saved_by_walking_through(open_form: OpenForm) -> None:
    desk = open_form(observation())
    for _ in range(30):
        desk.press(Qt.Key.Key_Return)
    assert desk.page.answers == {}
    assert options_of(desk.editor("COMPL")).value() == ""


def test_the_wheel_scrolls_and_changes_no_answer(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    before = dict(desk.page.answers)
    for name in ("OBSTTIM", "POSITION", "15/PULSE", "COMPL"):
        turns_wheel(desk.editor(name))
    assert desk.page.answers == before
    assert options_of(desk.editor("POSITION")).value() == "SIT"


def test_tab_follows_the_form_also_where_lines_were_built_later(open_form: OpenForm) -> None:
    desk = open_form(long_form(500))
    desk.view.jump(Cell("", "Q303"))
    desk.view.jump(Cell("", "Q299"))
    for name in ("Q300", "Q303", "Q304"):  # Q301 and Q302 do not apply
        desk.press(Qt.Key.Key_Tab)
        assert place_of_keyboard() == name
    desk.press(Qt.Key.Key_Backtab, SHIFT)
    assert place_of_keyboard() == "Q303"


def test_shift_tab_before_the_first_question_reaches_the_head(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.press(Qt.Key.Key_Backtab, SHIFT)
    assert desk.view.head.complete.hasFocus()
    desk.press(Qt.Key.Key_Tab)
    assert place_of_keyboard() == "OBSTTIM"


def test_a_complete_form_is_read_until_it_is_reopened_with_a_reason(open_form: OpenForm) -> None:
    page = filled_observation()
    page.required = frozenset()
    desk = open_form(page)
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.view.jump(Cell("", "OBSTTIM"))
    desk.enter("11:11")
    assert page.answers[Cell("", "OBSTTIM")] == "10:18"
    desk.view.head.reopen.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.enter("1")
    assert page.said[-1] == "reopen 'An answer has to be corrected'"
    desk.view.jump(Cell("", "OBSTTIM"))
    desk.enter("10:19")
    assert desk.prompt("OBSTTIM").isVisible()


@pytest.mark.parametrize("name", ["OBSTTIM", "30/SYSBP", "COMPL"])
def test_every_editor_has_a_name_and_says_where_it_stands(open_form: OpenForm, name: str) -> None:
    desk = open_form(filled_observation())
    editor = desk.editor(name)
    told = editor.accessibleDescription()
    assert editor.accessibleName() in {
        "Injection ended",
        "30 min, Systolic",
        "Any complaint during observation?",
    }
    assert "required" in told
    assert ("not answered" in told) == (name == "COMPL")


def test_a_finding_is_heard_too(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    assert "162 is above 160" in desk.editor("30/SYSBP").accessibleDescription()
