"""People, access, rules and duties on the screen, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.present.address import Address
from crfapp.ui.administration import AdministrationWindowPage
from crfapp.ui.people import PeopleWindowPage
from crfapp.ui.people.delegation_card import DelegationSection
from tests.support.page_on_screen import dress_application, put_on_screen
from tests.support.paper_vault import SECRET
from tests.support.spoken import without_name, without_ring
from tests.support.staff import Staff

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

TAB, ENTER, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def staff(qapp: object) -> Staff:
    assert qapp is not None
    dress_application()
    return Staff()


def administration(staff: Staff, qtbot: QtBot) -> AdministrationWindowPage:
    at = staff.at(staff.admin)
    people, access = staff.people(staff.admin), staff.access(staff.admin)
    page = AdministrationWindowPage(staff.administration(), people, access, staff.rules(), at.texts)
    put_on_screen(qtbot, page)
    return page


def people_page(staff: Staff, qtbot: QtBot) -> PeopleWindowPage:
    at = staff.at(staff.lina)
    page = PeopleWindowPage(
        staff.log(staff.lina), staff.people(staff.lina), staff.access(staff.lina), at.texts
    )
    put_on_screen(qtbot, page)
    return page


def here() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def presses(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(here(), key)


def types(text: str) -> None:
    QTest.keyClicks(here(), text)


@pytest.mark.req("REQ-211")
def test_a_password_is_reset_by_keyboard_and_its_secret_goes_when_the_person_has_it(
    staff: Staff, qtbot: QtBot
) -> None:
    page = administration(staff, qtbot)
    section = page.body.people
    row = next(n for n, line in enumerate(section._presenter.view.lines) if line.login == "omar")
    section.list.rows[row].setFocus()
    presses(ENTER)
    reset = section.card.act("reset")
    assert reset is not None
    while not reset.hasFocus():
        presses(TAB)
    presses(SPACE)
    types("forgot it over the holidays")
    presses(ENTER)
    form = section.card.form
    assert form.secret.isVisible()
    assert form.secret.line.text() == SECRET
    assert form.secret.copy.hasFocus()
    presses(SPACE)
    assert QApplication.clipboard().text() == SECRET
    presses(TAB, SPACE)
    assert not form.secret.isVisible()
    assert form.secret.line.text() == ""


@pytest.mark.req("REQ-206")
def test_duties_are_delegated_and_ended_by_keyboard(staff: Staff, qtbot: QtBot) -> None:
    page = people_page(staff, qtbot)
    page.delegation.delegate.setFocus()
    presses(SPACE)
    types("2")
    form = page.delegation.form
    assert form.questions["login"].control.isAncestorOf(here())
    while not form.go.hasFocus():
        presses(TAB)
    presses(SPACE)
    types("3")
    while not form.go.hasFocus():
        presses(TAB)
    presses(SPACE)
    assert [line.duties for line in page.delegation._presenter.view.lines] == ["record answers"]
    assert form.done.isVisible()
    qtbot.waitUntil(page.delegation.list.rows[0].isVisible)
    page.delegation.list.rows[0].setFocus()
    presses(ENTER)
    assert form.questions["end"].control.hasFocus()
    here().clear()  # type: ignore[attr-defined]  # a line
    types("4 Jan 2025")
    presses(ENTER)
    types("on leave")
    presses(ENTER)
    assert [line.state for line in page.delegation._presenter.view.lines] == ["ended"]


@pytest.mark.req("REQ-206")
def test_a_new_line_asks_for_its_signature_and_one_that_was_not_signed_can_be_signed_later(
    staff: Staff, qtbot: QtBot
) -> None:
    asked: list[str] = []

    def not_now(delegation: str, words: str, over: QWidget) -> bool:
        assert over.isVisible()
        asked.append(f"{delegation and 'line'} {words}")
        return False

    section = DelegationSection(staff.at(staff.lina).texts, staff.log(staff.lina), not_now)
    qtbot.addWidget(section)
    section.resize(1000, 700)
    section.show()
    assert not section.sign.isVisible()
    section.delegate.click()
    section.form.wanted.emit({"login": "omar"})
    section.form.wanted.emit({"duties": "RECORD", "start": "2025-01-05", "end": ""})
    assert asked == ["line Omar Aziz: record answers"]
    assert section.sign.isVisible()
    section.sign.click()
    assert len(asked) == 2


@pytest.mark.req("REQ-208")
def test_a_rule_that_is_refused_has_the_keyboard(staff: Staff, qtbot: QtBot) -> None:
    page = administration(staff, qtbot)
    page.open(Address("administration", item="rules"))
    page.body.rules.rules.change.setFocus()
    presses(SPACE)
    form = page.body.rules.rules.form
    line = form.questions["idle_minutes"].control
    line.setFocus()
    here().clear()  # type: ignore[attr-defined]  # a line
    types("60")
    form.questions["reason"].control.setFocus()
    types("a quiet room")
    presses(ENTER)
    assert form.questions["idle_minutes"].refused == "From 1 to 15."
    assert line.hasFocus()
    here().clear()  # type: ignore[attr-defined]  # a line
    types("5")
    form.questions["reason"].control.setFocus()
    presses(ENTER)
    assert form.done.isVisible()
    assert page.body.rules.versions.isVisible()


@pytest.mark.req("REQ-204")
def test_a_review_that_is_due_stands_above_the_day_and_goes_when_it_is_done(
    staff: Staff, qtbot: QtBot
) -> None:
    staff.clock.later(days=91)
    page = administration(staff, qtbot)
    page.open(Address("administration", item="access"))
    access = page.body.access
    assert access.due.isVisible()
    assert page.address() == Address("administration", item="access")
    access.day.setFocus()
    types("6 Jan 2025")
    presses(ENTER)
    assert "6 January 2025" in access.list.title.text()
    assert len(access.list.rows) == 5
    access.review.setFocus()
    presses(SPACE, ENTER)
    assert not access.due.isVisible()
    assert access.form.done.isVisible()


def test_the_investigator_sees_the_day_but_no_review(staff: Staff, qtbot: QtBot) -> None:
    page = people_page(staff, qtbot)
    page.open(Address("people", item="access"))
    assert not page.access.review.isVisible()
    page.open(Address("people", row="omar", item="people"))
    assert page.people.card.isVisible()
    assert page.body.section == "people"


@pytest.mark.parametrize("section", ["people", "access", "rules", "site"])
def test_everything_in_administration_has_a_name_and_shows_the_keyboard(
    staff: Staff, qtbot: QtBot, section: str
) -> None:
    page = administration(staff, qtbot)
    page.open(Address("administration", item=section))
    if section == "people":
        page.open(Address("administration", row="omar", item=section))
        page.body.people._begin("change")
    assert without_name(page.widget) == []
    assert without_ring(page.widget) == []


@pytest.mark.parametrize("section", ["delegation", "people", "access"])
def test_everything_on_the_people_page_has_a_name_and_shows_the_keyboard(
    staff: Staff, qtbot: QtBot, section: str
) -> None:
    page = people_page(staff, qtbot)
    page.open(Address("people", item=section))
    if section == "delegation":
        page.delegation.delegate.click()
    assert without_name(page.widget) == []
    assert without_ring(page.widget) == []
