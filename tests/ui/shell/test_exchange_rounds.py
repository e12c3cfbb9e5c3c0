"""The window keeps the other workstation up to date, says how it stands, and leaves nothing behind."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.window import window_parts
from crfapp.ledger.state import SubjectRow
from crfapp.present.other_workstations import Rounds
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.shell.exchange_rounds import ExchangeRounds
from crfapp.ui.shell.frame import Frame
from crfapp.ui.shell.main_window import MainWindow
from crfapp.work.subjects import EnrolSubject
from tests.support.page_on_screen import dress_application
from tests.support.quick_site import QUICK, password_of
from tests.support.two_workstations import SharedFolder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.present.lane import Steps
    from crfapp.present.other_workstations import Standing
    from tests.ui.shell.clinic_window import ClinicWindow

WAIT_MS = 60_000


@dataclass
class Clinic:
    """The window of the clinic, with the nurse in."""

    shared: SharedFolder
    window: MainWindow
    qtbot: QtBot

    @property
    def frame(self) -> Frame:
        frame = self.window.centralWidget()
        assert isinstance(frame, Frame)
        return frame

    def round(self, expected: str) -> None:
        """What the clock of the rounds does every few minutes, until the status bar says so."""
        self.shared.site.clock.later(minutes=6)
        self.frame.status.findChildren(ExchangeRounds)[0].next()
        self.qtbot.waitUntil(lambda: expected in self.frame.status.others.text(), timeout=WAIT_MS)

    def subjects_at_ward(self) -> int:
        self.shared.site.clock.later(minutes=6)
        self.shared.round(self.shared.ward)
        with self.shared.ward.open() as opened:
            return len(opened.desk.tables.find(SubjectRow))


@pytest.fixture
def clinic(qtbot: QtBot, tmp_path: Path) -> Iterator[Clinic]:
    dress_application()
    shared = SharedFolder(tmp_path)
    parts, runner = window_parts(shared.clinic.folder, shared.site.clock), JobRunner()
    assert isinstance(parts.door, SiteDoor)
    parts.door.cost = QUICK
    window = MainWindow(parts, runner, Preferences(language="en"))
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page = window.centralWidget()
    assert isinstance(page, LoginPage)
    page.name.setText("rania")
    QTest.keyClicks(page.password.line, password_of("rania"))
    QTest.keyClick(page.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Frame), timeout=WAIT_MS)
    yield Clinic(shared, window, qtbot)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT_MS)


@pytest.mark.req("REQ-806")
def test_the_status_bar_says_how_the_other_workstation_stands_and_nothing_stays_behind(
    clinic: Clinic,
) -> None:
    clinic.round("Ward: up to date")
    clinic.frame._at.send(EnrolSubject())
    clinic.round("Ward: 1 change waiting")
    assert clinic.subjects_at_ward() == 1
    with clinic.shared.ward.open() as opened:
        opened.bus.send(EnrolSubject(), opened.actor("rania"))
    clinic.shared.round(clinic.shared.ward)
    clinic.round("Ward: up to date")
    assert len(clinic.frame._at.tables.find(SubjectRow)) == 2

    away = clinic.shared.place.with_name("away")
    clinic.shared.place.rename(away)
    clinic.round("Ward: place not reachable")
    away.rename(clinic.shared.place)
    clinic.round("Ward: up to date")

    # what was recorded since the last round leaves before the window closes
    clinic.frame._at.send(EnrolSubject())
    clinic.window.close()
    assert clinic.window.isVisible()
    clinic.qtbot.waitUntil(lambda: not clinic.window.isVisible(), timeout=WAIT_MS)
    assert clinic.subjects_at_ward() == 3


class Recording:
    """A round that has something recorded, and is under way when the test says so."""

    def __init__(self) -> None:
        self.begun, self.recorded, self.refused = Event(), list[str](), list[Code]()

    def carry_out(self, steps: Steps, _leaving: bool) -> Sequence[Standing]:
        self.begun.set()
        try:
            steps.at_desk(lambda: self.recorded.append("package"))
        except AppProblem as problem:
            self.refused.append(problem.code)
            raise
        return ()


def the_round_begins(closed: ClinicWindow) -> tuple[Recording, ExchangeRounds]:
    """Somebody came in, and a round waits for the window to record what it made."""
    round_ = Recording()
    closed.bench.rounds = round_.carry_out
    closed.open()
    frame = closed.comes_in()
    [clock] = frame.status.findChildren(ExchangeRounds)
    clock.next()
    assert round_.begun.wait(10)  # the window does nothing meanwhile
    return round_, clock


@pytest.mark.req("REQ-212")
def test_between_a_lock_and_the_end_of_the_session_no_round_records(closed: ClinicWindow) -> None:
    round_, _ = the_round_begins(closed)
    closed.window.lock()
    closed.qtbot.waitUntil(lambda: closed.door.left == ["lock"])
    assert (round_.recorded, round_.refused) == ([], [Code.CANCELLED])


def test_without_that_stop_the_same_round_would_have_recorded_after_the_lock(
    closed: ClinicWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rounds, "stop", lambda _rounds: None)
    round_, _ = the_round_begins(closed)
    closed.window.lock()
    closed.qtbot.waitUntil(lambda: closed.door.left == ["lock"])
    assert round_.recorded == ["package"]


def test_a_window_that_was_closed_begins_no_round(closed: ClinicWindow) -> None:
    round_, clock = the_round_begins(closed)
    closed.window.close()
    assert round_.refused == [Code.CANCELLED]
    clock.next()  # its runner takes no work any more
    assert not clock.findChildren(QTimer)[0].isActive()
