"""Answers one chooses: nothing beforehand, digits and space choose, arrows only move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from crfapp.study.types import Kind
from crfapp.ui.fields.dropdown import DropdownEditor
from crfapp.ui.widgets import SegmentedChoice
from crfapp.ui.widgets.digits import digit_keys
from crfapp.ui.widgets.options import CheckList, OptionGroup, RadioList
from tests.ui.fields.typing_by_hand import (
    Heard,
    clicks,
    goes_elsewhere,
    options_of,
    presses,
    presses_on,
    types,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.fields.conftest import Place

POSITIONS = (("SIT", "Sitting"), ("LIE", "Lying"), ("STAND", "Standing"))
LONG = tuple((f"C{n}", f"A long answer that needs a line of its own, number {n}") for n in range(1, 8))
MANY = (("JO", "Jordan"), ("DE", "Germany"), *((f"X{n}", f"Country {n}") for n in range(20)))


def popup_of(editor: DropdownEditor) -> QAbstractItemView:
    """The list below the line."""
    assert editor.list is not None
    popup = editor.list.popup()
    assert popup is not None
    return popup


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        (Kind.CHOICE, POSITIONS),
        (Kind.CHOICE, LONG),
        (Kind.CHOICE, MANY),
        (Kind.CHOICES, POSITIONS),
        (Kind.YESNO, ()),
        (Kind.SCALE, ()),
        (Kind.ROWREF, MANY),
    ],
)
def test_nothing_is_chosen_beforehand(place: Place, kind: Kind, choices: tuple[tuple[str, str], ...]) -> None:
    editor = place(kind, choices=choices)
    heard = Heard(editor)
    assert editor.raw() == ""
    editor.focus_first()
    goes_elsewhere(editor)
    assert (editor.raw(), heard.said) == ("", [])


def test_few_short_answers_are_a_bar_long_ones_rows_many_a_search(place: Place) -> None:
    assert isinstance(options_of(place(Kind.CHOICE, choices=POSITIONS)), SegmentedChoice)
    assert isinstance(options_of(place(Kind.CHOICE, choices=LONG)), RadioList)
    assert isinstance(options_of(place(Kind.CHOICES, choices=POSITIONS)), CheckList)
    assert isinstance(place(Kind.CHOICE, choices=MANY), DropdownEditor)


@pytest.mark.parametrize("choices", [POSITIONS, LONG])
@pytest.mark.parametrize("digit", ["2", "٢", "۲"])
def test_a_digit_chooses_and_is_reported_at_once(
    place: Place, qtbot: QtBot, choices: tuple[tuple[str, str], ...], digit: str
) -> None:
    editor = place(Kind.CHOICE, choices=choices)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, digit)
    assert heard.said == [f"left {choices[1][0]}"]


def test_a_digit_without_an_answer_does_nothing(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=POSITIONS)
    editor.focus_first()
    types(qtbot, "7")
    assert editor.raw() == ""


def test_arrows_move_and_space_chooses(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=POSITIONS)
    heard = Heard(editor)
    editor.focus_first()
    presses(qtbot, Qt.Key.Key_Right)
    presses(qtbot, Qt.Key.Key_Right)
    assert heard.said == []
    presses(qtbot, Qt.Key.Key_Space)
    assert heard.said == ["left STAND"]


def test_a_click_chooses_and_a_second_click_keeps(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=POSITIONS)
    heard = Heard(editor)
    for _ in range(2):
        clicks(qtbot, options_of(editor).options[1])
        editor.show_value("LIE", None)
    assert heard.said == ["left LIE"]
    assert [o.isChecked() for o in options_of(editor).options] == [False, True, False]


def test_delete_takes_a_choice_back(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.YESNO)
    editor.show_value("Y", None)
    heard = Heard(editor)
    editor.focus_first()
    presses(qtbot, Qt.Key.Key_Delete)
    assert heard.said == ["left "]


def test_a_bar_is_one_stop_for_tab(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=POSITIONS)
    editor.focus_first()
    presses(qtbot, Qt.Key.Key_Tab)
    below = editor.window().findChild(QLineEdit, "neighbour")
    assert below is not None
    assert below.hasFocus()


def test_enter_on_a_choice_goes_on(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=POSITIONS)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "1")
    editor.show_value("SIT", None)
    presses(qtbot, Qt.Key.Key_Return)
    assert heard.said == ["left SIT", "next"]


def test_several_answers_come_in_the_order_of_the_list(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICES, choices=POSITIONS)
    editor.focus_first()
    types(qtbot, "312")
    assert editor.raw() == "SIT;LIE;STAND"
    types(qtbot, "1")
    assert editor.raw() == "LIE;STAND"


def test_a_closed_choice_keeps_its_answer(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=POSITIONS)
    editor.show_value("SIT", None)
    editor.set_enabled_state(False, "Signed.")
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "2")
    presses(qtbot, Qt.Key.Key_Delete)
    clicks(qtbot, options_of(editor).options[2])
    assert (editor.raw(), heard.said) == ("SIT", [])
    assert options_of(editor).options[0].isChecked()


def test_other_choices_keep_the_code_that_is_still_there(place: Place) -> None:
    editor = place(Kind.CHOICE, choices=POSITIONS)
    editor.show_value("LIE", None)
    editor.set_choices(LONG + POSITIONS)
    assert editor.raw() == "LIE"
    assert options_of(editor).options[8].isChecked()


def test_ten_on_a_scale_is_one_and_nought(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.SCALE, low=0, high=10, anchors=("none", "worst"))
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "10")
    assert heard.said == []
    goes_elsewhere(editor)
    assert heard.said == ["left 10"]


def test_a_click_on_a_scale_is_reported_at_once(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.SCALE)
    heard = Heard(editor)
    clicks(qtbot, options_of(editor).options[3])
    assert heard.said == ["left 3"]


@pytest.mark.parametrize("typed", ["jordan", "Jordan", "JO"])
def test_a_searched_answer_is_reported_by_its_code(place: Place, qtbot: QtBot, typed: str) -> None:
    editor = place(Kind.CHOICE, choices=MANY)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, typed)
    goes_elsewhere(editor)
    assert heard.said == ["left JO"]


def test_enter_takes_the_only_answer_left_in_the_list(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=MANY)
    assert isinstance(editor, DropdownEditor)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "ERMA")
    qtbot.waitUntil(popup_of(editor).isVisible)
    presses_on(qtbot, popup_of(editor), Qt.Key.Key_Return)
    assert heard.said == ["left DE", "next"]
    assert (editor.line.text(), popup_of(editor).isVisible()) == ("Germany", False)


def test_enter_takes_what_is_in_focus_in_the_open_list_and_goes_on(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=MANY)
    assert isinstance(editor, DropdownEditor)
    heard = Heard(editor)
    editor.focus_first()
    presses(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(popup_of(editor).isVisible)
    presses_on(qtbot, popup_of(editor), Qt.Key.Key_Down)
    presses_on(qtbot, popup_of(editor), Qt.Key.Key_Return)
    assert heard.said == [f"left {MANY[0][0]}", "next"]
    assert not popup_of(editor).isVisible()


def test_enter_takes_nothing_while_several_answers_are_left(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=MANY)
    assert isinstance(editor, DropdownEditor)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "Country")
    qtbot.waitUntil(popup_of(editor).isVisible)
    presses_on(qtbot, popup_of(editor), Qt.Key.Key_Return)
    assert (heard.said, editor.line.text()) == ([], "Country")


def test_a_part_of_a_label_finds_it_in_the_list(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=MANY)
    assert isinstance(editor, DropdownEditor)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "erman")
    popup = popup_of(editor)
    qtbot.waitUntil(popup.isVisible)
    presses_on(qtbot, popup, Qt.Key.Key_Down)
    presses_on(qtbot, popup, Qt.Key.Key_Return)
    assert heard.said[0] == "left DE"
    assert editor.line.text() == "Germany"


def test_what_matches_no_label_is_reported_as_typed(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.CHOICE, choices=MANY)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "Atlantis")
    goes_elsewhere(editor)
    assert heard.said == ["left Atlantis"]


def test_a_row_keeps_its_key_when_its_label_changes(place: Place) -> None:
    editor = place(Kind.ROWREF, choices=(("1", "L01 hand"), ("2", "L02 arm")))
    editor.show_value("1", None)
    editor.set_choices((("1", "L01 left hand"), ("2", "L02 arm")))
    assert editor.raw() == "1"


@pytest.mark.parametrize(
    ("codes", "keys"),
    [
        (["F", "M", "U"], ("1", "2", "3")),
        (["4", "3", "2", "1", "0"], ("4", "3", "2", "1", "0")),
        (["4", "0", "-1"], ("4", "0", "")),
        ([f"C{n}" for n in range(11)], ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "")),
    ],
)
def test_a_score_is_chosen_by_its_own_digit_and_other_answers_are_counted(
    codes: list[str], keys: tuple[str, ...]
) -> None:
    assert digit_keys(codes) == keys


def test_whoever_presses_four_gets_four_points(qtbot: QtBot) -> None:
    group = OptionGroup(
        [("4", "Normal"), ("3", "Disturbed"), ("2", "Repeating"), ("1", "Signs"), ("0", "None")]
    )
    qtbot.addWidget(group)
    group.show()
    group.focus_first()
    presses_on(qtbot, group.options[0], Qt.Key.Key_4)
    assert group.value() == "4"
    presses_on(qtbot, group.options[0], Qt.Key.Key_0)
    assert group.value() == "0"
