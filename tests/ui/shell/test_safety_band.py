"""While the sponsor waits for a report, everybody is told on every page, whatever the clock says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.present.clock_watch import JumpWatch
from crfapp.present.texts import ISOLATES
from crfapp.work.sending_notices import BeginReport, SendNotice
from tests.support.entrance_fakes import FakeDoor
from tests.support.ward import Ward
from tests.support.window_fakes import Workbench
from tests.ui.shell.clinic_window import ClinicWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.ui.shell.frame import Frame


class WardWindow(ClinicWindow):
    """A window on a ward with one event in its log, and a steady clock that tests move."""

    ward: Ward
    steady: float = 0.0

    def event(self) -> tuple[FormKey, str]:
        log = FormKey(self.ward.subject, "V_LOG", 1, "AE", 1)
        row = self.ward.add_row(log, "EVENTS")
        self.ward.enter(log, row, AETERM="Urticaria")
        return log, row


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[WardWindow]:
    ward = Ward()
    door = FakeDoor(ward, tmp_path)
    bench = Workbench(ward, tmp_path, door=door, titles=("Today", "Subjects", "Safety"))
    made = WardWindow(qtbot, bench, door)
    made.ward = ward
    bench.jumps = JumpWatch(lambda: made.steady)
    made.open()
    yield made
    door.ready.set()
    made.close()


def told(frame: Frame) -> str:
    frame.safety.look()
    banner = frame.notices.banners.get("safety")
    return banner.accessibleName().translate(ISOLATES) if banner is not None else ""


@pytest.mark.req("REQ-920")
def test_calling_it_serious_brings_its_page_up_at_once_and_the_band_stays(window: WardWindow) -> None:
    frame = window.comes_in()
    log, row = window.event()
    assert told(frame) == ""
    window.ward.enter(log, row, AESER="Y")
    window.qtbot.waitUntil(lambda: frame.address.page == "safety")
    assert frame.address == Address("safety", *log, row=row, item="SAE")
    assert "SAE of JO01-001: 24 h 0 min left" in told(frame)
    for page in ("today", "subjects"):
        frame.go(Address(page))
        assert frame.notices.banners["safety"].isVisible()
    window.presses(Qt.Key.Key_F9)
    assert frame.address.page == "safety"


@pytest.mark.req("REQ-920")
def test_another_person_sees_it_too_after_a_restart_and_until_it_is_sent(window: WardWindow) -> None:
    log, row = window.event()
    window.ward.enter(log, row, AESER="Y")
    window.ward.clock.later(hours=25)
    frame = window.comes_in()
    assert "overdue by 1 h 0 min" in told(frame)
    assert frame.notices.banners["safety"].grade == "error"
    window.ward.send(BeginReport(notice="SAE", key=log, row=row))
    reports = log._replace(form="SAE")
    report = window.ward.desk.forms.get(reports).rows_in("REPORTS")[0].info.key
    sent = {"aware": "2025-01-05 09:00", "sent": "2025-01-06 10:00", "how": "PHONE", "told_to": "desk"}
    window.ward.send(SendNotice(notice="SAE", key=reports, row=report, **sent))
    assert told(frame) == ""


@pytest.mark.req("REQ-920")
def test_a_clock_that_was_put_back_wins_no_time(window: WardWindow) -> None:
    """The twin: by the wall clock alone five hours more would be left."""
    frame = window.comes_in()
    log, row = window.event()
    window.ward.enter(log, row, AESER="Y")
    window.ward.clock.later(hours=20)
    window.steady += timedelta(hours=20).total_seconds()
    assert "4 h 0 min left" in told(frame)
    window.ward.clock.later(hours=-5)
    assert "4 h 0 min left" in told(frame)
    window.steady += timedelta(hours=5).total_seconds()
    window.ward.clock.later(hours=5)
    assert "overdue by 1 h 0 min" in told(frame)
    since = window.ward.clock.now() - timedelta(hours=20)
    assert window.ward.clock.now() - since < timedelta(hours=24)  # what the wall alone would say
