"""Exporting from the window: by keyboard, on the job lane, with progress, and cancelled."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.exchange.office_encryption import decrypt
from crfapp.exchange.site_data import Snapshot
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.present.exchange_page import ExchangePage
from crfapp.present.exchange_parts import ExchangeParts
from crfapp.ui.exchange import ExchangeWindowPage
from crfapp.ui.jobs import JobRunner
from crfapp.work.cases import Topic
from tests.support.clinic import Clinic
from tests.support.page_on_screen import dress_application, put_on_screen
from tests.support.playing import shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PASSWORD = "salt lake at noon, 1907"
WAIT_MS = 60_000


class Desk:
    """The page with what it stands on. The work waits for ``gate`` before it reads the site."""

    def __init__(self, folder: Path) -> None:
        dress_application()
        self.clinic = Clinic(shipped_study("nct06813027"))
        self.clinic.start(self.clinic.enrol(), "V_SCR")
        self.gate = Event()
        self.runner = JobRunner()
        at = workplace(self.clinic)
        self.presenter = ExchangePage(at, self.runner.lane(self.runner), self.snapshots)
        self.page = ExchangeWindowPage(ExchangeParts(workbook=self.presenter), at.texts, folder)
        self.clinic.bus.listen(lambda outcome: self.page.refresh(outcome.topics))

    @contextmanager
    def snapshots(self) -> Iterator[Snapshot]:
        assert self.gate.wait(WAIT_MS / 1000)
        yield Snapshot(self.clinic.ledger.tables, MemoryEvents(self.clinic.ledger))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    put_on_screen(qtbot, made.page)
    yield made
    made.gate.set()
    made.runner.stop()


def type_everything(desk: Desk) -> None:
    """Password, Enter, the same again, Enter, and Enter in the line of the file."""
    for _ in range(2):
        line = QApplication.focusWidget()
        assert line is not None
        QTest.keyClicks(line, PASSWORD)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.page.body.workbook.card.target
    QTest.keyClick(desk.page.body.workbook.card.target, Qt.Key.Key_Return)


def test_a_workbook_leaves_without_the_mouse(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.gate.set()
    type_everything(desk)
    qtbot.waitUntil(lambda: desk.page.body.workbook.result.isVisible(), timeout=WAIT_MS)
    [file] = list(tmp_path.iterdir())
    assert file.name in desk.page.body.workbook.result.sentence.text()
    assert decrypt(file, PASSWORD)
    assert [row.isVisible() for row in desk.page.body.workbook.earlier.rows] == [True]
    assert desk.page.body.workbook.card.password.line.text() == ""


def test_while_it_runs_it_shows_progress_and_keeps_no_password(desk: Desk, qtbot: QtBot) -> None:
    type_everything(desk)
    body = desk.page.body
    assert body.workbook.card.progress.isVisible()
    assert not body.workbook.card.go.isVisible()
    assert (body.workbook.card.password.line.text(), body.workbook.card.again.line.text()) == ("", "")
    desk.gate.set()
    qtbot.waitUntil(lambda: body.workbook.result.isVisible(), timeout=WAIT_MS)


def test_cancelling_leaves_no_file_and_says_so(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    type_everything(desk)
    QTest.mouseClick(desk.page.body.workbook.card.progress.cancel, Qt.MouseButton.LeftButton)
    desk.gate.set()
    qtbot.waitUntil(lambda: desk.page.body.workbook.card.problem.isVisible(), timeout=WAIT_MS)
    assert list(tmp_path.iterdir()) == []
    assert desk.page.body.workbook.card.go.isVisible()


def test_rules_are_ticked_while_typing_and_a_difference_is_said_below_the_field(desk: Desk) -> None:
    body = desk.page.body
    QTest.keyClicks(body.workbook.card.password.line, PASSWORD)
    assert "characters" in body.workbook.card.rules.accessibleDescription()
    QTest.keyClicks(body.workbook.card.again.line, PASSWORD[:-1])
    QTest.mouseClick(body.workbook.card.go, Qt.MouseButton.LeftButton)
    assert body.workbook.card.again_question.problem.isVisible()
    assert not body.workbook.card.progress.isVisible()
    QTest.keyClicks(body.workbook.card.again.line, PASSWORD[-1])
    assert not body.workbook.card.again_question.problem.isVisible()


def test_a_file_name_without_its_ending_gets_one(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.gate.set()
    desk.page.body.workbook.card.target.setText(str(tmp_path / "for the sponsor"))
    type_everything(desk)
    qtbot.waitUntil(lambda: desk.page.body.workbook.result.isVisible(), timeout=WAIT_MS)
    assert [file.name for file in tmp_path.iterdir()] == ["for the sponsor.xlsx"]


def test_the_count_of_subjects_follows(desk: Desk) -> None:
    desk.clinic.enrol()
    desk.page.refresh({Topic.SUBJECTS})
    assert desk.page.body.workbook.card.content.text() == "2 subjects"
