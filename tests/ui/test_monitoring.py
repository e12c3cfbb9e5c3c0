"""A monitor at work: answers beside their source, by keyboard; and who only reads how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from crfapp.bootstrap.papers import put_booklet
from crfapp.ledger.events import PaperMade
from crfapp.ledger.state import ItemRow, MonitoringRow, QueryRow, SubjectRow
from crfapp.present.monitoring_board import MonitoringBoard
from crfapp.present.monitoring_page import MonitoringPage
from crfapp.present.monitoring_visits import MonitoringVisits
from crfapp.ui.monitoring import MonitoringWindowPage
from crfapp.work.roles import Actor, Role
from tests.support.page_on_screen import dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.source_ward import WEBER, SourceWard

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.form.graph import Cell

BRANDT = Actor("brandt", "Jonas Brandt", Role.DATA_MANAGER, "Sponsor")


def here() -> QWidget:
    """Where the keyboard is."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


class Desk:
    """The page of one person on a ward with two forms to compare."""

    def __init__(self, qtbot: QtBot, folder: Path, actor: Actor = WEBER, language: str = "en") -> None:
        dress_application(language)
        self.ward = ward = SourceWard()
        self.row = ward.area()
        ward.enter(ward.dm, W="65.2", H="164", AGE="40")
        ward.enter(ward.ld, self.row, DEPTH="3")
        self.qtbot = qtbot
        self.at = workplace(ward, language, actor)
        self.folder = folder
        self.visits = MonitoringVisits(self.at, lambda: "c0ffee" * 10, put_booklet)

    def open(self) -> MonitoringWindowPage:
        presenter = MonitoringPage(self.at, MonitoringBoard(self.at))
        self.page = MonitoringWindowPage(presenter, self.visits, self.at.texts, self.folder)
        self.ward.bus.listen(lambda outcome: self.page.refresh(outcome.topics))
        put_on_screen(self.qtbot, self.page)
        return self.page

    def press(self, *keys: str) -> None:
        """Type where the keyboard is."""
        for key in keys:
            if key.isascii():
                QTest.keyClicks(here(), key)
            else:  # QTest types ASCII alone
                pressed = QKeyEvent.Type.KeyPress
                QApplication.sendEvent(here(), QKeyEvent(pressed, 0, Qt.KeyboardModifier.NoModifier, key))

    @property
    def cell(self) -> Cell | None:
        return self.page.body.compare.list.cell

    def states(self) -> dict[str, str]:
        return {one.key.item: one.state for one in self.ward.planned()}

    def refusal(self) -> str:
        message = self.page.body.compare.message
        return message.text.text() if message.isVisible() else ""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path)


@pytest.mark.req("REQ-604")
def test_v_verifies_goes_on_and_opens_the_next_form_by_itself(desk: Desk) -> None:
    page = desk.open()
    compare = page.body.compare
    assert (page.address().form, desk.cell, compare.left.text()) == ("DM", ("", "AGE"), "0 of 3 planned")
    desk.press("v")
    assert (desk.cell, compare.left.text()) == (("", "W"), "1 of 3 planned")
    desk.press("v", "v")
    assert (page.address().form, desk.cell) == ("LD", (desk.row, "DEPTH"))
    desk.press("v")
    assert set(desk.states().values()) == {"done"}
    assert compare.left.text() == "Nothing else waits to be compared."


@pytest.mark.req("REQ-604")
def test_the_keys_of_an_arabic_keyboard_do_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path, language="ar")
    desk.open()
    desk.press("ر", "س")
    assert (desk.states()["AGE"], desk.states()["W"], desk.cell) == ("done", "planned", ("", "H"))


@pytest.mark.req("REQ-605")
def test_what_changed_since_it_was_verified_stands_first_then_and_now(desk: Desk, qtbot: QtBot) -> None:
    desk.ward.verify("W")
    desk.ward.enter(desk.ward.dm, W="62.5", reason="digits swapped")
    page = desk.open()
    first = page.body.worklist.list.lines.lines[0]
    assert (first.status, first.note) == ("changed", "W · changed since verified")
    assert page.badge() == 1
    line = next(line for line in page.body.compare.list.lines.lines if line.cell == ("", "W"))
    plain = line.then.replace("\u2068", "").replace("\u2069", "")
    assert plain.startswith("verified as 65.2 kg by Greta Weber, 5 Jan 2025")
    assert plain.endswith(": “digits swapped”")
    assert "changed by Rania Haddad" in plain
    assert desk.cell == ("", "W")
    desk.press("v")
    assert desk.states()["W"] == "done"
    qtbot.waitUntil(lambda: page.body.worklist.list.lines.lines[0].status == "expected")
    assert page.badge() == 0


@pytest.mark.req("REQ-604", "REQ-602")
def test_q_asks_the_site_and_what_is_asked_about_cannot_be_verified(desk: Desk, qtbot: QtBot) -> None:
    page = desk.open()
    desk.press("q")
    desk.press("The chart says 41 years")
    QTest.keyClick(here(), Qt.Key.Key_Return)
    (query,) = desk.ward.ledger.tables.find(QueryRow)
    assert (query.item, query.raised_by, query.state) == ("AGE", "weber", "open")
    assert (desk.states()["AGE"], desk.cell) == ("queried", ("", "W"))
    page.body.compare.list.setFocus()
    QTest.keyClick(page.body.compare.list, Qt.Key.Key_Up)
    assert not page.body.compare.verify.isEnabled()
    desk.press("v")
    assert "query about" in desk.refusal()
    assert desk.states()["AGE"] == "queried"
    inspector = page.body.inspector
    inspector.show_tab("queries")
    qtbot.waitUntil(lambda: inspector.asking is not None and len(inspector.asking.threads) == 1)
    inspector.said.emit("close", query.query, "The chart was read wrongly")
    assert QApplication.focusWidget() is page.body.compare.list
    desk.press("v")
    assert desk.states()["AGE"] == "done"


@pytest.mark.req("REQ-606")
def test_s_leaves_it_for_later_and_it_stays_planned(desk: Desk) -> None:
    page = desk.open()
    desk.press("s", "s", "v")
    assert desk.states() == {"AGE": "planned", "DEPTH": "planned", "H": "done", "W": "planned"}
    assert page.address().form == "LD"
    desk.press("v")
    assert page.body.compare.left.text() == "Nothing else waits to be compared."
    page.shown()  # on coming back, what was passed over is offered again
    page.open_form(desk.ward.dm, None)
    assert desk.cell == ("", "AGE")


@pytest.mark.req("REQ-604")
def test_a_form_is_verified_by_its_list_and_only_what_stands_in_it(desk: Desk) -> None:
    page = desk.open()
    desk.press("v")
    QTest.mouseClick(page.body.compare.form, Qt.MouseButton.LeftButton)
    panel = page.body.compare.prompt
    assert panel is not None
    assert QApplication.focusWidget() is panel.go  # type: ignore[attr-defined]  # the list of a form
    QTest.keyClick(here(), Qt.Key.Key_Space)
    assert desk.states() == {"AGE": "done", "DEPTH": "planned", "H": "done", "W": "done"}
    assert page.address().form == "LD"


@pytest.mark.req("REQ-604")
def test_a_mark_is_taken_back_with_a_reason(desk: Desk) -> None:
    page = desk.open()
    desk.press("v")
    QTest.keyClick(page.body.compare.list, Qt.Key.Key_Up)
    assert page.body.compare.take.isVisible()
    QTest.mouseClick(page.body.compare.take, Qt.MouseButton.LeftButton)
    desk.press("looked at the wrong page")
    QTest.keyClick(here(), Qt.Key.Key_Return)
    assert desk.states()["AGE"] == "planned"
    assert QApplication.focusWidget() is page.body.compare.list


@pytest.mark.req("REQ-602", "REQ-505")
def test_no_key_of_the_page_changes_an_answer(desk: Desk) -> None:
    page = desk.open()
    before = list(desk.ward.ledger.tables.find(ItemRow))
    for text in ("1", "n", "t", "=", "x", "Y"):
        desk.press(text)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_Return):
        QTest.keyClick(page.body.compare.list, key)
    assert not [line for line in page.body.compare.findChildren(QLineEdit) if line.isVisible()]
    assert list(desk.ward.ledger.tables.find(ItemRow)) == before


@pytest.mark.req("REQ-505", "REQ-606")
def test_who_does_not_verify_reads_how_far_it_has_come(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path, BRANDT)
    desk.ward.verify("W")
    page = desk.open()
    assert page.body.at == "progress"
    qtbot.waitUntil(lambda: page.body.progress.places.rows[0].accessibleName().startswith("Site, To compare"))
    assert page.body.progress.places.rows[0].accessibleName() == (
        "Site, To compare 4, Verified 1, Changed 0, Queries 0"
    )
    (subject,) = page.body.progress.subjects.rows
    QTest.keyClick(subject, Qt.Key.Key_Space)
    assert (page.body.at, page.address().form) == ("compare", "DM")
    desk.press("v")
    assert "does not verify" in desk.refusal()
    assert desk.states()["AGE"] == "planned"
    for button in (page.body.compare.verify, page.body.compare.form, page.body.panel):
        assert not button.isVisible()


@pytest.mark.req("REQ-606")
def test_progress_names_the_site_the_subject_and_its_visits(desk: Desk, qtbot: QtBot) -> None:
    page = desk.open()
    desk.press("v")
    qtbot.waitUntil(lambda: "Verified 1" in page.body.progress.places.rows[0].accessibleName())
    told = [row.accessibleName() for row in page.body.progress.places.rows]
    assert told == [
        "Site, To compare 4, Verified 1, Changed 0, Queries 0",
        "\u2068JO01-001\u2069, To compare 4, Verified 1, Changed 0, Queries 0",
        "V_SCR, To compare 4, Verified 1, Changed 0, Queries 0",
    ]


# ---- a monitor's visit


@pytest.mark.req("REQ-604", "REQ-512")
def test_a_visit_begins_ends_and_leaves_a_record_on_paper(desk: Desk, tmp_path: Path) -> None:
    page = desk.open()
    panel = page.body.panel
    QTest.mouseClick(panel.ask, Qt.MouseButton.LeftButton)
    desk.press("first routine visit")
    QTest.keyClick(here(), Qt.Key.Key_Return)
    assert panel.title.text() == "Monitoring visit 1"
    page.body.compare.list.setFocus()
    desk.press("v", "v")
    page.body.compare.list.setFocus()
    QTest.mouseClick(panel.ask, Qt.MouseButton.LeftButton)
    desk.press("One consent is missing")
    QTest.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    (row,) = desk.ward.ledger.tables.find(MonitoringRow)
    assert (row.verified, row.points, bool(row.ended)) == (2, "One consent is missing", True)
    record = desk.visits.record(row.monitoring)
    (line,) = record.lines
    assert (line.what, line.where.rpartition(" · ")[2], line.words) == ("verified: 2", "DM", "Age; W")
    page.body.turn("visits")
    QTest.mouseClick(page.body.visits.table.rows[0], Qt.MouseButton.LeftButton)
    assert page.body.visits.record.acts.lines.lines == record.lines
    assert record.head == "c0ffeec0ffee"
    target = tmp_path / desk.visits.file_name(row.monitoring)
    assert desk.visits.to_paper(row.monitoring, target) == ""
    assert target.read_bytes().startswith(b"%PDF")
    paper = desk.ward.ledger.links[-1]
    assert paper.kind == PaperMade.kind
    assert "already" in desk.visits.to_paper(row.monitoring, target), "a file is never overwritten"


def test_what_is_not_there_yet_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    for table in (ItemRow, SubjectRow):
        desk.ward.ledger.tables.rows[table].clear()
    desk.ward.ledger.tables.under.clear()
    page = desk.open()
    assert page.body.worklist.empty.isVisible()
    assert page.body.compare.empty.isVisible()
    assert page.body.visits.nothing.text().startswith("No monitoring visit")
