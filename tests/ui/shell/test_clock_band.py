"""The window says that the computer's clock is wrong until it is right again; entry goes on (TC50)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.events import ClockNoticed
from crfapp.present.clock_watch import JumpWatch
from crfapp.ui.widgets import Button
from crfapp.work.subjects import EnrolSubject
from tests.ui.fields.typing_by_hand import clicks

if TYPE_CHECKING:
    from tests.ui.shell.clinic_window import ClinicWindow

KNOWN = datetime(2025, 1, 12, 7, 0, tzinfo=UTC)


def told(window: ClinicWindow) -> str:
    banner = window.frame.notices.banners.get("clock")
    return banner.accessibleName() if banner is not None else ""


@pytest.mark.req("REQ-404")
def test_a_laptop_in_the_year_2020_is_told_and_goes_on(closed: ClinicWindow) -> None:
    clinic = closed.bench.clinic
    clinic.clock.at = KNOWN
    clinic.enrol()
    closed.bench.known = KNOWN
    clinic.clock.at = datetime(2020, 1, 1, tzinfo=UTC)
    closed.open()
    frame = closed.comes_in()
    assert "The clock of this computer is wrong" in told(closed)
    assert frame.notices.isVisible()
    clinic.send(EnrolSubject())  # entry goes on, and says so in the record
    assert any(isinstance(r.event, ClockNoticed) for r in MemoryEvents(clinic.ledger).records())
    assert told(closed)
    clinic.clock.at = KNOWN + timedelta(hours=1)
    clinic.send(EnrolSubject())
    assert told(closed) == ""
    assert not frame.notices.isVisible()


def test_a_clock_that_is_set_back_during_the_day_is_noticed_without_an_entry(closed: ClinicWindow) -> None:
    closed.bench.clinic.clock.at = closed.bench.known = KNOWN
    closed.open()
    frame = closed.comes_in()
    assert told(closed) == ""
    closed.bench.clinic.clock.at = KNOWN - timedelta(days=1)
    frame.clock.look()
    assert "after 12 Jan 2025" in told(closed)


def test_far_ahead_a_person_is_asked_and_answers(closed: ClinicWindow) -> None:
    closed.bench.known = KNOWN
    closed.bench.clinic.clock.at = KNOWN + timedelta(days=90)
    closed.open()
    frame = closed.comes_in()
    assert "Is the clock of this computer right?" in told(closed)
    banner = frame.notices.banners["clock"]
    button = next(b for b in banner.findChildren(Button) if b.text() == "The date is right")
    clicks(closed.qtbot, button)
    assert told(closed) == ""


@pytest.mark.req("REQ-404")
def test_a_clock_moved_while_the_screen_was_locked_is_told_recorded_and_entry_goes_on(
    closed: ClinicWindow,
) -> None:
    steady = [0.0]
    clinic = closed.bench.clinic
    clinic.clock.at = closed.bench.known = KNOWN
    closed.bench.jumps = JumpWatch(lambda: steady[0])
    closed.open()
    closed.comes_in()
    closed.window.lock()
    clinic.clock.at = KNOWN - timedelta(hours=3)
    steady[0] += 20
    frame = closed.comes_in()
    banner = frame.notices.banners["clock-jump"]
    assert "It was put back by 3:00:20 while the program ran." in plain(banner.accessibleName())
    events = [r.event for r in MemoryEvents(clinic.ledger).records() if isinstance(r.event, ClockNoticed)]
    assert [event.jumped_seconds for event in events if event.jumped_seconds] == [-(3 * 3600 + 20)]
    clinic.send(EnrolSubject())
    hybrids = [r.envelope.hybrid for r in MemoryEvents(clinic.ledger).records()]
    assert hybrids == sorted(hybrids)
    button = next(b for b in banner.findChildren(Button) if b.text() == "The time is right now")
    clicks(closed.qtbot, button)
    assert "clock-jump" not in frame.notices.banners


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")
