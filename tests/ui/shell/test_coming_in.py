"""Between the password and the work: an own password, statement, training, and what happened meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crfapp.ledger.changes import Put
from crfapp.ledger.state import PolicyRow
from crfapp.present.address import Address
from crfapp.present.arrival import STATEMENT_TEXT, TRAINING_TEXT, Arrival, Attempt
from crfapp.ui.entrance.steps_page import StepsPage
from crfapp.ui.preferences import Preferences
from crfapp.work.own_account import Step
from tests.support.entrance_fakes import PASSWORDS

if TYPE_CHECKING:
    from tests.ui.shell.clinic_window import ClinicWindow

OWN = "eleven swallows over the bridge"
EVERY_STEP = (Step.PASSWORD, Step.STATEMENT, Step.TRAINING)


def meets(window: ClinicWindow, arrival: Arrival) -> StepsPage:
    """Rania types her password and meets the first step."""
    window.door.arrival = arrival
    window.types("rania", PASSWORDS["rania"])
    window.qtbot.waitUntil(lambda: isinstance(window.window.centralWidget(), StepsPage))
    return cast("StepsPage", window.window.centralWidget())


def types(text: str) -> None:
    """Where the keyboard is, and Enter."""
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def presses_enter(window: ClinicWindow, page: StepsPage) -> None:
    window.qtbot.waitUntil(page.go.hasFocus)
    QTest.keyClick(page.go, Qt.Key.Key_Space)


def told_kinds(window: ClinicWindow) -> list[str]:
    return [link.kind for link in window.bench.clinic.ledger.links]


@pytest.mark.req("REQ-205", "REQ-211", "REQ-309")
def test_by_keyboard_through_every_step_to_ones_own_beginning(clinic_window: ClinicWindow) -> None:
    page = meets(clinic_window, Arrival(steps=EVERY_STEP, reset_by="Omar"))
    clinic_window.qtbot.waitUntil(page.fields.fields["password"].line.hasFocus)
    assert "Omar" in page.text.text()
    assert page.step.text() == "1 of 2"
    types(OWN)
    types(OWN)
    clinic_window.qtbot.waitUntil(lambda: page.title.text().startswith("Your electronic signature and"))
    assert clinic_window.door.chosen == [OWN]
    assert page.text.text() == STATEMENT_TEXT
    assert page.fields.fields["password"].line.text() == ""
    assert TRAINING_TEXT in page.lines.texts
    assert any("nurse" in text for text in page.lines.texts)
    presses_enter(clinic_window, page)
    assert clinic_window.frame.address == Address("today")
    assert told_kinds(clinic_window)[-2:] == ["statement-accepted", "training-noted"]


@pytest.mark.req("REQ-309")
@pytest.mark.parametrize("step", [Step.STATEMENT, Step.TRAINING])
def test_whoever_does_not_accept_is_led_out_and_nothing_is_noted(
    clinic_window: ClinicWindow, step: Step
) -> None:
    page = meets(clinic_window, Arrival(steps=(step,)))
    before = len(clinic_window.bench.clinic.ledger.links)
    page.out.click()
    assert clinic_window.login.name.text() == ""
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["logout"])
    assert len(clinic_window.bench.clinic.ledger.links) == before


@pytest.mark.req("REQ-209")
@pytest.mark.parametrize(
    ("typed", "again", "field", "sentence"),
    [
        ("short", "short", "password", "too short"),
        ("Password123456789", "Password123456789", "password", "guesses would try"),
        ("rania rania rania 1", "rania rania rania 1", "password", "name"),
        (OWN, OWN[:-1], "again", "differ"),
    ],
)
def test_a_weak_password_is_refused_by_a_sentence_beside_its_field(
    clinic_window: ClinicWindow, typed: str, again: str, field: str, sentence: str
) -> None:
    page = meets(clinic_window, Arrival(steps=(Step.PASSWORD,)))
    page.fields.fields["password"].line.setText(typed)
    page.fields.fields["again"].line.setText(again)
    page.go.click()
    assert sentence in page.fields.questions[field].refused
    assert clinic_window.door.chosen == []
    page.fields.fields[field].line.setText("x")
    assert page.fields.questions[field].refused == ""


@pytest.mark.req("REQ-208", "REQ-209")
def test_the_policy_says_how_long_it_must_be_and_the_rules_show_what_is_kept(
    clinic_window: ClinicWindow,
) -> None:
    clinic_window.bench.clinic.ledger.tables.apply([Put(PolicyRow("site", "", shortest=20))])
    page = meets(clinic_window, Arrival(steps=(Step.PASSWORD,), aged=True))
    assert "at least 20 characters" in page.fields.rules.accessibleName()
    assert "grown old" in page.text.text()
    page.fields.fields["password"].line.setText("seven grey storks")
    assert page.fields.rules.accessibleDescription() == ""
    page.fields.fields["password"].line.setText("seven grey storks at noon")
    assert "at least 20 characters" in page.fields.rules.accessibleDescription()


@pytest.mark.req("REQ-207", "REQ-211")
def test_what_happened_since_the_last_visit_is_told_with_its_moments(clinic_window: ClinicWindow) -> None:
    tries = (Attempt("2025-01-04T22:05:00Z", 2), Attempt("2025-01-05T06:10:00Z"))
    page = meets(clinic_window, Arrival(attempts=tries, reset_by="Omar"))
    words = " ".join(page.lines.texts).replace("\u2068", "").replace("\u2069", "")
    assert "3 wrong passwords were typed with your user name (5 Jan 01:05, 5 Jan 09:10)." in words
    assert "reset by Omar" in words
    assert not page.out.isVisible()
    presses_enter(clinic_window, page)
    assert clinic_window.frame.isVisible()


def test_nobody_there_during_a_step_locks_and_the_step_waits(clinic_window: ClinicWindow) -> None:
    meets(clinic_window, Arrival(steps=(Step.STATEMENT,)))
    clinic_window.bench.clinic.clock.later(minutes=11)
    handle = clinic_window.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["idle"])
    assert clinic_window.login.name.text() == "rania"


def test_another_language_in_the_middle_of_a_step(clinic_window: ClinicWindow) -> None:
    meets(clinic_window, Arrival(steps=(Step.PASSWORD, Step.STATEMENT)))
    clinic_window.window.prefer(Preferences(language="ar"))
    page = cast("StepsPage", clinic_window.window.centralWidget())
    assert page.isRightToLeft()
    page.fields.fields["password"].line.setText(OWN)
    page.fields.fields["again"].line.setText(OWN)
    page.go.click()
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.chosen == [OWN])
    clinic_window.qtbot.waitUntil(lambda: not page.fields.isVisible())


@pytest.mark.req("REQ-209")
def test_a_person_at_work_changes_the_password_with_the_present_one_and_goes_on_where_they_were(
    clinic_window: ClinicWindow,
) -> None:
    place = Address("casebook", "s-1", "V_W4", 1, "VS", 1, "", "PULSE")
    clinic_window.comes_in().go(place)
    line = clinic_window.bench.pages["casebook"].line
    line.setText("84")
    clinic_window.frame.password_wanted.emit()
    page = cast("StepsPage", clinic_window.window.centralWidget())
    clinic_window.qtbot.waitUntil(page.fields.fields["current"].line.hasFocus)
    for text in ("not the one", OWN, OWN):
        types(text)
    clinic_window.qtbot.waitUntil(lambda: bool(page.fields.questions["current"].refused))
    page.fields.fields["current"].line.setText(PASSWORDS["rania"])
    page.go.click()
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.chosen == [OWN])
    assert clinic_window.frame.address == place
    assert clinic_window.bench.pages["casebook"].line.text() == "84"
    clinic_window.frame.password_wanted.emit()
    page = cast("StepsPage", clinic_window.window.centralWidget())
    page.out.click()
    assert clinic_window.frame.address == place


def test_everything_on_a_step_has_words_for_whoever_does_not_see_it(clinic_window: ClinicWindow) -> None:
    page = meets(clinic_window, Arrival(steps=(Step.STATEMENT,)))
    clinic_window.qtbot.waitUntil(page.go.hasFocus)
    assert STATEMENT_TEXT in page.go.accessibleDescription()
    assert all(
        label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.pixmap().isNull()
    )
