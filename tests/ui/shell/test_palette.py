"""Ctrl+K: a few signs, Enter, there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crfapp.present.address import Address
from crfapp.ui.palette.palette_box import PaletteBox

if TYPE_CHECKING:
    from crfapp.ui.shell.frame import Frame
    from tests.ui.shell.clinic_window import ClinicWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def frame(clinic_window: ClinicWindow) -> Frame:
    for _ in range(12):
        clinic_window.bench.clinic.enrol()
    return clinic_window.comes_in()


def opened(clinic_window: ClinicWindow) -> PaletteBox:
    clinic_window.presses(Qt.Key.Key_K, CONTROL)
    box = clinic_window.frame.findChild(PaletteBox)
    assert box is not None
    return box


def titles(box: PaletteBox) -> list[str]:
    found = [box.list.item(row).text() for row in range(box.list.count())]
    return [text.replace("\u2068", "").replace("\u2069", "") for text in found]


def test_with_nothing_typed_it_offers_pages_and_actions(clinic_window: ClinicWindow, frame: Frame) -> None:
    del frame
    box = opened(clinic_window)
    assert box.line.hasFocus()
    assert titles(box)[:4] == ["Today", "Subjects", "Queries", "Exchange"]
    assert {"Lock", "Enrol a subject", "العربية Language"} <= set(titles(box))


def test_a_subject_by_the_end_of_its_number(clinic_window: ClinicWindow, frame: Frame) -> None:
    box = opened(clinic_window)
    QTest.keyClicks(box.line, "12")
    assert titles(box)[0] == "JO01-012"
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert frame.address.page == "casebook"
    assert frame.address.subject != ""


def test_arrows_move_and_go_round(clinic_window: ClinicWindow, frame: Frame) -> None:
    box = opened(clinic_window)
    QTest.keyClick(box.line, Qt.Key.Key_Down)
    QTest.keyClick(box.line, Qt.Key.Key_Down)
    QTest.keyClick(box.line, Qt.Key.Key_Up)
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert frame.address == Address("subjects")
    clinic_window.qtbot.waitUntil(lambda: frame.findChild(PaletteBox) is None)
    box = opened(clinic_window)
    QTest.keyClick(box.line, Qt.Key.Key_Up)
    assert box.list.currentRow() == box.list.count() - 1


def test_an_action_runs(clinic_window: ClinicWindow, frame: Frame) -> None:
    del frame
    box = opened(clinic_window)
    QTest.keyClicks(box.line, "enrol")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert clinic_window.bench.pages["subjects"].enrolled == 1


def test_locking_from_the_palette(clinic_window: ClinicWindow, frame: Frame) -> None:
    del frame
    box = opened(clinic_window)
    QTest.keyClicks(box.line, "lock")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["lock"])


def test_the_language_from_the_palette(clinic_window: ClinicWindow, frame: Frame) -> None:
    del frame
    box = opened(clinic_window)
    QTest.keyClicks(box.line, "deut")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert clinic_window.window.preferences.language == "de"


def test_escape_changes_nothing_and_gives_the_keyboard_back(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    line = clinic_window.bench.pages["today"].line
    line.setFocus()
    box = opened(clinic_window)
    QTest.keyClicks(box.line, "12")
    QTest.keyClick(box.line, Qt.Key.Key_Escape)
    assert frame.address == Address("today")
    clinic_window.qtbot.waitUntil(line.hasFocus)


def test_where_nothing_is_found_it_says_so_and_enter_does_nothing(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    box = opened(clinic_window)
    QTest.keyClicks(box.line, "zzzzzz")
    assert box.nothing.isVisible()
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert box.isVisible()
    assert frame.address == Address("today")


def test_tab_stays_inside(clinic_window: ClinicWindow, frame: Frame) -> None:
    del frame
    box = opened(clinic_window)
    QTest.keyClick(box.line, Qt.Key.Key_Tab)
    assert box.line.hasFocus()
