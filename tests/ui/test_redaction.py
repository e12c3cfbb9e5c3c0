"""A nurse finds a name in the records and asks; an investigator decides; all of it by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crfapp.ledger.state import ItemRow, RedactionRow
from crfapp.present.address import Address
from crfapp.present.redaction_page import RedactionPage
from crfapp.ui.redaction import RedactionWindowPage
from crfapp.work.roles import Actor, Role
from tests.support.examples.redaction import NAME
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KHALIL = Actor("khalil", "Dr Khalil", Role.INVESTIGATOR, "Cell Therapy Center")


@pytest.fixture
def ward() -> Ward:
    dress_application()
    made = Ward()
    made.enter(made.dm, SEX="F")
    made.enter(made.dm, CB=NAME)
    return made


def page_of(ward: Ward, actor: Actor | None = None) -> RedactionWindowPage:
    at = workplace(ward, actor=actor)
    page = RedactionWindowPage(RedactionPage(at), ShellAlone(), at.texts)
    ward.bus.listen(lambda outcome: page.refresh(outcome.topics))
    return page


def type_in_focus(text: str) -> None:
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def words_on(page: RedactionWindowPage) -> str:
    shown = [label.text() for label in page.widget.findChildren(QLabel) if label.isVisible()]
    tables = (page.body.ask.found, page.body.decided, *(card.held for card in page.body.cards.values()))
    rows = [row.accessibleName() for table in tables if table.isVisible() for row in table.rows]
    return "\n".join([*shown, *rows])


@pytest.mark.req("REQ-108")
def test_asked_for_and_decided_without_the_mouse(qtbot: QtBot, ward: Ward) -> None:
    nurse = page_of(ward)
    put_on_screen(qtbot, nurse)
    type_in_focus("JO01-001")
    type_in_focus("ahmad")
    assert NAME in words_on(nurse)
    assert "1 entry would become unreadable." in words_on(nurse)
    nurse.body.ask.reason.setFocus()
    type_in_focus("a name was typed")
    assert not nurse.body.ask.found.isVisible()
    [card] = nurse.body.cards.values()
    assert not card.agree.isVisible()  # nobody agrees to their own wish
    assert "An investigator decides this." in words_on(nurse)
    assert nurse.badge() == 0

    investigator = page_of(ward, KHALIL)
    put_on_screen(qtbot, investigator)
    assert investigator.badge() == 1
    [action] = investigator.actions()
    assert action.detail == "1 wish waits for you"
    [card] = investigator.body.cards.values()
    investigator.body.ask.looked.emit("JO01-001", NAME)
    assert words_on(investigator).count(NAME) == 2
    QTest.mouseClick(card.agree, Qt.MouseButton.LeftButton)
    assert "A saved answer would change" in card.question.refused
    card.reason.setFocus()
    QTest.keyClicks(card.reason, "it is a name")
    card.agree.setFocus()
    QTest.keyClick(card.agree, Qt.Key.Key_Space)

    said = words_on(investigator)
    assert NAME not in said
    assert "made unreadable" in said
    assert "It can be read no more" in said
    assert investigator.badge() == 0
    assert NAME not in words_on(nurse)


@pytest.mark.req("REQ-108")
def test_left_as_it_is(qtbot: QtBot, ward: Ward) -> None:
    nurse = page_of(ward)
    put_on_screen(qtbot, nurse)
    row = ward.ledger.tables.get(ItemRow, *ward.dm, "", "CB")
    assert row is not None
    nurse.open(Address("redaction", subject=ward.subject, moment=f"{row.node}:{row.seq}", item="value"))
    assert NAME in words_on(nurse)
    nurse.body.ask.asked.emit("a name was typed")
    page = page_of(ward, KHALIL)
    put_on_screen(qtbot, page)
    [card] = page.body.cards.values()
    card.decided.emit(False, "that is a brand")
    assert "left as it is" in words_on(page)
    assert ward.value(ward.dm, "CB") == NAME
    assert [one.state for one in ward.ledger.tables.find(RedactionRow)] == ["declined"]


@pytest.mark.parametrize(
    ("number", "text", "place", "sentence"),
    [
        ("JO01-999", "ahmad", "number", "No subject has this number."),
        ("JO01-001", "ah", "text", "Type at least 4 letters of it."),
        ("JO01-001", "somebody else", "text", "No entry there holds this text."),
        ("", "ahmad", "text", "No entry there holds this text."),
    ],
)
def test_what_cannot_be_found_is_said_where_it_was_typed(
    qtbot: QtBot, ward: Ward, number: str, text: str, place: str, sentence: str
) -> None:
    page = page_of(ward)
    put_on_screen(qtbot, page)
    page.body.ask.looked.emit(number, text)
    question = {"number": page.body.ask.number_question, "text": page.body.ask.text_question}[place]
    assert question.refused == sentence
    assert not page.body.ask.found.isVisible()


def test_a_reason_that_repeats_the_text_is_refused_below_the_reason(qtbot: QtBot, ward: Ward) -> None:
    page = page_of(ward)
    put_on_screen(qtbot, page)
    page.body.ask.looked.emit("JO01-001", NAME)
    page.body.ask.asked.emit(f"{NAME} was typed")
    assert "repeats the very text" in page.body.ask.reason_question.refused
    assert NAME in words_on(page)  # what was found stays for the next attempt
