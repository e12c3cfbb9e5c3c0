"""Clocks of those who are watched stand over every page, through lock and change of user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.present.clock_watch import JumpWatch
from crfapp.present.texts import ISOLATES
from crfapp.ui.shell.observation_band import MOST
from tests.support.entrance_fakes import FakeDoor
from tests.support.injection import InjectionClinic, instant
from tests.support.window_fakes import Workbench
from tests.ui.fields.typing_by_hand import clicks
from tests.ui.shell.clinic_window import ClinicWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.frame import Frame
    from crfapp.ui.widgets import Button


class DoorWithEvents(FakeDoor):
    """Whoever comes in reads the ledger too."""

    def log_in(self, login: str, password: str, *, language: str, unlock: bool = False) -> Workplace:
        at = super().log_in(login, password, language=language, unlock=unlock)
        at.events = MemoryEvents(self.clinic.ledger)
        return at


class Steady:
    """The machine's own clock, which goes with the clinic's and is set by nobody."""

    def __init__(self, clinic: InjectionClinic) -> None:
        self._clinic, self.seconds = clinic, 0.0

    def passes(self, minutes: float) -> None:
        self._clinic.clock.later(minutes=minutes)
        self.seconds += 60 * minutes


class WatchedWindow(ClinicWindow):
    """A window on the flagship study, on the day of an injection that ended at 10:18."""

    clinic: InjectionClinic
    steady: Steady
    obs: FormKey

    @property
    def texts(self) -> list[str]:
        """What the clocks say."""
        return [band.accessibleName().translate(ISOLATES) for band in self.frame.watched.lines.values()]

    def button(self, words: str, line: int = 0) -> Button:
        """A button of a clock."""
        band = list(self.frame.watched.lines.values())[line]
        return next(one for one in band.buttons if one.text().translate(ISOLATES) == words)

    def passes(self, minutes: float) -> None:
        """Time goes on, and the band looks again."""
        self.steady.passes(minutes)
        self.frame.watched.tick()

    def value(self, item: str, row: str = "") -> str | None:
        return self.clinic.value(self.obs, item, row)


@pytest.fixture
def watched(qtbot: QtBot, tmp_path: Path) -> Iterator[WatchedWindow]:
    clinic = InjectionClinic()
    at = clinic.injection()
    clinic.clock.at = instant("2025-01-12 10:18")
    clinic.dose(at, start="10:05", end="10:18")
    door = DoorWithEvents(clinic, tmp_path)
    bench = Workbench(clinic, tmp_path, door=door)
    window = WatchedWindow(qtbot, bench, door)
    window.clinic, window.obs = clinic, FormKey(*at, "OBS", 1)
    window.steady = Steady(clinic)
    bench.jumps = JumpWatch(lambda: window.steady.seconds)
    window.open()
    window.comes_in()
    yield window
    window.close()


def begun(window: WatchedWindow) -> Frame:
    """The observation has begun, and minute 0 is measured."""
    clicks(window.qtbot, window.button("Watched since 10:18"))
    clicks(window.qtbot, window.button("Measured now"))
    return window.frame


@pytest.mark.req("REQ-404")
def test_the_clock_stands_over_every_page_and_runs(watched: WatchedWindow) -> None:
    frame = begun(watched)
    for page in ("subjects", "queries", "today"):
        frame.go(Address(page))
        assert frame.watched.isVisible()
    assert watched.texts == ["JO01-001: 0 of 60 minutes since the dose Next: minute 15 at 10:33, in 15 min."]
    watched.passes(4)
    assert watched.texts == ["JO01-001: 4 of 60 minutes since the dose Next: minute 15 at 10:33, in 11 min."]


def test_measured_now_writes_the_time_and_opens_its_row(watched: WatchedWindow) -> None:
    frame = begun(watched)
    watched.passes(14)
    clicks(watched.qtbot, watched.button("Measured now"))
    assert watched.value("VSDTM", "15") == "2025-01-12T10:32+03:00[Asia/Amman]"
    at = frame.address
    assert (at.page, at.form, at.row, at.item) == ("casebook", "OBS", "15", "VSDTM")


def test_lock_counts_and_says_nothing_of_the_study_and_the_clock_goes_on(watched: WatchedWindow) -> None:
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


def test_a_clock_set_while_the_screen_was_locked_changes_no_minute(watched: WatchedWindow) -> None:
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


def test_a_colleague_who_takes_over_has_the_same_clock(watched: WatchedWindow) -> None:
    begun(watched)
    watched.passes(3)
    watched.window.lock("switch")
    watched.types("admin", "a door without a house")
    assert watched.frame.watched.lines == {}  # an administrator records nothing
    watched.window.lock("switch")
    watched.comes_in()
    assert watched.texts[0].startswith("JO01-001: 3 of 60 minutes")


def test_an_end_before_its_time_asks_why_and_offers_the_deviation(watched: WatchedWindow) -> None:
    frame = begun(watched)
    watched.passes(41)
    clicks(watched.qtbot, watched.button("End observation"))
    early = frame.watched.early
    assert early.isVisible()
    assert not early.end.isEnabled()
    assert watched.value("OBSENDTM") is None
    QTest.keyClicks(early.why, "felt well and left")
    QTest.keyClick(early.why, Qt.Key.Key_Return)
    assert watched.value("OBSEARLY") == "felt well and left"
    assert watched.texts == ["JO01-001: watched for 41 of 60 minutes"]
    clicks(watched.qtbot, watched.button("Draft the deviation"))
    assert frame.watched.lines == {}
    assert not frame.watched.isVisible()


def test_escape_goes_on_watching(watched: WatchedWindow) -> None:
    frame = begun(watched)
    clicks(watched.qtbot, watched.button("End observation"))
    QTest.keyClick(frame.watched.early.why, Qt.Key.Key_Escape)
    assert not frame.watched.early.isVisible()
    assert watched.value("OBSENDTM") is None


def test_each_reminder_rings_once_and_only_where_sounds_are_wished(watched: WatchedWindow) -> None:
    frame = begun(watched)
    bell = frame.watched.bell
    told = len(bell.told)
    watched.passes(15)
    watched.passes(0.1)
    assert len(bell.told) == told + 1
    assert bell.rung == 0


def test_f8_leads_to_the_clock_from_anywhere(watched: WatchedWindow) -> None:
    begun(watched)
    watched.passes(15)
    with watched.qtbot.waitActive(watched.window):
        watched.window.activateWindow()
    watched.frame.rail.entries[0].setFocus()
    watched.presses(Qt.Key.Key_F8)
    assert watched.button("Measured now").hasFocus()


def test_of_many_clocks_the_most_pressing_stand_there(watched: WatchedWindow) -> None:
    for _ in range(MOST):
        other, _lesions = watched.clinic.screened("2025-01-12")
        at = watched.clinic.injection("V_INJ1", "2025-01-12", other)
        watched.clinic.clock.at = instant("2025-01-12 10:40")
        watched.clinic.dose(at, start="10:05", end="10:20")
    frame = watched.frame
    frame.watched.tick()
    assert len(frame.watched.lines) == MOST
    assert frame.watched.more.text() == "and 1 more clock"
