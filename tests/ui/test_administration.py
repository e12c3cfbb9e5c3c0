"""From a founded site to a nurse at work, in the window, on a real folder."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.founding import SiteFounder
from crfapp.bootstrap.ground import SystemClock, forms_folder
from crfapp.bootstrap.window import window_parts
from crfapp.ledger.state import PersonRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.entrance import NewSite
from crfapp.store.vault import Vault
from crfapp.store.wrapping import Cost
from crfapp.ui.administration import AdministrationWindowPage
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.entrance.steps_page import StepsPage
from crfapp.ui.fields.line import LineEditor
from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.shell.frame import Frame
from crfapp.ui.shell.main_window import MainWindow
from crfapp.ui.today.page import TodayWindowPage
from crfapp.work.people import AddPerson
from crfapp.work.roles import Role
from tests.support.tiny import FOLDER as TINY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

QUICK = Cost(passes=1, memory_kib=8, lanes=1)
ADMIN, ADMIN_PASSWORD = "omar", "nine olive trees in the yard"
NURSE, NURSE_PASSWORD = "samia", "four cups of mint tea"
WAIT_MS = 30_000
F = TypeVar("F", bound=QWidget)


class Site:
    """The window on a site that was founded a moment ago."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        founder = SiteFounder(forms_folder(), SystemClock(), cost=QUICK)
        new = NewSite(
            folder, TINY, "JO01", "Cell Therapy Center", "Asia/Amman", ADMIN, "Omar", ADMIN_PASSWORD
        )
        founder.finish("\n".join(founder.prepare(new).lines))
        self.own: dict[str, str] = {}
        parts = window_parts(folder, SystemClock())
        assert isinstance(parts.door, SiteDoor)
        parts.door.cost = QUICK
        self.window = MainWindow(parts, JobRunner(), Preferences())
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def face(self, kind: type[F]) -> F:
        self.qtbot.waitUntil(lambda: isinstance(self.window.centralWidget(), kind), timeout=WAIT_MS)
        return cast("F", self.window.centralWidget())

    def knocks(self, login: str, password: str) -> None:
        page = self.face(LoginPage)
        page.name.setText(login)
        self.qtbot.waitUntil(lambda: page.enter.isVisible() and page.enter.isEnabled(), timeout=WAIT_MS)
        page.password.line.setFocus()
        page.password.line.clear()
        QTest.keyClicks(page.password.line, password)
        QTest.keyClick(page.password.line, Qt.Key.Key_Return)

    def comes_in(self, login: str, password: str) -> Frame:
        """Through whatever steps there are, by keyboard; an own password is chosen where one is asked for."""
        self.knocks(login, self.own.get(login, password))
        self.qtbot.waitUntil(lambda: not isinstance(self.window.centralWidget(), LoginPage), timeout=WAIT_MS)
        while isinstance(self.window.centralWidget(), StepsPage):
            page = self.face(StepsPage)
            before = page.title.text()
            if not page.fields.isHidden():
                self.own[login] = f"{login} chose eleven swallows"[len(login) :]
                for field in (page.fields.fields["password"], page.fields.fields["again"]):
                    field.line.setText(self.own[login])
            page.go.click()
            self.qtbot.waitUntil(partial(self.has_gone_on, page, before), timeout=WAIT_MS)
        return self.face(Frame)

    def has_gone_on(self, page: StepsPage, before: str) -> bool:
        return self.window.centralWidget() is not page or page.title.text() != before

    def administration(self, frame: Frame) -> AdministrationWindowPage:
        frame.go(Address("administration"))
        assert isinstance(frame.page, AdministrationWindowPage)
        return frame.page


@pytest.fixture
def site(qtbot: QtBot, tmp_path: Path) -> Iterator[Site]:
    made = Site(qtbot, tmp_path / "site")
    yield made
    made.window.close()
    made.window.deleteLater()


def today(frame: Frame) -> TodayWindowPage:
    frame.go(Address("today"))
    assert isinstance(frame.page, TodayWindowPage)
    return frame.page


def types(text: str) -> None:
    """Somebody types where the keyboard is, and presses Enter."""
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def adds_nurse(page: AdministrationWindowPage) -> None:
    """By keyboard alone: the organisation stands there already, a digit picks the role."""
    assert page.body.person.name.hasFocus()
    for text in ("Samia Aziz", NURSE, ""):
        types(text)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_1)
    page.body.person.password.line.setFocus()
    for text in (NURSE_PASSWORD, NURSE_PASSWORD):
        types(text)


@pytest.mark.req("REQ-201", "REQ-904")
def test_the_administrator_gives_an_account_and_the_nurse_enrols(site: Site) -> None:
    frame = site.comes_in(ADMIN, ADMIN_PASSWORD)
    assert not today(frame).body.enrol.isVisible()
    assert today(frame).body.empty.isVisible()
    assert not today(frame).body.empty.button.isVisible()
    assert "enrol" not in {action.key for page in frame.pages for action in page.actions()}
    page = site.administration(frame)
    adds_nurse(page)
    site.qtbot.waitUntil(page.body.person.done.isVisible, timeout=WAIT_MS)
    assert "Samia Aziz" in page.body.person.done.text()
    assert page.body.person.password.line.text() == ""
    assert len(page.body.people.list.rows) == 2
    frame.log_out_wanted.emit()

    frame = site.comes_in(NURSE, NURSE_PASSWORD)
    assert "administration" not in {page.key for page in frame.pages}
    QTest.mouseClick(today(frame).body.empty.button, Qt.MouseButton.LeftButton)
    session = site.window.doorway.session
    assert session is not None
    assert len(session.workplace.tables.find(SubjectRow)) == 1
    assert [row.role for row in session.workplace.tables.find(PersonRow, login=NURSE)] == ["nurse"]


def test_refusals_stand_beside_their_fields_and_go_when_corrected(site: Site) -> None:
    page = site.administration(site.comes_in(ADMIN, ADMIN_PASSWORD))
    person = page.body.person
    QTest.mouseClick(person.go, Qt.MouseButton.LeftButton)
    refused = {name for name, question in person.questions.items() if question.refused}
    assert refused == {"name", "login", "role", "password"}
    adds_nurse(page)
    site.qtbot.waitUntil(person.done.isVisible, timeout=WAIT_MS)
    assert not any(question.refused for question in person.questions.values())


def test_an_account_whose_password_was_lost_is_marked_and_gets_it_again(site: Site) -> None:
    page = site.administration(site.comes_in(ADMIN, ADMIN_PASSWORD))
    session = site.window.doorway.session
    assert session is not None
    # on record, and then the power went before the vault had the password
    session.workplace.send(AddPerson(login=NURSE, name="Samia Aziz", role=Role.NURSE, organisation="CTC"))
    page.shown()
    assert page.badge() == 1
    page.body.people.list.rows[1].click()
    assert not page.body.person.questions["name"].isVisible()
    for text in (NURSE_PASSWORD, NURSE_PASSWORD):
        types(text)
    site.qtbot.waitUntil(page.body.person.done.isVisible, timeout=WAIT_MS)
    assert NURSE in Vault.load(site.folder).logins
    assert page.badge() == 0
    assert page.body.person.questions["name"].isVisible()


def test_a_copy_made_by_hand_stands_beside_the_copies_of_each_day(site: Site) -> None:
    page = site.administration(site.comes_in(ADMIN, ADMIN_PASSWORD))
    backups = site.folder / "backups"
    assert [copy.name[:7] for copy in backups.iterdir()] == ["ledger-"]
    QTest.mouseClick(page.body.backup.make, Qt.MouseButton.LeftButton)
    assert not page.body.backup.make.isEnabled()
    site.qtbot.waitUntil(page.body.backup.make.isEnabled, timeout=WAIT_MS)
    assert not page.body.backup.problem.isVisible()
    assert sorted(copy.name[:7] for copy in backups.iterdir()) == ["by-hand", "ledger-"]


@pytest.mark.req("REQ-207")
def test_wrong_passwords_are_told_to_whom_they_concern_and_too_many_lock_out_by_one_sentence(
    site: Site,
) -> None:
    for _ in range(2):
        site.knocks(ADMIN, "not the one at all")
        site.qtbot.waitUntil(lambda: bool(site.face(LoginPage).password_question.refused), timeout=WAIT_MS)
    site.knocks(ADMIN, ADMIN_PASSWORD)
    page = site.face(StepsPage)
    while page.lines.isHidden() or "2 wrong passwords" not in page.lines.texts[0]:
        before = page.title.text()
        page.go.click()
        site.qtbot.waitUntil(partial(site.has_gone_on, page, before), timeout=WAIT_MS)
    page.go.click()
    frame = site.face(Frame)
    adds_nurse(site.administration(frame))
    site.qtbot.waitUntil(site.administration(frame).body.person.done.isVisible, timeout=WAIT_MS)
    frame.switch_wanted.emit()
    for _ in range(5):
        site.knocks(NURSE, "not the one at all")
        site.qtbot.waitUntil(lambda: site.face(LoginPage).enter.isEnabled(), timeout=WAIT_MS)
    site.knocks(NURSE, NURSE_PASSWORD)
    login = site.face(LoginPage)
    site.qtbot.waitUntil(lambda: "Too many" in login.password_question.refused, timeout=WAIT_MS)
    frame = site.comes_in(ADMIN, ADMIN_PASSWORD)
    cells = [row.accessibleName() for row in today(frame).body.cards["notices"].rows]
    assert any("Samia Aziz" in words and "locked out" in words for words in cells)


@pytest.mark.req("REQ-212", "REQ-213")
def test_what_the_nurse_had_half_typed_waits_sealed_on_the_disk_while_a_colleague_works(site: Site) -> None:
    frame = site.comes_in(ADMIN, ADMIN_PASSWORD)
    adds_nurse(site.administration(frame))
    site.qtbot.waitUntil(site.administration(frame).body.person.done.isVisible, timeout=WAIT_MS)
    frame.log_out_wanted.emit()
    frame = site.comes_in(NURSE, NURSE_PASSWORD)
    QTest.mouseClick(today(frame).body.empty.button, Qt.MouseButton.LeftButton)
    casebook = frame.page
    assert isinstance(casebook, CasebookWindowPage)
    casebook.view.card.started.emit(f"{SystemClock().now():%Y-%m-%d}")
    editor = next(
        e for e in casebook.widget.findChildren(LineEditor) if e.isVisible() and not e.line.isReadOnly()
    )
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, "anaphyl")
    name, place = editor.objectName(), frame.address
    site.window.lock("idle")
    sealed = list((site.folder / "unfinished").iterdir())
    assert [b"anaphyl" in file.read_bytes() for file in sealed] == [False]

    frame = site.comes_in(ADMIN, ADMIN_PASSWORD)
    assert frame.address.page == "today"
    assert list((site.folder / "unfinished").iterdir()) == sealed
    frame.switch_wanted.emit()
    frame = site.comes_in(NURSE, NURSE_PASSWORD)
    assert frame.address.subject == place.subject
    back = frame.page
    assert isinstance(back, CasebookWindowPage)
    again = next(e for e in back.widget.findChildren(LineEditor, name) if e.isVisible())
    assert again.raw() == "anaphyl"
    kept = list((site.folder / "unfinished").iterdir())  # until it is an answer, or given up
    assert [b"anaphyl" in file.read_bytes() for file in kept] == [False]
