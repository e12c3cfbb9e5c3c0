"""The Audit page and the form as it was, on the screen and by keyboard."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crfapp.exchange.site_data import Snapshot
from crfapp.form.graph import Cell
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.present.as_it_was import AsItWas
from crfapp.present.audit_page import AuditPage
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.texts import ISOLATES
from crfapp.present.trail_export import TrailExport
from crfapp.ui.audit import AuditWindowPage, PastWindowPage
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.jobs import JobRunner
from crfapp.ui.widgets.message import LinkButton
from crfapp.work.cases import Topic
from tests.support.memory_trail import MemoryTrail
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.spoken import without_name, without_ring
from tests.support.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from crfapp.present.lane import Lane

WAIT_MS = 20_000


class Desk:
    """The page with what it stands on."""

    def __init__(self, folder: Path) -> None:
        dress_application()
        self.ward = ward = Ward()
        ward.enter(ward.dm, SEX="F", AGE="70")
        ward.clock.later(minutes=5)
        ward.enter(ward.dm, AGE="60", reason="Typing error")
        self.at = workplace(ward)
        self.trail = MemoryTrail(ward.ledger)
        self.runner = JobRunner()
        lane = cast("Lane", self.runner.lane(self.runner))
        self.shell = ShellAlone(lane)
        self.export = TrailExport(self.at, lane, self.snapshots)
        presenter = AuditPage(self.at, lane, self.trail)
        self.page = AuditWindowPage(presenter, self.export, self.shell, self.at.texts, folder)
        self.past = PastWindowPage(AsItWas(self.at, self.trail), self.shell, self.at.texts)

    @contextmanager
    def snapshots(self) -> Iterator[Snapshot]:
        yield Snapshot(self.ward.ledger.tables, MemoryEvents(self.ward.ledger))

    def look_for(self, **typed: str) -> None:
        """Type into the fields of the filter, and Enter."""
        lines = self.page.body.filters.lines
        for name, text in typed.items():
            lines[name].setFocus()
            lines[name].clear()
            QTest.keyClicks(lines[name], text)
            QTest.keyClick(lines[name], Qt.Key.Key_Return)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    put_on_screen(qtbot, made.page)
    yield made
    made.runner.stop()


def spoken(widget: QWidget) -> str:
    return widget.accessibleName().translate(ISOLATES)


@pytest.mark.req("REQ-112")
def test_a_search_by_keyboard_ends_at_the_line_and_the_line_says_it_all(desk: Desk) -> None:
    desk.look_for(words="typing")
    body = desk.page.body
    assert body.list.title.text() == "1 event"
    [row] = body.list.rows
    for part in (
        "5 Jan 2025",
        "Rania Haddad",
        "nurse",
        "JO01-001",
        "Age",
        "70 years → 60 years",
        "Typing error",
    ):
        assert part in spoken(row), part
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert not body.detail.hint.isVisible()
    QTest.mouseClick(body.detail.go, Qt.MouseButton.LeftButton)
    QTest.mouseClick(body.detail.was, Qt.MouseButton.LeftButton)
    assert [to.page for to in desk.shell.went] == ["casebook", "past"]
    assert desk.shell.went[0].item == "AGE"


def test_what_names_nothing_is_said_at_its_field(desk: Desk) -> None:
    desk.look_for(begin="soon")
    question = desk.page.body.filters.questions["begin"]
    assert "2025-01-31" in question.refused
    desk.look_for(begin="2025-01-05")
    assert question.refused == ""


@pytest.mark.req("REQ-113")
def test_a_question_is_asked_and_its_review_recorded(desk: Desk, qtbot: QtBot) -> None:
    body = desk.page.body
    qtbot.waitUntil(lambda: body.questions["cleared"].text().endswith("· 0"), timeout=WAIT_MS)
    QTest.mouseClick(body.questions["cleared"], Qt.MouseButton.LeftButton)
    assert body.questions["cleared"].isChecked()
    assert body.nothing.isVisible()
    QTest.keyClick(body.review.finding, Qt.Key.Key_Return)
    assert body.review.question.refused
    QTest.keyClicks(body.review.finding, "nothing was taken away")
    QTest.keyClick(body.review.finding, Qt.Key.Key_Return)
    assert body.review.done.isVisible()
    assert desk.ward.records()[-1].event.kind == "trail-reviewed"


@pytest.mark.req("REQ-110")
def test_the_file_is_written_on_the_lane(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    body = desk.page.body
    desk.export.export(tmp_path / "t.csv", "csv", desk.page._presenter.wanted, "all of it")
    assert not body.file.whole[0].isEnabled()
    qtbot.waitUntil(lambda: body.file.result.isVisible(), timeout=WAIT_MS)
    assert "t.csv" in body.file.result.text()
    assert (tmp_path / "t.csv").exists()


def test_another_order_can_be_chosen(desk: Desk) -> None:
    desk.look_for(words="")
    newest = spoken(desk.page.body.list.rows[0])
    order = desk.page.body.order
    order.line.setFocus()
    order.write("Oldest first")
    order.report()
    assert "Site founded" in spoken(desk.page.body.list.rows[0])
    assert spoken(desk.page.body.list.rows[-1]) == newest


@pytest.mark.req("REQ-507")
def test_how_to_read_the_trail_opens_and_closes(desk: Desk) -> None:
    guide, before = desk.page.body.guide, len(desk.ward.ledger.links)
    assert not any(words.isVisible() for words in guide.sentences)
    for shown in (True, False, True):
        QTest.mouseClick(guide.button, Qt.MouseButton.LeftButton)
        assert all(words.isVisible() is shown for words in guide.sentences)
    assert len(desk.ward.ledger.links) == before


def test_every_control_has_a_name_and_a_ring(desk: Desk) -> None:
    desk.page.refresh({Topic.ANSWERS})
    desk.page.shown()
    assert without_name(desk.page.body) == []
    assert without_ring(desk.page.body) == []


def test_the_past_is_read_question_by_question_and_left_again(desk: Desk, qtbot: QtBot) -> None:
    past = desk.past
    widget = put_on_screen(qtbot, past)
    desk.look_for(words="typing")
    [line] = desk.page._presenter.view.lines
    assert line.past is not None
    past.open(line.past)
    question = past.body.form.question_in_focus()
    assert question is not None
    assert question.cell == Cell("", "AGE")
    assert question.editor.raw() == "60"
    assert "5 Jan 2025, 09:15:00" in past.body.banner.accessibleName()
    QTest.mouseClick(past.body.before, Qt.MouseButton.LeftButton)
    question = past.body.form.question_in_focus()
    assert question is not None
    assert question.editor.raw() == "70"
    assert without_name(widget) == []
    assert past.body.form.head.stops() == [], "nothing can be done to what was"
    QTest.mouseClick(past.body.now, Qt.MouseButton.LeftButton)
    assert desk.shell.went[-1] == replace(line.past, page="casebook", moment="")
    desk.shell.went.clear()
    QTest.keyClick(question.editor, Qt.Key.Key_Escape)
    assert desk.shell.went == [replace(line.past, page="casebook", moment="")]


@pytest.mark.req("REQ-111")
def test_a_line_of_the_history_leads_to_the_form_as_it_was(desk: Desk, qtbot: QtBot) -> None:
    page = CasebookWindowPage(CasebookPage(desk.at), desk.shell, desk.at.texts)
    put_on_screen(qtbot, page)
    page.view.show_subject(desk.ward.subject)
    page.view.open_form(desk.ward.dm, Cell("", "AGE"))
    qtbot.waitUntil(lambda: page.view.inspector.shown is not None, timeout=WAIT_MS)
    QTest.keyClick(page.view, Qt.Key.Key_F3)
    links = page.view.inspector.findChildren(LinkButton)
    assert {link.text() for link in links} == {"As it was then"}
    links[0].click()
    [to] = desk.shell.went
    assert (to.page, to.form, to.item) == ("past", "DM", "AGE")
    assert to.moment.startswith("ws-test:")
