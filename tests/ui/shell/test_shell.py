"""The frame: which pages there are, what is saved, what is wrong, in which language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.ledger.changes import Put
from crfapp.ledger.state import RecipientRow
from crfapp.present.address import Address
from crfapp.ui.jobs import Running
from crfapp.ui.preferences import Preferences
from crfapp.ui.shell.keys_overlay import KeysOverlay
from crfapp.ui.widgets import KeyHint
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from crfapp.ui.shell.frame import Frame
    from tests.ui.shell.clinic_window import ClinicWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def frame(clinic_window: ClinicWindow) -> Frame:
    return clinic_window.comes_in()


def test_only_pages_that_exist_stand_on_the_rail_in_its_order(clinic_window: ClinicWindow) -> None:
    clinic_window.bench.titles = ("Exchange", "Today", "Audit")
    frame = clinic_window.comes_in()
    assert [entry.text() for entry in frame.rail.entries] == ["Today", "Exchange", "Audit"]


def test_badges_say_how_much_waits_to_the_eye_and_to_the_ear(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    names = [entry.accessibleName() for entry in frame.rail.entries]
    assert names == ["Today, 3", "Subjects", "Queries, 5", "Exchange"]
    clinic_window.bench.pages["queries"].set_badge(0)
    frame.recount()
    assert frame.rail.entries[2].accessibleName() == "Queries"


def test_pages_open_by_mouse_and_by_key_and_are_told_that_they_are_shown(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    QTest.mouseClick(frame.rail.entries[1], Qt.MouseButton.LeftButton)
    assert frame.address.page == "subjects"
    assert clinic_window.bench.pages["subjects"].times_shown == 1
    clinic_window.presses(Qt.Key.Key_4, CONTROL)
    assert frame.address.page == "exchange"
    assert [entry.isChecked() for entry in frame.rail.entries] == [False, False, False, True]


def test_a_casebook_is_marked_as_part_of_the_subjects(frame: Frame) -> None:
    frame.go(Address("casebook", "s-1"))
    assert [entry.key for entry in frame.rail.entries if entry.isChecked()] == ["subjects"]


def test_an_address_of_a_page_that_this_person_lacks_opens_the_first_page(frame: Frame) -> None:
    frame.go(Address("monitoring", "s-1"))
    assert frame.address == Address("today")


def test_the_top_names_study_site_person_and_role(frame: Frame) -> None:
    assert frame.top.study.text() == "TINY"
    assert frame.top.site.text() == "CTC"
    assert "Rania Haddad" in frame.top.person.text()
    assert frame.top.person.text().endswith("nurse")
    assert "JO01" in frame.status.place.text()


@pytest.mark.req("REQ-105")
def test_saved_is_said_when_it_is_stored_in_the_time_of_the_site(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    assert frame.status.saved.text() == "Nothing to save yet"
    clinic_window.bench.clinic.enrol()
    assert frame.status.saved.text().replace("\u2068", "").replace("\u2069", "") == "Saved 09:10:00"


def test_an_outcome_is_passed_to_every_page_with_its_topics(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    del frame
    clinic_window.bench.clinic.enrol()
    assert all(Topic.SUBJECTS in page.refreshed[0] for page in clinic_window.bench.pages.values())


def test_an_outcome_is_passed_on_once_however_often_the_frame_was_made_anew(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    del frame
    for language in ("ar", "de", "en"):
        clinic_window.window.prefer(Preferences(language=language))
    QCoreApplication.sendPostedEvents(None, 0)
    clinic_window.bench.clinic.enrol()
    assert all(len(page.refreshed) == 1 for page in clinic_window.bench.pages.values())


def test_the_last_verified_backup_is_named_or_its_absence(closed: ClinicWindow) -> None:
    closed.bench.backup = datetime(2025, 1, 5, 6, 58, tzinfo=UTC)
    closed.open()
    shown = closed.comes_in().status.backup.text()
    assert "5 Jan 09:58" in shown
    closed.bench.backup = None
    closed.window.prefer(Preferences(theme="dark"))
    assert closed.frame.status.backup.text() == "No backup yet"


@pytest.mark.req("REQ-402", "REQ-806")
def test_the_bar_says_that_nothing_was_received_for_two_weeks_by_shape_colour_and_words(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    assert not frame.status.post.isVisible()
    clinic = clinic_window.bench.clinic
    told = ("Evia", "sponsor", "", "", "ctr-1", "haddad")
    clinic.ledger.tables.apply([Put(RecipientRow("r1", *told, "2025-01-05T06:10:00.000000Z", 0))])
    frame.status.show_post()
    assert frame.status.post.text() == "No package confirmed yet"
    assert (frame.status.mark.isVisible(), frame.status.post.tone) == (False, "muted")
    clinic.clock.later(days=14)
    frame.status.show_post()
    assert frame.status.post.text() == "Nothing received for 14 days"
    assert (frame.status.mark.isVisible(), frame.status.post.tone) == (True, "warn")
    assert "Evia" in frame.status.mark.accessibleName()


def test_running_work_shows_how_far_it_is_and_can_be_cancelled_once(frame: Frame) -> None:
    asked: list[bool] = []
    frame.status.show_job(Running("Export", 40, 100, "LESM", lambda: asked.append(True)))
    assert frame.status.job.isVisible()
    assert "40 %" in frame.status.job.text()
    assert "LESM" in frame.status.job.text()
    frame.status.stop.click()
    frame.status.stop.click()
    assert asked == [True]
    frame.status.show_job(None)
    assert not frame.status.job.isVisible()


def test_a_problem_for_everybody_stands_above_the_page_until_it_is_put_away(frame: Frame) -> None:
    frame.tell(EnvironmentProblem(Code.DISK_FULL))
    frame.tell(EnvironmentProblem(Code.DISK_FULL))
    assert len(frame.notices.banners) == 1
    assert "disk is full" in frame.notices.banners["E-101"].accessibleName()
    frame.notices.put_away("E-101")
    assert not frame.notices.isVisible()


@pytest.mark.req("REQ-107")
def test_broken_evidence_cannot_be_put_away(frame: Frame) -> None:
    frame.tell(IntegrityProblem(Code.CHAIN_BROKEN, node="ws-1", seq=812))
    banner = frame.notices.banners["I-101"]
    assert "812" in banner.accessibleName()
    assert banner.grade == "error"
    assert not banner.findChildren(type(frame.top.lock))


def test_the_language_changes_while_running_and_the_place_stays(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    at = Address("casebook", "s-1", "V_W4", 1, "VS", 1, "", "PULSE")
    frame.go(at)
    clinic_window.window.prefer(Preferences(language="ar"))
    assert clinic_window.frame is not frame
    assert clinic_window.frame.address == at
    assert clinic_window.frame.isRightToLeft()
    assert clinic_window.bench.pages["casebook"].workplace.texts.language == "ar"
    assert clinic_window.bench.clinic.desk.language == "ar"
    rail, top = clinic_window.frame.rail, clinic_window.frame.top
    clinic_window.qtbot.waitUntil(lambda: rail.x() > top.x())


@pytest.mark.parametrize(("language", "cancel"), [("en", "Cancel"), ("de", "Abbrechen"), ("ar", "ألغ")])
def test_the_words_of_qt_itself_follow(clinic_window: ClinicWindow, language: str, cancel: str) -> None:
    clinic_window.window.prefer(Preferences(language=language))
    assert QCoreApplication.translate("QPlatformTheme", "Cancel").startswith(cancel)


def test_the_field_is_saved_before_the_language_changes(clinic_window: ClinicWindow, frame: Frame) -> None:
    del frame
    page = clinic_window.bench.pages["today"]
    page.line.setFocus()
    QTest.keyClicks(page.line, "84")
    clinic_window.window.prefer(Preferences(language="de"))
    assert page.saved == ["84"]


def test_the_menu_offers_what_is_chosen_and_the_rest(clinic_window: ClinicWindow, frame: Frame) -> None:
    QTest.mouseClick(frame.top.person, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    checked = [action.text() for action in menu.actions() if action.isChecked()]
    assert checked == ["English", "Light", "100 %", "Silent"]
    large = next(action for action in menu.actions() if action.text() == "150 %")
    large.trigger()
    menu.close()
    assert clinic_window.window.preferences.scale == 1.5
    assert clinic_window.bench.remembered[-1].scale == 1.5


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_frame_fits_a_small_screen_at_every_text_size(
    closed: ClinicWindow, scale: float, language: str
) -> None:
    closed.preferences = Preferences(language=language, scale=scale)
    closed.open()
    frame = closed.comes_in()
    person = frame.top.person
    closed.qtbot.waitUntil(lambda: person.width() >= person.sizeHint().width())
    assert frame.minimumSizeHint().width() <= 1280
    assert closed.window.width() == 1280
    for part in (frame.top.lock, person, frame.top.go):
        assert part.x() >= 0
        assert part.geometry().right() < frame.top.width()


def test_a_page_that_needs_room_does_not_widen_the_window(closed: ClinicWindow) -> None:
    """The casebook needs 1,118 px at 150 %; a rail that begins wide would push the window to 1,400."""
    closed.preferences = Preferences(scale=1.5)
    closed.bench.page_width = 1118
    closed.open()
    frame = closed.comes_in()
    closed.qtbot.waitUntil(lambda: frame.rail.isVisible())
    assert closed.window.width() == 1280


def test_with_little_room_the_rail_keeps_its_icons_and_names_them_in_tips(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    wide = frame.rail.width()
    assert frame.rail.entries[0].toolTip() == ""
    clinic_window.window.resize(800, 600)
    clinic_window.qtbot.waitUntil(lambda: frame.rail.width() < wide)
    assert frame.rail.entries[0].toolTip() == "Today"


def test_question_mark_shows_the_keys_of_the_page_and_escape_gives_the_keyboard_back(
    clinic_window: ClinicWindow, frame: Frame
) -> None:
    entry = frame.rail.entries[0]
    entry.setFocus()
    QTest.keyClicks(entry, "?")
    overlay = frame.findChild(KeysOverlay)
    assert overlay is not None
    caps = [cap.text() for cap in overlay.findChildren(KeyHint)]
    assert {"F1", "Alt+Down", "Ctrl+K", "Ctrl+L", "?"} <= set(caps)
    clinic_window.presses(Qt.Key.Key_Escape)
    clinic_window.qtbot.waitUntil(entry.hasFocus)


def test_a_question_mark_in_a_field_is_a_question_mark(clinic_window: ClinicWindow, frame: Frame) -> None:
    line = clinic_window.bench.pages["today"].line
    line.setFocus()
    QTest.keyClicks(line, "itching?")
    assert line.text() == "itching?"
    assert frame.findChild(KeysOverlay) is None


def test_everything_on_the_frame_has_a_name_for_the_screen_reader(frame: Frame) -> None:
    buttons = [*frame.rail.entries, frame.top.go, frame.top.person, frame.top.lock, frame.status.stop]
    assert all(button.accessibleName() for button in buttons)
