"""A lost laptop's site on a new one: tried out in the section about backups, restored in the first window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.bootstrap.backup_desk import SiteBackups
from crfapp.bootstrap.backups import choose_second_place, keep_copies
from crfapp.bootstrap.key_papers import KeyPapers
from crfapp.bootstrap.window import window_parts
from crfapp.ledger.state import KeySharesRow, RestoreRow
from crfapp.present.backups import Backups
from crfapp.ui.administration.backups import BackupsSection
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.first_run.assistant import Assistant
from crfapp.ui.first_run.restoring import RestorePage
from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.shell.main_window import MainWindow
from tests.support.entrance_fakes import FakeFounder
from tests.support.page_on_screen import dress_application
from tests.support.quick_site import ADMIN_PASSWORD, QuickSite
from tests.support.spoken import without_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WAIT_MS = 60_000


@pytest.fixture
def runner() -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.stop()


def fill(page: BackupsSection | RestorePage, **values: str) -> None:
    """Type into the questions, and Enter in the last one."""
    questions = page.questions if isinstance(page, RestorePage) else page.form.questions
    line = None
    for name, text in values.items():
        control = questions[name].control
        line = control.focusProxy() or control
        line.clear()  # type: ignore[attr-defined]
        QTest.keyClicks(line, text)
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.fixture
def site(qapp: object, tmp_path: Path) -> QuickSite:
    assert qapp is not None
    dress_application()
    (tmp_path / "stick").mkdir()
    return QuickSite(tmp_path / "site")


@pytest.mark.req("REQ-901", "REQ-903", "REQ-904")
def test_second_place_drill_and_shares_are_seen_to_by_keyboard(
    site: QuickSite, qtbot: QtBot, runner: JobRunner, tmp_path: Path
) -> None:
    with site.as_person("admin") as at:
        opened = site.door.site
        assert opened is not None
        desk, papers = SiteBackups(opened, at.actor), KeyPapers(opened, at.actor)
        presenter = Backups(at, runner.lane(runner), desk, papers)
        section = BackupsSection(at.texts, presenter, tmp_path)
        qtbot.addWidget(section)
        with qtbot.waitActive(section):
            section.show()
            section.activateWindow()
        presenter.set_second(tmp_path / "stick")
        qtbot.waitUntil(lambda: bool(presenter.view.done), timeout=WAIT_MS)
        assert len(section.log.rows) == 2

        QTest.keyClick(section.card.drill, Qt.Key.Key_Space)
        assert without_name(section) == []
        fill(section, password="wrong", paper="")
        qtbot.waitUntil(lambda: bool(section.form.questions["password"].refused), timeout=WAIT_MS)
        fill(section, password=ADMIN_PASSWORD, paper="")
        qtbot.waitUntil(lambda: "can be restored" in section.card.done.text(), timeout=WAIT_MS)
        assert QApplication.focusWidget() is section.card.drill
        [row] = at.tables.find(RestoreRow)
        assert row.code == ""

        QTest.keyClick(section.card.shares, Qt.Key.Key_Space)
        fill(section, needed="2", made="3")
        assert presenter.view.shares is not None
        assert without_name(section) == []
        _, words = presenter.view.shares
        section.paper.save_to(tmp_path / "shares.pdf")
        pages = (tmp_path / "shares.pdf").read_bytes().count(b"/Type /Page\n")
        assert pages == len(words), "they go to different people"
        fill(section, share1=words[2], share2=words[0])
        assert at.tables.get(KeySharesRow, "site") is not None
        assert not section.paper.isVisible()


@pytest.mark.req("REQ-902", "REQ-904")
def test_the_first_window_of_a_new_computer_restores_the_site_from_the_stick_and_two_shares(
    site: QuickSite, qtbot: QtBot, runner: JobRunner, tmp_path: Path
) -> None:
    with site.open() as opened:
        admin = opened.actor("admin")
        papers = KeyPapers(opened, admin)
        _, words = papers.new_shares(2, 3)
        papers.shares_typed("\n".join(words))
        choose_second_place(opened, admin, tmp_path / "stick")
        assert keep_copies(opened, admin).second
    founder = FakeFounder(site.door)  # reading the studies that come along takes seconds
    parts = replace(window_parts(tmp_path / "new", site.clock), founder=founder)
    window = MainWindow(parts, runner, Preferences(language="en"))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assistant = window.centralWidget()
    assert isinstance(assistant, Assistant)
    assistant.restore.click()
    page = window.centralWidget()
    assert isinstance(page, RestorePage)
    fill(page, folder=str(tmp_path))
    qtbot.waitUntil(lambda: bool(page.questions["folder"].refused), timeout=WAIT_MS)
    fill(page, folder=str(tmp_path / "stick"))
    qtbot.waitUntil(lambda: "login" in page.questions, timeout=WAIT_MS)
    assert without_name(page) == []
    fill(page, login="admin", paper=words[1], reason="the laptop was stolen")
    qtbot.waitUntil(lambda: bool(page.questions["paper"].refused), timeout=WAIT_MS)
    fill(page, paper=f"{words[1]} {words[2]}", reason="the laptop was stolen")
    qtbot.waitUntil(lambda: not page.questions, timeout=WAIT_MS)
    assert "The site works again" in page.title.text()
    page.on.click()
    assert isinstance(window.centralWidget(), LoginPage)
