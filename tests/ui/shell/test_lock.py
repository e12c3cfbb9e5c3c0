"""Rania goes to the phone: the window locks, shows nothing, and brings her back to where she was."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QMessageBox, QWidget

from crfapp.ledger.changes import Put
from crfapp.ledger.state import PolicyRow
from crfapp.present.address import Address
from crfapp.present.arrival import Arrival
from crfapp.present.session_rules import LONGEST_IDLE, session_rules
from crfapp.ui.entrance.copied import Copied
from crfapp.ui.preferences import Preferences
from crfapp.work.people import OpenSession
from tests.support.entrance_fakes import PASSWORDS

if TYPE_CHECKING:
    from crfapp.present.lane import Steps
    from crfapp.ui.shell.frame import Frame
    from tests.ui.shell.clinic_window import ClinicWindow

pytestmark = pytest.mark.req("REQ-212")

CONTROL = Qt.KeyboardModifier.ControlModifier
PULSE = Address("casebook", "s-1", "V_W4", 1, "VS", 1, "", "PULSE")


def words_on(widget: QWidget) -> str:
    """Everything that can be read on a window, seen or heard."""
    texts = [widget.windowTitle()]
    for part in [widget, *widget.findChildren(QWidget)]:
        texts += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        if isinstance(part, QLabel | QLineEdit):
            texts.append(part.text())
    return " | ".join(texts)


def locks(clinic_window: ClinicWindow) -> None:
    clinic_window.presses(Qt.Key.Key_L, CONTROL)
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["lock"])


def touch(clinic_window: ClinicWindow) -> None:
    """A key on the window as it comes from the keyboard, before any widget has it."""
    handle = clinic_window.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Shift)


def jobs_rest(clinic_window: ClinicWindow) -> bool:
    return not clinic_window.jobs.busy


def test_ctrl_l_drops_the_key_and_asks_for_the_password_of_the_same_person(
    clinic_window: ClinicWindow,
) -> None:
    clinic_window.comes_in()
    locks(clinic_window)
    page = clinic_window.login
    assert page.name.text() == "rania"
    clinic_window.qtbot.waitUntil(page.password.line.hasFocus)
    assert page.enter.text() == "Unlock"


@pytest.mark.req("REQ-933")
def test_the_locked_window_shows_nothing_but_the_label_of_the_site(clinic_window: ClinicWindow) -> None:
    frame = clinic_window.comes_in()
    frame.go(PULSE)
    clinic_window.bench.pages["casebook"].line.setText("anaphylaxis")
    assert "TINY" in words_on(clinic_window.window)
    assert "anaphylaxis" in words_on(clinic_window.window)
    locks(clinic_window)
    shown = words_on(clinic_window.login)
    for secret in ("TINY", "anaphylaxis", "Casebook", "Haddad", "JO01-001"):
        assert secret not in shown
    assert clinic_window.door.label in shown
    clinic_window.qtbot.waitUntil(lambda: "anaphylaxis" not in words_on(clinic_window.window))
    assert clinic_window.window.windowTitle() == "crfapp"


def test_the_clipboard_is_emptied(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    QApplication.clipboard().setText("JO01-001")
    locks(clinic_window)
    assert QApplication.clipboard().text() == ""


def test_whoever_locked_it_comes_back_to_the_same_question(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in().go(PULSE)
    before = clinic_window.bench.pages["casebook"]
    locks(clinic_window)
    assert clinic_window.comes_in().address == PULSE
    assert clinic_window.bench.pages["casebook"] is not before
    assert clinic_window.door.entered[-1] == ("rania", "en", True)


@pytest.mark.req("REQ-213")
def test_a_colleague_starts_afresh(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in().go(PULSE)
    locks(clinic_window)
    assert clinic_window.comes_in("admin").address == Address("today")
    assert clinic_window.door.entered[-1] == ("admin", "en", False)


@pytest.mark.req("REQ-213")
def test_after_a_colleague_the_first_person_still_comes_back_to_their_place(
    clinic_window: ClinicWindow,
) -> None:
    clinic_window.comes_in().go(PULSE)
    locks(clinic_window)
    clinic_window.comes_in("admin")
    clinic_window.frame.log_out_wanted.emit()
    assert clinic_window.comes_in().address == PULSE
    clinic_window.frame.log_out_wanted.emit()
    assert clinic_window.comes_in().address == Address("today")


@pytest.mark.req("REQ-213")
def test_a_colleague_takes_over_with_a_name_and_a_password(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in().go(PULSE)
    QTest.mouseClick(clinic_window.frame.top.switch, Qt.MouseButton.LeftButton)
    page = clinic_window.login
    clinic_window.qtbot.waitUntil(page.name.hasFocus)
    assert page.name.text() == ""
    QTest.keyClicks(page.name, "admin")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    QTest.keyClicks(page.password.line, PASSWORDS["admin"])
    QTest.keyClick(page.password.line, Qt.Key.Key_Return)
    assert clinic_window.frame.address == Address("today")
    assert clinic_window.door.left == ["lock"]
    clinic_window.presses(Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert clinic_window.comes_in("rania").address == PULSE


def test_logging_out_forgets_who_it_was(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in().log_out_wanted.emit()
    assert clinic_window.login.name.text() == ""
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["logout"])


@pytest.mark.req("REQ-105")
def test_what_stands_in_the_field_is_saved_before_the_window_locks(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    page = clinic_window.bench.pages["today"]
    page.line.setFocus()
    QTest.keyClicks(page.line, "84")
    locks(clinic_window)
    assert page.saved == ["84"]


def test_nobody_there_for_ten_minutes_locks(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    clock = clinic_window.bench.clinic.clock
    clock.later(minutes=9, seconds=59)
    touch(clinic_window)
    clock.later(minutes=9, seconds=59)
    touch(clinic_window)
    assert clinic_window.door.left == []
    clock.later(minutes=10)
    touch(clinic_window)
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["idle"])
    assert clinic_window.login.isVisible()


def test_the_touch_that_comes_too_late_reaches_no_field(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    page = clinic_window.bench.pages["today"]
    page.line.setFocus()
    clinic_window.bench.clinic.clock.later(minutes=10)
    handle = clinic_window.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_7)
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["idle"])
    assert page.saved in ([], [""])


def test_after_the_longest_session_everybody_logs_in_anew_and_goes_on_where_they_were(
    clinic_window: ClinicWindow,
) -> None:
    clinic_window.comes_in().go(PULSE)
    clock = clinic_window.bench.clinic.clock
    for _ in range(12 * 12 - 1):
        clock.later(minutes=5)
        touch(clinic_window)
    assert clinic_window.door.left == []
    clock.later(minutes=5)
    touch(clinic_window)
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["limit"])
    assert clinic_window.login.enter.text() == "Log in"
    assert clinic_window.comes_in().address == PULSE
    assert clinic_window.door.entered[-1] == ("rania", "en", False)


@pytest.mark.req("REQ-208")
def test_the_policy_of_the_site_says_how_long_nobody_may_be_there(clinic_window: ClinicWindow) -> None:
    clinic = clinic_window.bench.clinic
    clinic_window.comes_in()
    session = clinic_window.window.doorway.session
    assert session is not None
    assert session_rules(session.workplace, 10) == (10, 12 * 3600)
    clinic.ledger.tables.apply([Put(PolicyRow("site", "", idle_minutes=4, session_hours=6))])
    assert session_rules(session.workplace, 10) == (4, 6 * 3600)
    assert session_rules(session.workplace, 2) == (2, 6 * 3600)
    clinic.ledger.tables.apply([Put(PolicyRow("site", "", idle_minutes=90))])
    assert session_rules(session.workplace, 60).idle_minutes == LONGEST_IDLE


def test_whoever_unlocks_goes_on_with_the_session_that_was_locked(clinic_window: ClinicWindow) -> None:
    clock = clinic_window.bench.clinic.clock
    clinic_window.door.arrival = Arrival(until=clock.now() + timedelta(minutes=4))
    clinic_window.comes_in()
    clock.later(minutes=3)
    touch(clinic_window)
    assert clinic_window.door.left == []
    clock.later(minutes=1)
    touch(clinic_window)
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["limit"])


def test_what_another_program_put_into_the_clipboard_stays(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    elsewhere = QMainWindow()
    clinic_window.qtbot.addWidget(elsewhere)
    copied = Copied(cast("QApplication", QApplication.instance()), elsewhere)
    copied.forget()
    QApplication.clipboard().setText("from the laboratory")
    Copied(cast("QApplication", QApplication.instance()), elsewhere).forget()  # it saw nothing being copied
    assert QApplication.clipboard().text() == "from the laboratory"
    copied.forget()
    assert QApplication.clipboard().text() == ""


def test_a_shorter_time_can_be_wanted(closed: ClinicWindow) -> None:
    closed.preferences = Preferences(idle_minutes=2)
    closed.open()
    closed.comes_in()
    closed.bench.clinic.clock.later(minutes=2)
    touch(closed)
    closed.qtbot.waitUntil(lambda: closed.door.left == ["idle"])


def test_a_clock_that_is_set_back_does_not_lock(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    clinic_window.bench.clinic.clock.later(hours=-3)
    touch(clinic_window)
    assert clinic_window.door.left == []


def test_in_front_of_the_door_nothing_locks(clinic_window: ClinicWindow) -> None:
    clinic_window.bench.clinic.clock.later(hours=3)
    touch(clinic_window)
    clinic_window.presses(Qt.Key.Key_L, CONTROL)
    assert clinic_window.door.left == []


def running_export(frame: Frame, ended: list[str]) -> threading.Event:
    """An export that steps until it is stopped."""
    begun = threading.Event()

    def export(steps: Steps) -> None:
        begun.set()
        try:
            while True:
                steps.step(0, 0, "LESM")
        finally:
            ended.append("export")

    frame.lane.start(export, done=lambda _: None, failed=lambda _: None, title="Export")
    return begun


def test_a_running_export_is_stopped_before_the_door_is_closed(clinic_window: ClinicWindow) -> None:
    frame, ended = clinic_window.comes_in(), list[str]()
    clinic_window.qtbot.waitUntil(running_export(frame, ended).is_set)
    clinic_window.presses(Qt.Key.Key_L, CONTROL)
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["lock"])
    assert ended == ["export"]
    assert jobs_rest(clinic_window)


def test_whoever_unlocks_waits_until_the_last_session_is_closed(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    clinic_window.presses(Qt.Key.Key_L, CONTROL)
    clinic_window.types("rania", PASSWORDS["rania"])
    clinic_window.qtbot.waitUntil(clinic_window.frame.isVisible)
    assert clinic_window.door.left == ["lock"]
    assert len(clinic_window.door.entered) == 2


def test_an_outcome_after_the_lock_finds_no_page_to_disturb(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    pages = dict(clinic_window.bench.pages)
    locks(clinic_window)
    clinic_window.qtbot.waitUntil(lambda: not clinic_window.window.findChildren(QLineEdit, "gone"))
    clinic_window.bench.clinic.send(OpenSession())
    assert all(page.refreshed == [] for page in pages.values())


def test_closing_the_window_closes_the_door(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    assert clinic_window.window.close()
    assert clinic_window.door.left == ["quit"]


def test_closing_right_after_locking_still_closes_the_door_once(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    clinic_window.window.lock()
    assert clinic_window.window.close()
    assert clinic_window.door.left == ["lock"]


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_closing_during_an_export_asks_first(
    clinic_window: ClinicWindow, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    frame, ended = clinic_window.comes_in(), list[str]()
    clinic_window.qtbot.waitUntil(running_export(frame, ended).is_set)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton[answer])
    assert clinic_window.window.close() is (answer == "Yes")
    assert clinic_window.door.left == (["quit"] if answer == "Yes" else [])
    clinic_window.jobs.stop_titled()
    clinic_window.qtbot.waitUntil(lambda: ended == ["export"] and jobs_rest(clinic_window))


def test_ctrl_q_ends_the_program_and_closes_the_door(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    clinic_window.presses(Qt.Key.Key_Q, CONTROL)
    clinic_window.qtbot.waitUntil(clinic_window.window.isHidden)
    assert clinic_window.door.left == ["quit"]


def test_ctrl_q_leaves_from_in_front_of_the_door_too(clinic_window: ClinicWindow) -> None:
    assert clinic_window.login.isVisible()
    clinic_window.presses(Qt.Key.Key_Q, CONTROL)
    clinic_window.qtbot.waitUntil(clinic_window.window.isHidden)
    assert clinic_window.door.left == []
