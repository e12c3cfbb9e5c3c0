"""Every page of everybody at a real site: named, reached by Tab, and whole at large letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QEventLoop, QLocale, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from crfapp.bootstrap.window import window_parts
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.present.address import Address
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.reading_order import stops_in_order
from crfapp.ui.shell.frame import Frame
from crfapp.ui.shell.main_window import MainWindow
from crfapp.ui.shell.rail import BELOW
from crfapp.ui.widgets import EmptyState
from crfapp.work.entry import RecordAnswer
from crfapp.work.queries import RaiseQuery
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.feeling import cut_texts, jumps_back, tab_round, unreached
from tests.support.lone_windows import LoneWindows
from tests.support.quick_site import QUICK, QuickSite, password_of
from tests.support.spoken import without_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.bootstrap.door import SiteDoor

WAIT_MS = 30_000
PEOPLE = ("rania", "haddad", "weber", "admin")
SIZE = (1280, 800)
_LEAST_WORDS = 4


class Round:
    """A window on a site; one person after the other goes through all their pages."""

    def __init__(self, qtbot: QtBot, site: QuickSite) -> None:
        self.qtbot, self.subject, self.seen = qtbot, "", set[str]()
        parts = window_parts(site.folder, site.clock)
        cast("SiteDoor", parts.door).cost = QUICK
        kept = replace(parts, remember=lambda _: None, backup=lambda: None, rounds=lambda _: None)
        self.jobs = JobRunner()
        self.window = MainWindow(kept, self.jobs, Preferences())
        self.window.resize(*SIZE)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def comes_in(self, login: str) -> Frame:
        self.qtbot.waitUntil(lambda: isinstance(self.window.centralWidget(), LoginPage), timeout=WAIT_MS)
        page = cast("LoginPage", self.window.centralWidget())
        page.name.setText(login)
        self.qtbot.waitUntil(page.enter.isEnabled, timeout=WAIT_MS)
        page.password.line.setFocus()
        page.password.line.clear()
        QTest.keyClicks(page.password.line, password_of(login))
        QTest.keyClick(page.password.line, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.centralWidget() is not page, timeout=WAIT_MS)
        frame = self.window.centralWidget()
        assert isinstance(frame, Frame), frame
        return frame

    def pages(self, frame: Frame) -> Iterator[str]:
        """Each page that nobody went through before, shown and at rest."""
        for page in frame.pages:
            at = Address(page.key)
            if page.key in self.seen:
                continue
            self.seen.add(page.key)
            if page.key == "casebook":
                if not self.subject:
                    continue
                at = Address(page.key, self.subject, "V_SCR", 1, "DM", 1)
            elif page.key in BELOW and page.key not in ("redaction", "preview"):
                continue  # of a lesion, a photograph or a moment: they have tests of their own
            frame.go(at)
            self.rest()
            yield page.key

    def rest(self) -> None:
        """What is looked up has come, and has found its place."""
        for _ in range(2):
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()
            self.qtbot.waitUntil(lambda: self.jobs.idle, timeout=WAIT_MS)

    def leaves(self) -> None:
        """The door is closed behind them before the next one knocks."""
        self.window.lock("logout")
        self.rest()
        self.qtbot.waitUntil(lambda: self.jobs.idle, timeout=WAIT_MS)


@pytest.fixture
def site(tmp_path: Path) -> QuickSite:
    made = QuickSite(tmp_path / "site")
    made.settle("rania", "haddad", "weber")
    return made


@pytest.fixture
def begun(site: QuickSite) -> tuple[QuickSite, str]:
    """One subject with a visit, an answer, and a question of the monitor's."""
    with site.open() as opened:
        rania, weber = opened.actor("rania"), opened.actor("weber")
        done = opened.bus.send(EnrolSubject(), rania)
        subject = next(event.subject for event in done.events if event.subject)
        opened.bus.send(StartVisit(key=VisitKey(subject, "V_SCR", 1), date="2025-01-05"), rania)
        key = FormKey(subject, "V_SCR", 1, "DM", 1)
        opened.bus.send(RecordAnswer(key=key, item="BRTHDAT", typed="1990-02"), rania)
        opened.bus.send(RaiseQuery(scope=Scope(subject), text="Where is the source?"), weber)
    return site, subject


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QLocale.setDefault(QLocale("en_GB"))


@pytest.mark.usefixtures("app")
def test_names_tab_and_no_window_of_its_own(qtbot: QtBot, begun: tuple[QuickSite, str]) -> None:
    site, subject = begun
    going = Round(qtbot, site)
    going.subject = subject
    alone, faults = LoneWindows(going.window), list[str]()
    for login in PEOPLE:
        frame = going.comes_in(login)
        for key in going.pages(frame):
            faults += [f"{login} {key}: no name: {one}" for one in without_name(going.window)]
            stops = tab_round(going.window)
            page = frame.page
            assert page is not None
            faults += [f"{login} {key}: out of reach: {one}" for one in unreached(page.widget, stops)]
            last = [place for place, stop in enumerate(stops) if stop is stops_in_order(frame)[-1]]
            through = stops[: last[0] + 1] if last else stops
            faults += [f"{login} {key}: {one}" for one in jumps_back(through, right=False)]
        going.leaves()
    alone.stop()
    going.window.close()
    assert faults == []
    assert alone.seen == []
    assert len(going.seen) > 14


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("language", ["en", "ar", "de"])
def test_no_text_is_cut_at_one_and_a_half(qtbot: QtBot, begun: tuple[QuickSite, str], language: str) -> None:
    site, subject = begun
    going = Round(qtbot, site)
    going.subject = subject
    going.window.prefer(Preferences(language=language, scale=1.5))
    faults = [f"login: {one}" for one in cut_texts(going.window)]
    for login in PEOPLE:
        for key in going.pages(going.comes_in(login)):
            faults += [f"{login} {key}: {one}" for one in cut_texts(going.window)]
            if (going.window.width(), going.window.height()) != SIZE:
                faults.append(f"{login} {key}: the window grew to {going.window.size().toTuple()}")
                going.window.resize(*SIZE)
        going.leaves()
    going.window.close()
    assert faults == [], "\n".join(faults)


@pytest.mark.usefixtures("app")
def test_pages_of_an_empty_site_say_what_comes_first(qtbot: QtBot, site: QuickSite) -> None:
    going = Round(qtbot, site)
    blank = []
    for login in ("rania", "haddad", "weber"):
        frame = going.comes_in(login)
        for key in going.pages(frame):
            page = frame.page
            assert page is not None
            if not says_what_to_do(page.widget):
                blank.append(f"{login} {key}")
        going.leaves()
    going.window.close()
    assert blank == []


def says_what_to_do(page: QWidget) -> bool:
    """An empty state with its words, or a sentence, in sight."""
    if any(one.isVisible() for one in page.findChildren(EmptyState)):
        return True
    sentences = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    return any(len(text.split()) >= _LEAST_WORDS for text in sentences)


def test_a_cut_text_a_jump_and_a_blank_page_would_be_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    label = QLabel("a sentence that has far too little room for its words", page)
    label.setFixedWidth(40)
    later, sooner = QPushButton("second", page), QPushButton("first", page)
    column.addWidget(sooner)
    column.addWidget(label)
    column.addWidget(later)
    page.resize(300, 200)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    assert any("sentence" in one for one in cut_texts(page))
    assert jumps_back([later, sooner], right=False) != []
    assert unreached(page, []) != []
    assert stops_in_order(page) == [sooner, later]
    label.setText("Title")
    assert not says_what_to_do(page)
    QTest.keyClick(page, Qt.Key.Key_Tab)
