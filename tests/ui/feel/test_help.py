"""F1 brings help beside the page, and everything comes back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.ui.help.about import AboutCard
from crfapp.ui.preferences import Preferences
from tests.support.entrance_fakes import FakeDoor, FakeFounder
from tests.support.window_fakes import Workbench
from tests.ui.shell.clinic_window import ClinicWindow, tiny_clinic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.ui.help.panel import HelpPanel
    from crfapp.ui.shell.frame import Frame

Open = "Callable[..., ClinicWindow]"


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., ClinicWindow]]:
    windows: list[ClinicWindow] = []

    def make(preferences: Preferences | None = None, *, founded: bool = True) -> ClinicWindow:
        clinic = tiny_clinic()
        door = FakeDoor(clinic, tmp_path)
        bench = (
            Workbench(clinic, tmp_path, door=door)
            if founded
            else Workbench(clinic, tmp_path, founder=FakeFounder(door))
        )
        window = ClinicWindow(qtbot, bench, door, preferences or Preferences())
        window.open()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()


def panel_of(frame: Frame) -> HelpPanel:
    assert frame.help.panel is not None
    return frame.help.panel


def test_f1_brings_the_help_of_the_page_and_escape_gives_the_keyboard_back(
    opened: Callable[..., ClinicWindow],
) -> None:
    window = opened()
    frame = window.comes_in()
    line = window.bench.pages["today"].line
    line.setFocus()
    QTest.keyClicks(line, "half")
    window.presses(Qt.Key.Key_F1)
    assert panel_of(frame).title.text() == "Today"
    assert frame.stack.isVisible()
    assert not panel_of(frame).geometry().intersects(frame.stack.geometry())
    window.presses(Qt.Key.Key_Escape)
    assert not frame.help.is_open
    assert QApplication.focusWidget() is line
    assert line.text() == "half"


def test_the_help_follows_to_another_page_and_f1_within_it_closes(
    opened: Callable[..., ClinicWindow],
) -> None:
    window = opened()
    frame = window.comes_in()
    frame.top.help.click()
    window.presses(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert panel_of(frame).title.text() == "Subjects"
    panel_of(frame).text.setFocus()
    window.presses(Qt.Key.Key_F1)
    assert not frame.help.is_open


def test_a_page_is_found_by_a_word_and_a_link_leads_on(opened: Callable[..., ClinicWindow]) -> None:
    window = opened()
    frame = window.comes_in()
    window.presses(Qt.Key.Key_F1)
    panel = panel_of(frame)
    panel.all.click()
    assert panel.list.count() > 20
    QTest.keyClicks(panel.line, "stop rule")
    window.presses(Qt.Key.Key_Return)
    assert panel.title.text() == "Safety"
    panel.text.anchorClicked.emit(QUrl("help:queries"))
    assert panel.title.text() == "Queries"
    panel.all.click()
    QTest.keyClicks(panel.line, "qqqq")
    assert panel.nothing.isVisible()
    window.presses(Qt.Key.Key_Escape)
    assert (panel.line.text(), frame.help.is_open) == ("", True)


@pytest.mark.parametrize(("language", "scale"), [("en", 2.0), ("ar", 1.5)])
def test_large_letters_never_push_the_window_wider(
    opened: Callable[..., ClinicWindow], language: str, scale: float
) -> None:
    window = opened(Preferences(language=language, scale=scale))
    frame = window.comes_in()
    width = window.window.width()
    window.presses(Qt.Key.Key_F1)
    assert window.window.width() == width
    assert frame.help.is_open
    window.presses(Qt.Key.Key_Escape)
    assert frame.stack.isVisible()


def test_where_the_page_has_no_room_beside_it_gives_its_place(opened: Callable[..., ClinicWindow]) -> None:
    window = opened()
    frame = window.comes_in()
    window.bench.pages["today"].line.setMinimumWidth(1_000)
    window.presses(Qt.Key.Key_F1)
    assert (frame.help.is_open, frame.stack.isVisible()) == (True, False)
    window.presses(Qt.Key.Key_Escape)
    assert (frame.help.is_open, frame.stack.isVisible()) == (False, True)


@pytest.mark.parametrize(("founded", "title"), [(True, "Logging in"), (False, "A new workstation")])
def test_help_before_anybody_is_in(opened: Callable[..., ClinicWindow], founded: bool, title: str) -> None:
    window = opened(founded=founded)
    face = window.login if founded else window.assistant
    window.presses(Qt.Key.Key_F1)
    assert face.help.panel is not None
    assert face.help.panel.title.text() == title


@pytest.mark.req("REQ-705")
def test_about_names_version_and_study_and_what_others_made(opened: Callable[..., ClinicWindow]) -> None:
    window = opened()
    frame = window.comes_in()
    window.presses(Qt.Key.Key_F1)
    panel_of(frame).build.click()
    card = frame.findChild(AboutCard)
    assert card is not None
    card.more.click()
    assert "IBM Plex Sans Arabic" in card.others.toPlainText()
    window.presses(Qt.Key.Key_Escape)
