"""N, T and V write the present, today and the visit's date, where typing starts anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt

from crfapp.study.types import Kind
from crfapp.ui.fields.date import DateEditor
from crfapp.ui.fields.moment import MomentEditor
from tests.ui.fields.typing_by_hand import Heard, clicks, goes_elsewhere, presses, types

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.fields.conftest import Place


@pytest.mark.parametrize(
    ("kind", "key", "text"),
    [
        (Kind.TIME, "n", "10:48"),
        (Kind.TIME, "N", "10:48"),
        (Kind.TIME, "ى", "10:48"),
        (Kind.DATE, "t", "2025-01-12"),
        (Kind.DATE, "n", "2025-01-12"),
        (Kind.DATE, "v", "2025-01-11"),
        (Kind.DATE, "ر", "2025-01-11"),
        (Kind.PARTIALDATE, "t", "2025-01-12"),
        (Kind.DATETIME, "n", "10:48"),
        (Kind.DATETIME, "v", "2025-01-11 "),
    ],
)
def test_a_letter_writes_what_the_clock_says(
    place: Place, qtbot: QtBot, kind: Kind, key: str, text: str
) -> None:
    editor = place(kind)
    heard = Heard(editor)
    editor.focus_first()
    types(qtbot, key)
    assert (editor.raw(), heard.said) == (text, [])
    goes_elsewhere(editor)
    assert heard.said == [f"left {text}"]


def test_a_letter_replaces_a_selected_time_and_escape_brings_it_back(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.TIME)
    editor.show_value("09:58", None)
    editor.focus_first()
    types(qtbot, "n")
    assert editor.raw() == "10:48"
    presses(qtbot, Qt.Key.Key_Escape)
    assert editor.raw() == "09:58"


def test_the_name_of_a_month_can_be_typed(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.DATE)
    editor.focus_first()
    types(qtbot, "12 Nov 2024")
    assert editor.raw() == "12 Nov 2024"


def test_a_time_cannot_be_written_from_the_visit(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.TIME)
    editor.focus_first()
    types(qtbot, "v")
    assert editor.raw() == "v"


def test_the_buttons_write_without_taking_the_keyboard(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.DATE)
    assert isinstance(editor, MomentEditor)
    heard = Heard(editor)
    before = editor.buttons
    editor.focus_first()
    today, visit = list(editor.buttons)
    assert before == ()
    assert (today.text(), visit.text()) == ("Today", "Visit date")
    clicks(qtbot, visit)
    assert (editor.raw(), heard.said, editor.line.hasFocus()) == ("2025-01-11", [], True)
    goes_elsewhere(editor)
    assert not visit.isVisible()


def test_a_button_without_room_stays_away_and_its_key_still_writes(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.DATE)
    assert isinstance(editor, MomentEditor)
    editor.window().resize(300, 300)
    editor.focus_first()
    today, visit = list(editor.buttons)
    assert today.isVisible()
    assert today.geometry().left() > editor.line.geometry().right()
    assert not visit.isVisible()
    types(qtbot, "v")
    assert editor.raw() == "2025-01-11"


def test_in_a_table_there_are_keys_but_no_buttons(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.TIME, compact=True)
    assert isinstance(editor, MomentEditor)
    editor.focus_first()
    types(qtbot, "n")
    assert (editor.raw(), editor.buttons) == ("10:48", ())


def test_the_calendar_writes_the_day_as_iso_text(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.DATE)
    assert isinstance(editor, DateEditor)
    heard = Heard(editor)
    editor.show_value("2025-01-12", None)
    editor.focus_first()
    presses(qtbot, Qt.Key.Key_Down)
    assert editor.calendar is not None
    assert editor.calendar.isVisible()
    assert editor.calendar.month.selectedDate() == QDate(2025, 1, 12)
    editor.calendar.month.activated.emit(QDate(2025, 1, 14))
    assert (editor.raw(), heard.said) == ("2025-01-14", [])
    assert not editor.calendar.isVisible()


def test_without_a_present_the_letters_are_letters(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.TIME, present=None)
    editor.focus_first()
    types(qtbot, "n")
    assert editor.raw() == "n"


def test_an_empty_date_opens_the_calendar_on_the_clinics_today(place: Place) -> None:
    editor = place(Kind.DATE)
    assert isinstance(editor, DateEditor)
    editor.focus_first()
    editor.open_calendar()
    assert editor.calendar is not None
    assert editor.calendar.month.selectedDate() == QDate(2025, 1, 12)
    editor.calendar.close()
