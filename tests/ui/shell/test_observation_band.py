"""Clocks of those who are watched stand over every page, through lock and change of user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crfapp.present.address import Address
from crfapp.present.texts import ISOLATES
from crfapp.ui.shell.observation_band import MOST
from tests.support.injection import InjectionClinic, instant
from tests.support.injection_window import InjectionWindow, injection_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.ui.shell.frame import Frame


@pytest.fixture
def watched(qtbot: QtBot, tmp_path: Path) -> Iterator[InjectionWindow]:
    clinic = InjectionClinic()
    at = clinic.injection()
    clinic.clock.at = instant("2025-01-12 10:18")
    clinic.dose(at, start="10:05", end="10:18")
    window = injection_window(InjectionWindow, qtbot, clinic, tmp_path)
    window.comes_in()
    yield window
    window.close()


def begun(window: InjectionWindow) -> Frame:
    """The observation has begun, and minute 0 is measured."""
    window.acts("Watched since 10:18")
    window.acts("Measured now")
    return window.frame


@pytest.mark.req("REQ-404")
def test_the_clock_stands_over_every_page_and_runs(watched: InjectionWindow) -> None:
    frame = begun(watched)
    for page in ("subjects", "queries", "today"):
        frame.go(Address(page))
        assert frame.watched.isVisible()
    assert watched.texts == ["JO01-001: 0 of 60 minutes since the dose Next: minute 15 at 10:33, in 15 min."]
    watched.passes(4)
    assert watched.texts == ["JO01-001: 4 of 60 minutes since the dose Next: minute 15 at 10:33, in 11 min."]


def test_measured_now_writes_the_time_and_opens_its_row(watched: InjectionWindow) -> None:
    frame = begun(watched)
    watched.passes(14)
    watched.acts("Measured now")
    assert watched.value("VSDTM", "15") == "2025-01-12T10:32+03:00[Asia/Amman]"
    at = frame.address
    assert (at.page, at.form, at.row, at.item) == ("casebook", "OBS", "15", "VSDTM")


def test_lock_counts_and_says_nothing_of_the_study_and_the_clock_goes_on(watched: InjectionWindow) -> None:
    begun(watched)
    watched.window.lock()
    login = watched.login
    assert not login.due.isVisible()
    watched.steady.passes(20)
    login.look_at_clocks()
    watched.qtbot.waitUntil(login.due.isVisible)
    words = login.due.accessibleName().translate(ISOLATES)
    assert words == "1 clock is due: log in."
    assert "JO01" not in words
    watched.comes_in()
    assert watched.texts == ["JO01-001: 20 of 60 minutes since the dose Measure now: minute 15, until 10:38."]


def test_a_clock_set_while_the_screen_was_locked_changes_no_minute(watched: InjectionWindow) -> None:
    begun(watched)
    watched.window.lock()
    login = watched.login
    watched.clinic.clock.later(hours=1)
    watched.steady.passes(5)
    login.look_at_clocks()
    assert not login.due.isVisible()
    watched.comes_in()
    assert watched.texts[0].startswith("JO01-001: 5 of 60 minutes")
    assert "put forward by 1:00:00" in watched.texts[0]


def test_a_colleague_who_takes_over_has_the_same_clock(watched: InjectionWindow) -> None:
    begun(watched)
    watched.passes(3)
    watched.window.lock("switch")
    watched.types("admin", "a door without a house")
    assert watched.frame.watched.lines == {}  # an administrator records nothing
    watched.window.lock("switch")
    watched.comes_in()
    assert watched.texts[0].startswith("JO01-001: 3 of 60 minutes")


def test_an_end_before_its_time_asks_why_and_offers_the_deviation(watched: InjectionWindow) -> None:
    frame = begun(watched)
    watched.passes(41)
    watched.acts("End observation")
    early = frame.watched.early
    assert early.isVisible()
    assert not early.end.isEnabled()
    assert watched.value("OBSENDTM") is None
    QTest.keyClicks(early.why, "felt well and left")
    QTest.keyClick(early.why, Qt.Key.Key_Return)
    assert watched.value("OBSEARLY") == "felt well and left"
    assert watched.texts == ["JO01-001: watched for 41 of 60 minutes"]
    watched.acts("Draft the deviation")
    assert frame.watched.lines == {}
    assert not frame.watched.isVisible()


def test_escape_goes_on_watching(watched: InjectionWindow) -> None:
    frame = begun(watched)
    watched.acts("End observation")
    QTest.keyClick(frame.watched.early.why, Qt.Key.Key_Escape)
    assert not frame.watched.early.isVisible()
    assert watched.value("OBSENDTM") is None


def test_each_reminder_rings_once_and_only_where_sounds_are_wished(watched: InjectionWindow) -> None:
    frame = begun(watched)
    bell = frame.watched.bell
    told = len(bell.told)
    watched.passes(15)
    watched.passes(0.1)
    assert len(bell.told) == told + 1
    assert bell.rung == 0


def test_f8_leads_to_the_clock_from_anywhere(watched: InjectionWindow) -> None:
    begun(watched)
    watched.passes(15)
    with watched.qtbot.waitActive(watched.window):
        watched.window.activateWindow()
    watched.frame.rail.entries[0].setFocus()
    watched.qtbot.waitUntil(watched.button("Measured now").isVisible)
    watched.presses(Qt.Key.Key_F8)
    assert watched.button("Measured now").hasFocus()


def test_of_many_clocks_the_most_pressing_stand_there(watched: InjectionWindow) -> None:
    for _ in range(MOST):
        other, _lesions = watched.clinic.screened("2025-01-12")
        at = watched.clinic.injection("V_INJ1", "2025-01-12", other)
        watched.clinic.clock.at = instant("2025-01-12 10:40")
        watched.clinic.dose(at, start="10:05", end="10:20")
    frame = watched.frame
    frame.watched.tick()
    assert len(frame.watched.lines) == MOST
    assert frame.watched.more.text() == "and 1 more clock"
