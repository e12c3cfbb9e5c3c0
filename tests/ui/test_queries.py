"""The page of queries on the screen, by keyboard: reading, answering, going there and back, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from crfapp.ledger.keys import Scope
from crfapp.ledger.state import QueryNoteRow, QueryRow
from crfapp.present.address import Address
from crfapp.present.queries_page import QueriesPage
from crfapp.ui.queries import QueriesWindowPage
from crfapp.ui.widgets import Words
from crfapp.work.cases import Topic
from crfapp.work.queries import AnswerQuery, CloseQuery, RaiseQuery
from crfapp.work.roles import Actor, Role
from tests.support.clinic import RANIA
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WEBER = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ward() -> Ward:
    """Three queries of the monitor, asked on different days, and one of a check."""
    dress_application()
    made = Ward()
    made.enter(made.dm, SEX="F", W="61.5", H="164", AGE="70")
    for item, days in (("W", 10), ("H", 10), ("SEX", 3)):
        made.bus.send(RaiseQuery(scope=Scope(*made.dm), item=item, text=f"Where is {item}?"), WEBER)
        made.clock.later(days=days)
    return made


class Page:
    def __init__(self, qtbot: QtBot, ward: Ward, actor: Actor) -> None:
        self.ward, self.shell = ward, ShellAlone()
        at = workplace(ward, actor=actor)
        self.page = QueriesWindowPage(QueriesPage(at), self.shell, at.texts)
        put_on_screen(qtbot, self.page)
        self.body = self.page.body

    def titles(self) -> list[str]:
        return [row.accessibleName().split(", ")[0] for row in self.body.rows.rows]

    def thread(self) -> list[str]:
        words = self.body.thread_box.findChildren(Words)
        return [one.text().replace("\u2068", "").replace("\u2069", "") for one in words if one.isVisible()]

    def states(self) -> dict[str, str]:
        return {row.item: row.state for row in self.ward.ledger.tables.find(QueryRow)}


def here() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def presses(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(here(), key, modifier)


@pytest.mark.req("REQ-601")
def test_what_waits_for_the_nurse_stands_oldest_first_with_its_thread(qtbot: QtBot, ward: Ward) -> None:
    shown = Page(qtbot, ward, RANIA)
    assert shown.page.badge() == 3
    assert shown.titles() == [
        "\u2068JO01-001\u2069 · W",
        "\u2068JO01-001\u2069 · H",
        "\u2068JO01-001\u2069 · Sex",
    ]
    assert "Where is W?" in shown.thread()
    presses(Qt.Key.Key_Down)
    assert "Where is H?" in shown.thread()
    ages = [row.accessibleName().split(", ")[-1] for row in shown.body.rows.rows]
    assert ages == ["23 days", "13 days", "3 days"]


@pytest.mark.req("REQ-601")
def test_an_answer_is_written_and_said_without_the_mouse_and_the_next_one_stands_there(
    qtbot: QtBot, ward: Ward
) -> None:
    shown = Page(qtbot, ward, RANIA)
    presses(Qt.Key.Key_Down)
    presses(Qt.Key.Key_F2)
    QTest.keyClicks(here(), "Measured twice")
    presses(Qt.Key.Key_Return, CTRL)
    assert shown.states() == {"W": "open", "H": "answered", "SEX": "open"}
    assert shown.page.badge() == 2
    assert "Where is SEX?" in shown.thread()
    assert here() is shown.body.rows.rows[1]


def test_a_refusal_stands_below_the_words_and_they_are_kept_while_one_reads_another(
    qtbot: QtBot, ward: Ward
) -> None:
    shown = Page(qtbot, ward, RANIA)
    presses(Qt.Key.Key_F2)
    QTest.keyClicks(here(), "ok")
    presses(Qt.Key.Key_Return, CTRL)
    assert any("too short" in words for words in shown.thread())
    presses(Qt.Key.Key_Escape)
    presses(Qt.Key.Key_Down)
    presses(Qt.Key.Key_Up)
    presses(Qt.Key.Key_F2)
    box = here()
    assert isinstance(box, QPlainTextEdit)
    assert box.toPlainText() == "ok"
    assert shown.states()["W"] == "open"


@pytest.mark.req("REQ-601")
def test_enter_goes_to_the_question_and_the_page_opens_at_it_again(qtbot: QtBot, ward: Ward) -> None:
    shown = Page(qtbot, ward, RANIA)
    presses(Qt.Key.Key_Down)
    presses(Qt.Key.Key_Return)
    went = shown.shell.went[0]
    assert (went.page, went.form, went.item) == ("casebook", "DM", "H")
    shown.page.open(Address("queries", *(went.subject, went.visit, went.visit_n, went.form, 1, "", "SEX")))
    shown.page.shown()
    assert "Where is SEX?" in shown.thread()
    QTest.mouseClick(shown.body.go, Qt.MouseButton.LeftButton)
    assert shown.shell.went[-1].item == "SEX"


def test_a_click_reads_and_does_not_go_away(qtbot: QtBot, ward: Ward) -> None:
    shown = Page(qtbot, ward, RANIA)
    QTest.mouseClick(shown.body.rows.rows[2], Qt.MouseButton.LeftButton)
    assert "Where is SEX?" in shown.thread()
    assert shown.shell.went == []


@pytest.mark.req("REQ-601")
def test_the_monitor_closes_what_was_answered_and_asks_again(qtbot: QtBot, ward: Ward) -> None:
    queries = {row.item: row.query for row in ward.ledger.tables.find(QueryRow)}
    for item in ("W", "H"):
        ward.send(AnswerQuery(query=queries[item], text=f"It is {item}"))
    shown = Page(qtbot, ward, WEBER)
    assert shown.page.badge() == 2  # what was answered waits for her
    presses(Qt.Key.Key_F2)
    presses(Qt.Key.Key_Return, CTRL)
    assert shown.states()["W"] == "closed"
    presses(Qt.Key.Key_F2)
    QTest.keyClicks(here(), "On which page?")
    again = next(b for b in shown.body.thread_box.findChildren(QWidget, "reopen") if b.isVisible())
    again.setFocus()
    presses(Qt.Key.Key_Space)
    assert shown.states()["H"] == "open"
    notes = ward.ledger.tables.find(QueryNoteRow, query=queries["H"])
    assert sorted(note.what for note in notes) == ["answered", "raised", "reopened"]
    assert shown.page.badge() == 0


def test_the_list_is_narrowed_by_state_words_who_asked_and_age(qtbot: QtBot, ward: Ward) -> None:
    shown = Page(qtbot, ward, RANIA)
    shown.body.states["open"].click()
    assert len(shown.titles()) == 4  # with what a check asks about the age
    menu = shown.body.asker.open_menu()
    next(action for action in menu.actions() if action.text() == "Asked by checks").trigger()
    menu.close()
    assert shown.titles() == ["\u2068JO01-001\u2069 · Age"]
    assert any("Between 18 and 65" in words for words in shown.thread())
    shown.page._narrow(asker="")
    presses(Qt.Key.Key_Slash)
    QTest.keyClicks(here(), "sex dm")
    presses(Qt.Key.Key_Return)
    assert shown.titles() == ["\u2068JO01-001\u2069 · Sex"]
    assert here() is shown.body.rows.rows[0]
    presses(Qt.Key.Key_Slash)
    presses(Qt.Key.Key_Escape)
    menu = shown.body.age.open_menu()
    next(action for action in menu.actions() if action.text() == "Older than 14 days").trigger()
    menu.close()
    assert shown.titles() == ["\u2068JO01-001\u2069 · Age", "\u2068JO01-001\u2069 · W"]


def test_the_list_follows_the_keyboard_to_its_end(qtbot: QtBot, ward: Ward) -> None:
    for count in range(20):
        ward.bus.send(RaiseQuery(scope=Scope(*ward.dm), item="W", text=f"Once more, {count}?"), WEBER)
    shown = Page(qtbot, ward, RANIA)
    presses(Qt.Key.Key_End)
    last = shown.body.rows.rows[-1]
    assert here() is last
    bottom = shown.body.area.viewport()
    qtbot.waitUntil(lambda: last.mapTo(bottom, last.rect().bottomLeft()).y() <= bottom.height())


def test_what_happened_elsewhere_is_shown_and_counted(qtbot: QtBot, ward: Ward) -> None:
    shown = Page(qtbot, ward, RANIA)
    query = min(ward.ledger.tables.find(QueryRow), key=lambda row: row.seq).query
    ward.send(AnswerQuery(query=query, text="It is right"))
    shown.page.refresh({Topic.QUERIES})
    assert (shown.page.badge(), len(shown.titles())) == (2, 2)


def test_what_is_closed_is_listed_quietly_and_says_how_long_it_took(qtbot: QtBot, ward: Ward) -> None:
    query = min(ward.ledger.tables.find(QueryRow), key=lambda row: row.seq).query
    ward.bus.send(CloseQuery(query=query, text="asked in error"), WEBER)
    shown = Page(qtbot, ward, RANIA)
    shown.body.states["closed"].click()
    assert [row.accessibleName().split(", ")[-2:] for row in shown.body.rows.rows] == [["closed", "23 days"]]
    assert not shown.body.grab().isNull()  # painted to the last cell
    assert "asked in error" in shown.thread()


def test_an_empty_list_says_so(qtbot: QtBot) -> None:
    dress_application()
    shown = Page(qtbot, Ward(), WEBER)
    assert shown.titles() == []
    assert "nothing here" in shown.body.empty.text()
    shown.body.states["me"].click()
    assert shown.body.empty.text() == "No query waits for you."
