"""An answer is reported when the nurse moves on: once, as typed, and again only when she asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from crfapp.study.types import Kind
from crfapp.ui.widgets import Pill
from tests.ui.fields.typing_by_hand import Heard, focused, goes_elsewhere, presses, types

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.fields.conftest import Place

LINES = [
    Kind.TEXT,
    Kind.LONGTEXT,
    Kind.INTEGER,
    Kind.DECIMAL,
    Kind.BARCODE,
    Kind.BODYSITE,
    Kind.DATE,
    Kind.TIME,
]
RAW = "  ١٦٫٥ mm \u200f "


@pytest.mark.parametrize("kind", LINES)
def test_leaving_reports_the_text_exactly_as_typed(place: Place, qtbot: QtBot, kind: Kind) -> None:
    editor = place(kind)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, RAW)
    assert heard.said == []
    goes_elsewhere(editor)
    assert heard.said == [f"left {RAW}"]


@pytest.mark.parametrize("kind", LINES)
def test_leaving_without_a_change_reports_nothing(place: Place, kind: Kind) -> None:
    editor = place(kind)
    editor.show_value("10:18", None)
    heard = Heard(editor)
    editor.focus_first()
    goes_elsewhere(editor)
    assert heard.said == []


def test_enter_reports_first_and_then_asks_for_the_next(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.INTEGER)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "84")
    presses(qtbot, Qt.Key.Key_Return)
    goes_elsewhere(editor)
    assert heard.said == ["left 84", "next"]


def test_shift_enter_asks_for_the_previous(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.INTEGER)
    heard = Heard(editor)
    editor.focus_first()
    presses(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert heard.said == ["previous"]


def test_enter_tries_again_after_a_save_that_failed(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.INTEGER)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "84")
    presses(qtbot, Qt.Key.Key_Return)
    editor.mark("error")
    presses(qtbot, Qt.Key.Key_Return)
    assert heard.said == ["left 84", "next", "left 84", "next"]


def test_another_window_in_front_is_not_leaving(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.INTEGER)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "16")
    line = focused()
    away = QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(line, away)
    assert heard.said == []
    editor.report()
    assert heard.said == ["left 16"]


def test_enter_makes_a_line_in_long_text_and_ctrl_enter_goes_on(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.LONGTEXT)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "a")
    presses(qtbot, Qt.Key.Key_Return)
    types(qtbot, "b")
    assert heard.said == []
    presses(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.said == ["left a\nb", "next"]


@pytest.mark.parametrize("kind", [*LINES, Kind.YESNO, Kind.SCALE, Kind.PHOTO])
def test_f1_asks_for_help_and_f6_for_a_missing_code(place: Place, qtbot: QtBot, kind: Kind) -> None:
    editor = place(kind)
    heard = Heard(editor)
    editor.focus_first()
    presses(qtbot, Qt.Key.Key_F1)
    presses(qtbot, Qt.Key.Key_F6)
    assert heard.said == ["help", "missing"]


@pytest.mark.parametrize("kind", LINES)
def test_escape_goes_back_to_what_is_recorded(place: Place, qtbot: QtBot, kind: Kind) -> None:
    editor = place(kind)
    editor.show_value("10:18", None)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "9")
    presses(qtbot, Qt.Key.Key_Escape)
    goes_elsewhere(editor)
    assert (editor.raw(), heard.said) == ("10:18", [])


def test_what_is_being_typed_is_never_overwritten(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.INTEGER)
    editor.show_value("80", None)
    editor.focus_first()
    types(qtbot, "8")
    editor.show_value("76", None)
    assert editor.raw() == "8"


def test_what_was_reported_gives_way_to_its_canonical_form(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.DECIMAL)
    editor.focus_first()
    types(qtbot, "16,5")
    goes_elsewhere(editor)
    editor.show_value("16.5", None)
    assert editor.raw() == "16.5"


def test_a_refused_text_stays_while_it_is_marked(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.DECIMAL)
    editor.show_value("16.5", None)
    editor.focus_first()
    types(qtbot, "abc")
    goes_elsewhere(editor)
    editor.mark("error")
    editor.show_value("16.5", None)
    assert editor.raw() == "abc"


@pytest.mark.parametrize("kind", LINES)
def test_a_closed_field_can_be_read_but_not_written(place: Place, qtbot: QtBot, kind: Kind) -> None:
    editor = place(kind)
    editor.show_value("10:18", None)
    editor.set_enabled_state(False, "Signed on 5 January.")
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, "n9")
    goes_elsewhere(editor)
    assert (editor.raw(), heard.said) == ("10:18", [])


def test_a_missing_code_is_shown_in_words_beside_an_empty_field(place: Place) -> None:
    editor = place(Kind.INTEGER)
    editor.show_value("", "Not done")
    assert editor.raw() == ""
    pill = editor.findChild(Pill)
    assert pill is not None
    assert (pill.text(), pill.isVisible()) == ("Not done", True)
    editor.show_value("84", None)
    assert not pill.isVisible()
