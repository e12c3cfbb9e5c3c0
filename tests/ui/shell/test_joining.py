"""The laptop of the ward becomes a workstation of the site: invited in the window, joined in the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.bootstrap.inviting import SiteInvitations
from crfapp.bootstrap.package_desk import PackagesAtHand
from crfapp.bootstrap.window import window_parts
from crfapp.ledger.state import NodeRow, ReceiptRow
from crfapp.present.route_setting import RouteSetting
from crfapp.present.workstations import Workstations
from crfapp.ui.administration.workstations import WorkstationsSection
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.first_run.assistant import Assistant
from crfapp.ui.first_run.joining import JoinPage
from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.shell.main_window import MainWindow
from tests.support.entrance_fakes import FakeFounder
from tests.support.page_on_screen import dress_application
from tests.support.quick_site import QuickSite, password_of
from tests.support.spoken import without_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WAIT_MS = 60_000


class FirstWorkstation:
    """The administrator at the section about workstations."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        dress_application()
        self.site = QuickSite(folder)
        self.site.settle("rania")
        self.runner = JobRunner()
        self.qtbot = qtbot

    def invites(self, target: Path, label: str) -> str:
        """Make an invitation by keyboard; the code that is shown."""
        with self.site.as_person("admin") as at:
            opened = self.site.door.site
            assert opened is not None
            lane = self.runner.lane(self.runner)
            routes = RouteSetting(at, lane, PackagesAtHand(opened, at.actor).routes)
            presenter = Workstations(at, lane, SiteInvitations(opened, at.actor), routes)
            section = WorkstationsSection(at.texts, presenter, target.parent)
            self.qtbot.addWidget(section)
            with self.qtbot.waitActive(section):
                section.show()
                section.activateWindow()
            presenter.begin_invitation(target, copy=False)
            line = QApplication.focusWidget()
            assert line is not None
            QTest.keyClick(line, Qt.Key.Key_Return)
            form = section.more.form
            assert form.questions["label"].refused
            QTest.keyClicks(form.questions["label"].control, label)
            QTest.keyClick(form.questions["label"].control, Qt.Key.Key_Return)
            self.qtbot.waitUntil(lambda: form.secret.isVisible(), timeout=WAIT_MS)
            code = form.secret.line.text()
            form.secret.over.click()
            assert form.secret.line.text() == ""
            assert [line.label for line in presenter.view.lines][-1] == label
            assert without_name(section) == []
        return code


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path) -> Iterator[FirstWorkstation]:
    made = FirstWorkstation(qtbot, tmp_path / "clinic")
    yield made
    made.runner.stop()


class Joining:
    """The first window of the second workstation."""

    def __init__(self, qtbot: QtBot, first: FirstWorkstation, folder: Path) -> None:
        self.qtbot, self.runner = qtbot, JobRunner()
        founder = FakeFounder(first.site.door)  # reading the studies that come along takes seconds
        parts = replace(window_parts(folder, first.site.clock), founder=founder)
        self.window = MainWindow(parts, self.runner, Preferences(language="en"))
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        assistant = self.window.centralWidget()
        assert isinstance(assistant, Assistant)
        assistant.join.click()

    @property
    def page(self) -> JoinPage:
        page = self.window.centralWidget()
        assert isinstance(page, JoinPage)
        return page

    def fills(self, **values: str) -> None:
        """Type into the questions, and Enter in the last one."""
        line = None
        for name, text in values.items():
            control = self.page.questions[name].control
            line = control.focusProxy() or control
            line.clear()  # type: ignore[attr-defined]
            QTest.keyClicks(line, text)
        assert line is not None
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not self.page.busy.text(), timeout=WAIT_MS)


@pytest.mark.req("REQ-214")
def test_invited_joined_and_logged_in_with_the_same_password(
    first: FirstWorkstation, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "ward.crfapp-invitation"
    code = first.invites(file, "Laptop of the ward")
    second = Joining(qtbot, first, tmp_path / "ward")
    second.fills(file=str(tmp_path / "holiday.jpg"), code=code)
    assert second.page.questions["file"].refused or second.page.problem.isVisible()
    second.fills(file=str(file), code="0000-0000")
    assert "code" in second.page.questions["code"].refused
    second.fills(file=str(file), code=code)
    assert "JO01" in second.page.title.text()
    assert without_name(second.page) == []
    second.fills(login="rania", password="another garden")
    assert second.page.questions["password"].refused
    second.fills(login="rania", password=password_of("rania"))
    assert "This workstation is ready" in second.page.title.text()
    second.page.on.click()
    assert isinstance(second.window.centralWidget(), LoginPage)
    door = second.window.doorway.door
    assert door is not None
    at = door.log_in("rania", password_of("rania"), language="en")
    labels = {row.label: row.node for row in at.tables.find(NodeRow)}
    [receipt] = at.tables.find(ReceiptRow)
    assert receipt.node == labels["Laptop of the ward"] == at.desk.node
    door.leave("logout")
    second.window.close()


def test_whoever_changes_their_mind_founds_a_site_after_all(
    first: FirstWorkstation, qtbot: QtBot, tmp_path: Path
) -> None:
    second = Joining(qtbot, first, tmp_path / "ward")
    second.page.on.click()
    assert {name for name, one in second.page.questions.items() if one.refused} == {"file", "code"}
    second.page.back.click()
    assert isinstance(second.window.centralWidget(), Assistant)
    second.window.close()
