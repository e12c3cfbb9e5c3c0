"""A serious event in the program itself: from the answer that says so to the report that went out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.bootstrap.window import window_parts
from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FormRowRow, NoticeRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.texts import ISOLATES
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.safety import SafetyWindowPage
from crfapp.ui.shell.frame import Frame
from crfapp.ui.shell.main_window import MainWindow
from crfapp.work.entry import RecordAnswer
from crfapp.work.row_work import AddRow
from crfapp.work.subjects import EnrolSubject
from tests.support.clinic import SetClock
from tests.support.playing import FORMS
from tests.support.quick_site import QUICK, QuickSite, password_of
from tests.support.senders import Sender

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.bootstrap.door import SiteDoor
    from crfapp.ui.shell.page import Page

WAIT_MS = 5_000
TODAY = datetime(2030, 1, 5, 6, 10, tzinfo=UTC)
"""Later than any file on this disk: a clock that was put back would rightly shorten the time."""


class SiteWindow:
    """The window on a real site that sends packages to its sponsor; an event is in its log."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.sender = Sender(QuickSite(folder, FORMS / "nct06813027", SetClock(TODAY)))
        self._records()
        parts = window_parts(folder, self.sender.site.clock)
        cast("SiteDoor", parts.door).cost = QUICK
        kept = replace(parts, remember=lambda _: None, backup=lambda: None)
        self.window = MainWindow(kept, JobRunner(), Preferences())
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def _records(self) -> None:
        with self.sender.site.open() as opened:
            haddad = opened.actor("haddad")
            opened.bus.send(EnrolSubject(), haddad)
            (subject,) = opened.desk.tables.find(SubjectRow)
            self.log = FormKey(subject.subject, "V_LOG", 1, "AE", 1)
            opened.bus.send(AddRow(key=self.log, section="EVENT"), haddad)
            (row,) = opened.desk.tables.find(FormRowRow, **self.log._asdict())
            self.row = row.row
            for item, typed in {"AETERM": "Urticaria", "AESTDAT": "2030-01-04", "AEONGO": "Y"}.items():
                opened.bus.send(RecordAnswer(key=self.log, row=self.row, item=item, typed=typed), haddad)

    def comes_in(self, login: str) -> None:
        page = self.window.centralWidget()
        assert isinstance(page, LoginPage)
        page.name.setText(login)
        self.until(page.enter.isEnabled)
        page.password.line.setText(password_of(login))
        page.enter.click()
        self.until(lambda: isinstance(self.window.centralWidget(), Frame))

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    @property
    def frame(self) -> Frame:
        return cast("Frame", self.window.centralWidget())

    def page(self, kind: type[Page]) -> Page:
        return next(page for page in self.frame.pages if isinstance(page, kind))

    def band(self) -> str:
        banner = self.frame.notices.banners.get("safety")
        return banner.accessibleName().translate(ISOLATES) if banner is not None else ""

    def presses(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def noted(self) -> list[NoticeRow]:
        session = self.window.doorway.session
        assert session is not None
        return list(session.workplace.tables.find(NoticeRow))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteWindow]:
    monkeypatch.setenv("HOME", str(tmp_path))
    made = SiteWindow(qtbot, tmp_path / "site")
    yield made
    made.window.close()
    made.window.deleteLater()


@pytest.mark.req("REQ-920")
def test_from_the_tick_in_the_casebook_to_the_report_that_went_out(
    window: SiteWindow, tmp_path: Path
) -> None:
    window.comes_in("haddad")
    frame = window.frame
    casebook = cast("CasebookWindowPage", window.page(CasebookWindowPage))
    frame.go(Address("casebook", *window.log, row=window.row, item="AESER"))
    assert casebook.view.form.jump(Cell(window.row, "AESER"))
    assert window.band() == ""
    window.until(lambda: QApplication.focusWidget() is not None)
    window.presses(Qt.Key.Key_1)  # yes, it is serious

    window.until(lambda: frame.address.page == "safety")
    assert frame.address == Address("safety", *window.log, row=window.row, item="SAE")
    assert "JO01-001: 24 h 0 min left" in window.band()
    safety = cast("SafetyWindowPage", window.page(SafetyWindowPage))
    window.presses(Qt.Key.Key_F9)
    window.until(lambda: not safety._presenter.acts.state.busy)
    told = safety._presenter.acts.state.done.translate(ISOLATES)
    (paper,) = tmp_path.glob("*.pdf")
    (package,) = (tmp_path / "site" / "outbox").glob("*.pgp")
    assert paper.name in told
    assert package.name in told
    with window.sender.opened(package) as opened:
        assert opened.open("reports/SAE-1-0.pdf").read() == paper.read_bytes()
    assert "left" in window.band()

    safety.body.card.send.click()
    form = safety.body.card.form
    for name, text in {"aware": "08:05", "sent": "08:10", "told_to": "Ms Naber"}.items():
        form.questions[name].control.setText(text)  # type: ignore[attr-defined]
    form.questions["how"].control.choose(0)  # type: ignore[attr-defined]
    form.go.click()
    window.until(lambda: window.band() == "")
    (noted,) = window.noted()
    assert (noted.told_to, bool(noted.package)) == ("Ms Naber", True)
