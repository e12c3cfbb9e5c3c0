"""Rania logs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crfapp.base.problems import Code, EnvironmentProblem
from tests.support.entrance_fakes import PASSWORDS

if TYPE_CHECKING:
    from tests.ui.shell.clinic_window import ClinicWindow

NO = Qt.KeyboardModifier.NoModifier


def test_the_page_names_the_site_and_waits_for_the_user_name(clinic_window: ClinicWindow) -> None:
    page = clinic_window.login
    clinic_window.qtbot.waitUntil(page.name.hasFocus)
    assert clinic_window.window.windowTitle() == "crfapp"
    assert page.password.line.echoMode() == QLineEdit.EchoMode.Password


def test_by_keyboard_alone_from_the_user_name_to_today(clinic_window: ClinicWindow) -> None:
    page = clinic_window.login
    clinic_window.qtbot.waitUntil(page.name.hasFocus)
    QTest.keyClicks(page.name, "rania")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    assert page.password.line.hasFocus()
    QTest.keyClicks(page.password.line, PASSWORDS["rania"])
    QTest.keyClick(page.password.line, Qt.Key.Key_Return)
    assert clinic_window.frame.address.page == "today"
    assert clinic_window.door.entered == [("rania", "en", False)]


@pytest.mark.req("REQ-217")
@pytest.mark.parametrize("login", ["rania", "nobody"])
def test_a_wrong_password_and_an_unknown_name_say_the_same_sentence_beside_the_password(
    clinic_window: ClinicWindow, login: str
) -> None:
    clinic_window.types(login, "wrong")
    page = clinic_window.login
    clinic_window.qtbot.waitUntil(lambda: bool(page.password_question.refused))
    assert page.password_question.refused.startswith("User name and password do not belong together.")
    assert page.password.line.text() == ""
    assert page.password.line.hasFocus()
    assert page.name.text() == login


def test_the_password_that_was_shown_is_hidden_again_after_a_refusal(clinic_window: ClinicWindow) -> None:
    page = clinic_window.login
    QTest.mouseClick(page.password.show_button, Qt.MouseButton.LeftButton)
    assert page.password.line.echoMode() == QLineEdit.EchoMode.Normal
    clinic_window.types("rania", "wrong")
    clinic_window.qtbot.waitUntil(lambda: bool(page.password_question.refused))
    assert page.password.line.echoMode() == QLineEdit.EchoMode.Password


def test_an_empty_field_is_asked_for_without_trying(clinic_window: ClinicWindow) -> None:
    page = clinic_window.login
    page.enter.click()
    assert page.name_question.refused == "Type your user name."
    page.name.setText("rania")
    page.enter.click()
    assert page.password_question.refused == "Type your password."
    assert page.name_question.refused == ""


def test_while_the_password_is_tried_the_window_lives_and_a_second_attempt_waits(
    clinic_window: ClinicWindow,
) -> None:
    clinic_window.door.ready.clear()
    clinic_window.types("rania", PASSWORDS["rania"])
    page = clinic_window.login
    assert not page.enter.isEnabled()
    assert page.enter.text() == "Opening the records…"
    assert page.password.line.isReadOnly()
    QTest.keyClick(page.password.line, Qt.Key.Key_Return)
    clinic_window.door.ready.set()
    clinic_window.qtbot.waitUntil(clinic_window.frame.isVisible)
    assert len(clinic_window.door.entered) == 1


def test_what_is_wrong_with_the_disk_stands_below_both_fields(clinic_window: ClinicWindow) -> None:
    clinic_window.door.problem = EnvironmentProblem(Code.DISK_FAILS)
    clinic_window.types("rania", PASSWORDS["rania"])
    page = clinic_window.login
    clinic_window.qtbot.waitUntil(lambda: page.problem.isVisible())
    assert page.password_question.refused == ""
    assert "disk" in page.problem.text.text()


@pytest.mark.parametrize(("typed", "held"), [("A", Qt.KeyboardModifier.ShiftModifier), ("a", NO), ("1", NO)])
def test_ordinary_typing_gives_no_caps_lock_warning(
    clinic_window: ClinicWindow, typed: str, held: Qt.KeyboardModifier
) -> None:
    page = clinic_window.login
    QTest.keyClicks(page.password.line, typed, held)
    assert not page.password_question.remark.isVisible()


def test_a_capital_letter_without_shift_warns_of_caps_lock_and_a_small_one_takes_it_back(
    clinic_window: ClinicWindow,
) -> None:
    page = clinic_window.login
    # the test library types capitals of a text without the shift key, as caps lock does
    QTest.keyClicks(page.password.line, "A", NO)
    assert page.password_question.remark.text() == "The caps-lock key seems to be on."
    QTest.keyClicks(page.password.line, "a", NO)
    assert not page.password_question.remark.isVisible()


def test_changing_the_language_mirrors_the_page_keeps_the_name_and_is_remembered(
    clinic_window: ClinicWindow,
) -> None:
    clinic_window.types("rania", "wrong")
    clinic_window.qtbot.waitUntil(lambda: bool(clinic_window.login.password_question.refused))
    clinic_window.login.languages.choose(1)
    page = clinic_window.login
    assert page.isRightToLeft()
    assert page.name.text() == "rania"
    assert page.password_question.refused == ""
    assert [one.language for one in clinic_window.bench.remembered] == ["ar"]
    clinic_window.types("rania", PASSWORDS["rania"])
    assert clinic_window.frame.isRightToLeft()
    assert clinic_window.door.entered == [("rania", "ar", False)]


def test_dark_and_light_change_places(clinic_window: ClinicWindow) -> None:
    light = QApplication.palette().window().color()
    clinic_window.login.appearance.click()
    assert QApplication.palette().window().color().lightness() < light.lightness()
    clinic_window.login.appearance.click()
    assert QApplication.palette().window().color() == light


def test_a_language_chosen_while_the_password_is_tried_does_not_lose_the_answer(
    clinic_window: ClinicWindow,
) -> None:
    clinic_window.door.ready.clear()
    clinic_window.types("rania", "wrong")
    clinic_window.login.languages.choose(2)
    clinic_window.door.ready.set()
    clinic_window.qtbot.waitUntil(lambda: bool(clinic_window.login.password_question.refused))
    assert clinic_window.login.enter.isEnabled()


def test_closing_the_window_in_front_of_the_door_leaves_nothing(clinic_window: ClinicWindow) -> None:
    assert clinic_window.window.close()
    assert clinic_window.door.left == []
