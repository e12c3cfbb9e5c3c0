"""The mouse wheel never changes an answer, with the keyboard in the field or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox

from crfapp.study.types import Kind
from crfapp.ui.fields.date import DateEditor
from tests.ui.fields.typing_by_hand import Heard, turns_wheel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.fields.conftest import Place

POSITIONS = (("SIT", "Sitting"), ("LIE", "Lying"))
MANY = tuple((f"C{n}", f"Country {n}") for n in range(30))
FILLED = [
    (Kind.TEXT, "a", ()),
    (Kind.LONGTEXT, "a\nb", ()),
    (Kind.INTEGER, "84", ()),
    (Kind.DECIMAL, "36.6", ()),
    (Kind.DATE, "2025-01-12", ()),
    (Kind.PARTIALDATE, "2019-03", ()),
    (Kind.TIME, "10:18", ()),
    (Kind.DATETIME, "2025-01-12 10:18", ()),
    (Kind.CHOICE, "SIT", POSITIONS),
    (Kind.CHOICE, "C7", MANY),
    (Kind.CHOICES, "SIT", POSITIONS),
    (Kind.YESNO, "Y", ()),
    (Kind.SCALE, "3", ()),
    (Kind.ROWREF, "C7", MANY),
    (Kind.BARCODE, "EV-24-117", ()),
]


@pytest.mark.parametrize("focused", [False, True])
@pytest.mark.parametrize(("kind", "text", "choices"), FILLED)
def test_the_wheel_changes_no_answer(
    place: Place, kind: Kind, text: str, choices: tuple[tuple[str, str], ...], focused: bool
) -> None:
    editor = place(kind, choices=choices)
    editor.show_value(text, None)
    heard = Heard(editor)
    if focused:
        editor.focus_first()
    turns_wheel(editor)
    assert (editor.raw(), heard.said) == (text, [])


def test_the_wheel_changes_no_day_in_the_calendar(place: Place) -> None:
    editor = place(Kind.DATE)
    assert isinstance(editor, DateEditor)
    editor.show_value("2025-01-12", None)
    editor.focus_first()
    editor.open_calendar()
    assert editor.calendar is not None
    before = (editor.calendar.month.selectedDate(), editor.calendar.month.monthShown())
    turns_wheel(editor.calendar)
    assert (editor.calendar.month.selectedDate(), editor.calendar.month.monthShown()) == before
    editor.calendar.close()


def test_the_wheel_of_this_test_would_change_an_ordinary_combo_box(qtbot: QtBot) -> None:
    ordinary = QComboBox()
    qtbot.addWidget(ordinary)
    ordinary.addItems(["a", "b", "c"])
    ordinary.show()
    turns_wheel(ordinary)
    assert ordinary.currentText() != "a"
