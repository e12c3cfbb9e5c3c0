"""The Today page on the screen, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.ledger.keys import FormKey, Scope
from crfapp.present.address import Address
from crfapp.present.board import Board
from crfapp.present.today_page import TodayPage
from crfapp.ui.today import TodayWindowPage
from crfapp.work.cases import Topic
from crfapp.work.locking import AskUnlock, DeclineUnlock
from tests.support.clinic import Clinic
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.playing import shipped_study
from tests.support.signing_ward import HADDAD, MANAGER, SigningWard
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.ui.lists.table_card import TableRow

Shown = tuple[Clinic, TodayWindowPage, ShellAlone]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    dress_application()
    clinic = Clinic(shipped_study("nct06813027"))
    at = workplace(clinic)
    shell = ShellAlone()
    page = TodayWindowPage(TodayPage(at, Board(at)), shell, at.texts)
    put_on_screen(qtbot, page)
    return clinic, page, shell


def test_an_empty_site_offers_the_first_step(shown: Shown) -> None:
    clinic, page, shell = shown
    assert page.body.empty.isVisible()
    QTest.mouseClick(page.body.empty.button, Qt.MouseButton.LeftButton)
    page.refresh({Topic.SUBJECTS})
    assert [to.page for to in shell.went] == ["casebook"]
    assert not page.body.empty.isVisible()
    assert len(page.body.cards["visits"].rows) == 1
    assert clinic.ledger.links[-1].kind == "subject-enrolled"


def test_lines_are_walked_with_arrows_and_opened_with_enter(shown: Shown) -> None:
    clinic, page, shell = shown
    first, second = clinic.enrol(), clinic.enrol()
    page.refresh({Topic.SUBJECTS})
    rows = page.body.cards["visits"].rows
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is rows[1]
    QTest.keyClick(rows[1], Qt.Key.Key_Return)
    assert [to.subject for to in shell.went] == [second]
    QTest.keyClick(rows[1], Qt.Key.Key_Up)
    QTest.keyClick(rows[0], Qt.Key.Key_Return)
    assert shell.went[-1].subject == first


def test_a_finding_is_read_out_whole_and_opens_at_its_item(shown: Shown) -> None:
    clinic, page, shell = shown
    key = FormKey(*clinic.start(clinic.enrol(), "V_SCR"), "VS", 1)
    clinic.enter(key, VSPERF="Y")
    clinic.enter(key, PULSE_VSORRES="172")
    page.refresh({Topic.ANSWERS})
    rows = page.body.cards["findings"].rows
    row = next(row for row in rows if "Pulse" in row.accessibleName())
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert (shell.went[-1].form, shell.went[-1].item) == ("VS", "PULSE_VSORRES")


def test_the_keyboard_stays_where_it_is_when_things_change_elsewhere(shown: Shown) -> None:
    clinic, page, _ = shown
    clinic.enrol()
    clinic.enrol()
    page.refresh({Topic.SUBJECTS})
    row = page.body.cards["visits"].rows[1]
    row.setFocus()
    clinic.enrol()
    page.refresh({Topic.SUBJECTS})
    assert QApplication.focusWidget() is row
    assert len(page.body.cards["visits"].rows) == 3


def test_a_hidden_page_is_not_worked_out_until_it_is_shown(shown: Shown) -> None:
    clinic, page, _ = shown
    page.widget.hide()
    clinic.enrol()
    page.refresh({Topic.SUBJECTS})
    assert page.body.cards["visits"].rows == []
    assert page.badge() == 1
    page.widget.show()
    page.shown()
    assert len(page.body.cards["visits"].rows) == 1


@pytest.mark.parametrize(("language", "scale"), [("ar", 1.0), ("de", 1.5)])
def test_other_languages_and_sizes_keep_every_subject_number_whole(
    qtbot: QtBot, language: str, scale: float
) -> None:
    dress_application(language, scale)
    clinic = Clinic(shipped_study("nct06813027"))
    clinic.enrol()
    at = workplace(clinic, language)
    page = TodayWindowPage(TodayPage(at, Board(at)), ShellAlone(), at.texts)
    put_on_screen(qtbot, page)
    card = page.body.cards["visits"]
    _, wide = card.spans(card.width())[1]
    assert wide >= card.rows[0].fontMetrics().horizontalAdvance("JO01-001")
    dress_application()


@pytest.mark.req("REQ-607")
def test_a_wish_to_unlock_waits_here_for_the_investigator_and_leads_to_where_it_is_decided(
    qtbot: QtBot,
) -> None:
    dress_application()
    ward, shell = SigningWard(), ShellAlone()
    ward.fill()
    scope = Scope(*ward.dm)
    ward.sign(scope, "REVIEWED")
    ward.verify(ward.dm, "W")
    ward.lock(scope)
    at = workplace(ward, "en", HADDAD)
    page = TodayWindowPage(TodayPage(at, Board(at)), shell, at.texts)
    ward.bus.listen(lambda outcome: page.refresh(outcome.topics))
    put_on_screen(qtbot, page)

    def wishes() -> list[TableRow]:
        return [row for row in page.body.cards["owed"].rows if "open again" in row.accessibleName()]

    assert not wishes()
    ward.bus.send(AskUnlock(scope=scope, reason="a value is wrong"), MANAGER)
    qtbot.waitUntil(lambda: len(wishes()) == 1)
    (wish,) = wishes()
    assert "a value is wrong" in wish.accessibleName()
    wish.setFocus()
    QTest.keyClick(wish, Qt.Key.Key_Return)
    assert shell.went == [Address("signing")]
    nurse = workplace(ward, "en")
    assert not [line for line in TodayPage(nurse, Board(nurse)).view().owed if "open again" in line.title]
    ward.bus.send(DeclineUnlock(scope=scope, reason="the chart says the same"), HADDAD)
    qtbot.waitUntil(lambda: not wishes())
