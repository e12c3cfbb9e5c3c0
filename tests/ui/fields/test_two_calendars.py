"""A date of a Hijri document: both calendars beside each other, the date typed, its meaning chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTableView

from crfapp.study.types import Kind
from crfapp.ui.fields.date import DateEditor
from tests.ui.fields.typing_by_hand import Heard, clicks, focused, goes_elsewhere, presses, types

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.ui.fields.calendar import CalendarPopup
    from crfapp.ui.fields.hijri import HijriPart
    from tests.ui.fields.conftest import Place


def opened(place: Place, qtbot: QtBot, kind: Kind) -> tuple[DateEditor, CalendarPopup, HijriPart]:
    editor = place(kind)
    assert isinstance(editor, DateEditor)
    editor.focus_first()
    presses(qtbot, Qt.Key.Key_Down)
    assert editor.calendar is not None
    assert editor.calendar.hijri is not None
    return editor, editor.calendar, editor.calendar.hijri


def bare(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "").replace("\u2066", "")


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.PARTIALDATE])
def test_the_calendar_says_what_its_day_is_in_the_other_one(place: Place, qtbot: QtBot, kind: Kind) -> None:
    _, calendar, hijri = opened(place, qtbot, kind)
    assert bare(hijri.today.text()) == "2025-01-12 = 12 Rajab 1446 AH"
    presses(qtbot, Qt.Key.Key_Right)
    assert bare(hijri.today.text()) == "2025-01-13 = 13 Rajab 1446 AH"
    calendar.close()


def test_a_hijri_date_is_typed_after_h_and_what_was_told_goes_into_the_field(
    place: Place, qtbot: QtBot
) -> None:
    editor, calendar, hijri = opened(place, qtbot, Kind.DATE)
    heard = Heard(editor)
    types(qtbot, "h")
    assert focused() is hijri.line
    types(qtbot, "12.7.1446")
    assert bare(hijri.sentences.text()) == "12 Rajab 1446 AH is 12 Jan 2025."
    presses(qtbot, Qt.Key.Key_Return)
    assert not calendar.isVisible()
    assert (editor.raw(), heard.said) == ("12.7.1446 AH", [])
    goes_elsewhere(editor)
    assert heard.said == ["left 12.7.1446 AH"]


def test_where_day_and_month_can_change_places_one_is_chosen(place: Place, qtbot: QtBot) -> None:
    editor, _, hijri = opened(place, qtbot, Kind.DATE)
    types(qtbot, "h12/7/1446")
    assert hijri.offers is not None
    assert [bare(b.text()) for b in hijri.offers.buttons] == ["2025-01-12", "2025-06-03"]
    presses(qtbot, Qt.Key.Key_Return)
    assert focused() is hijri.offers.buttons[0]
    types(qtbot, "1")
    assert editor.raw() == "1446-07-12 AH"


def test_a_year_lies_in_two_and_the_mouse_chooses_one(place: Place, qtbot: QtBot) -> None:
    editor, _, hijri = opened(place, qtbot, Kind.PARTIALDATE)
    clicks(qtbot, hijri.line)
    types(qtbot, "1410")
    assert bare(hijri.sentences.text()) == "1410 AH runs from 2 Aug 1989 to 22 Jul 1990."  # TC31
    assert hijri.offers is not None
    first, second = hijri.offers.buttons
    assert (bare(first.text()), bare(second.text())) == ("1989", "1990")
    clicks(qtbot, first)
    assert editor.raw() == "1410 AH = 1989"


def test_where_a_whole_date_is_wanted_a_year_is_not_enough(place: Place, qtbot: QtBot) -> None:
    editor, calendar, hijri = opened(place, qtbot, Kind.DATE)
    types(qtbot, "h1410")
    assert hijri.offers is None
    assert "A whole date is wanted here" in hijri.sentences.text()
    presses(qtbot, Qt.Key.Key_Return)
    assert (editor.raw(), calendar.isVisible()) == ("", True)
    presses(qtbot, Qt.Key.Key_Escape)
    assert not calendar.isVisible()


def test_what_is_no_hijri_date_is_said_and_a_second_try_begins_empty(place: Place, qtbot: QtBot) -> None:
    editor, _, hijri = opened(place, qtbot, Kind.DATE)
    types(qtbot, "h31.1.1446")
    assert "no date of the Hijri calendar" in hijri.sentences.text()
    presses(qtbot, Qt.Key.Key_Escape)
    presses(qtbot, Qt.Key.Key_Down)
    assert (hijri.line.text(), hijri.sentences.text(), editor.raw()) == ("", "", "")


def test_the_sign_at_the_end_of_the_line_opens_the_calendar(place: Place, qtbot: QtBot) -> None:
    editor = place(Kind.DATE)
    assert isinstance(editor, DateEditor)
    where = QPoint(editor.line.width() - 14, editor.line.height() // 2)
    qtbot.mouseClick(editor.line, Qt.MouseButton.LeftButton, pos=where)  # type: ignore[no-untyped-call]
    assert editor.calendar is not None
    assert editor.calendar.isVisible()
    assert editor.calendar.findChild(QTableView) is not None
    editor.calendar.close()
