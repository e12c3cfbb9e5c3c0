"""The real window with people who type without end; it is to be killed.

Started once, it forks a window for each line it reads (``folder manner``), before Qt is running in it. A
window says ``typing`` when it begins, and ``saved ITEM TEXT`` when the casebook page said that it saved.

``honest`` is the program as it is, with a nurse who types vital signs; ``asked ITEM TEXT`` says that she is
asked for a reason. ``signing``: an investigator signs; ``asked`` says that the dialog stands there,
``signed`` that it went. ``turns``: nurse and investigator take turns, each with something half typed when the
window locks: ``in WHO``, ``back WHO PLACE TEXT`` for what came back, ``typed WHO PLACE TEXT``, ``kept WHO``.

Three are sabotaged: ``hasty`` says saved within the transaction, before its commit; ``idle`` never commits
what it calls saved; ``mixed`` takes turns with one drawer for what everybody has half typed.
"""

from __future__ import annotations

import os
import random
import sys
from contextlib import contextmanager
from dataclasses import astuple
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.playing import known_password
from crfapp.bootstrap.window import window_parts
from crfapp.ledger.state import SignatureRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.unfinished import written
from crfapp.store.drawer import Drawer
from crfapp.store.ledger import SqlLedger
from crfapp.store.standing import StandingWriter
from crfapp.ui.casebook import CasebookView
from crfapp.ui.casebook.asking import ReasonLine
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.fields import FieldEditor
from crfapp.ui.preferences import Preferences
from crfapp.ui.running import application, show_window
from crfapp.ui.shell.frame import Frame
from crfapp.ui.signing import SigningWindowPage
from tests.support.real_site import NURSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.present.unfinished import Unfinished
    from crfapp.store.engine import Db
    from crfapp.store.ledger import SqlTransaction
    from crfapp.ui.shell.main_window import MainWindow
    from crfapp.ui.shell.session import Session
    from crfapp.ui.signing.dialog import SignatureDialog

NUMBERS = {
    "SYSBP_VSORRES": range(120, 150),
    "DIABP_VSORRES": range(60, 80),
    "PULSE_VSORRES": range(60, 100),
    "RESP_VSORRES": range(12, 20),
    "OXYSAT_VSORRES": range(94, 100),
    "WEIGHT_VSORRES": range(60, 80),
}
"""What may be typed without a finding, by item; every time another number."""
FIRST = next(iter(NUMBERS))
INVESTIGATOR = "haddad"
RETURN = Qt.Key.Key_Return


def say(*words: str) -> None:
    os.write(1, (" ".join(words) + "\n").encode())


class Typist:
    """Sits at the window and types."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self.app, self.window = app, window

    def log_in(self, login: str) -> None:
        self.until(lambda: isinstance(self.app.focusWidget(), QWidget))
        page = self.window.centralWidget()
        assert isinstance(page, LoginPage)
        page.name.setText(login)
        page.password.line.setText(known_password(login))
        page.enter.click()
        self.until(lambda: isinstance(self.window.centralWidget(), Frame))

    @property
    def frame(self) -> Frame:
        return cast("Frame", self.window.centralWidget())

    @property
    def session(self) -> Session:
        assert self.window.doorway.session is not None
        return self.window.doorway.session

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(cast("QWidget", self.app.focusWidget()), letter)
            self.app.processEvents()
        self.press(RETURN)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(cast("QWidget", self.app.focusWidget()), key)
        self.app.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self.app.processEvents()


class Nurse(Typist):
    """Types the vital signs, over and over."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        super().__init__(app, window)
        self.typed = ""
        self._numbers = {item: cycle(map(str, numbers)) for item, numbers in NUMBERS.items()}

    def begin(self, acknowledge: Callable[[], None]) -> None:
        frame = self.frame
        subject = self.session.workplace.tables.find(SubjectRow)[0].subject
        self.start = Address("casebook", subject, "V_SCR", 1, "VS", 1, "", FIRST)
        frame.go(self.start)
        casebook = next(page.widget for page in frame.pages if isinstance(page.widget, CasebookView))
        casebook.saved.connect(lambda _at: acknowledge())

    def go_on(self) -> None:
        """Answer the question that has the keyboard, or begin again at the first."""
        widget = self.app.focusWidget()
        if isinstance(widget, ReasonLine):
            say("asked", self.typed)
            self.type("1")
            return
        item = item_of(widget)
        if item in self._numbers:
            number = next(self._numbers[item])
            self.typed = f"{item} {number}"
            self.type(number)
        elif item:
            self.press(RETURN)
        else:
            self.frame.go(self.start)


class Turns(Typist):
    """Two people who take turns; each has something half typed when the window locks."""

    LETTERS: ClassVar = {NURSE: "123", INVESTIGATOR: "789"}
    """What each of them types: a text tells by itself whose it is."""

    def __init__(self, app: QApplication, window: MainWindow, seed: int) -> None:
        super().__init__(app, window)
        self._chance = random.Random(seed)  # noqa: S311 (picks fields, not keys)

    def take_turns(self) -> None:
        say("typing")
        for who in cycle(self._chance.sample(list(self.LETTERS), 2)):
            self.log_in(who)
            say("in", who)
            self.app.processEvents()
            for text in self.session.unfinished():
                say("back", who, *told(text))
            say("settled", who)
            self._type_on(who)
            self.window.lock("idle")
            say("kept", who)
            self.until(lambda: isinstance(self.window.centralWidget(), LoginPage))

    def _type_on(self, who: str) -> None:
        """Go on with what came back, or begin somewhere; most often it is kept before the window locks."""
        if not self.session.unfinished() or self._chance.random() < 0.3:
            self._give_up()
            self._go_anywhere()
        for letter in self._chance.choices(self.LETTERS[who], k=self._chance.randint(1, 2)):
            QTest.keyClicks(cast("QWidget", self.app.focusWidget()), letter)
            for text in self.session.unfinished():
                say("typed", who, *told(text))
            self.app.processEvents()
        if self._chance.random() < 0.7:
            doorway = self.window.doorway
            self.until(lambda: doorway._kept == written(self.session.unfinished()))
            say("kept", who)

    def _give_up(self) -> None:
        """What came back is not wanted."""
        while self.session.unfinished():
            editor = self.app.focusWidget()
            assert editor is not None
            QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(editor, Qt.Key.Key_Delete)
            self.app.processEvents()

    def _go_anywhere(self) -> None:
        subject = self._chance.choice(self.session.workplace.tables.find(SubjectRow)).subject
        item = self._chance.choice(list(NUMBERS))
        self.frame.go(Address("casebook", subject, "V_SCR", 1, "VS", 1, "", item))
        self.until(lambda: item_of(self.app.focusWidget()) == item)


class Signer(Typist):
    """The investigator signs what waits; once."""

    def sign(self) -> None:
        self.log_in(INVESTIGATOR)
        self.frame.go(Address("signing"))
        page = next(page for page in self.frame.pages if isinstance(page, SigningWindowPage))
        row = page.list.waiting.rows[0]
        self.until(row.isVisible)
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self.press(RETURN)
        self.press(RETURN)
        say("typing")
        QTimer.singleShot(0, self._answer)
        self.press(RETURN)
        valid = self.session.workplace.tables.find(SignatureRow, state="valid")
        say("signed", *(row.signature for row in valid))
        self.until(lambda: False)

    def _answer(self) -> None:
        dialog = cast("SignatureDialog", QApplication.activeModalWidget())
        say("asked")
        for line, words in (
            (dialog.login.control, INVESTIGATOR),
            (dialog.secret.line, known_password(INVESTIGATOR)),
        ):
            for letter in words:
                QTest.keyClicks(line, letter)
                self.app.processEvents()
        QTest.keyClick(dialog.secret.line, RETURN)


def told(text: Unfinished) -> tuple[str, str]:
    """Where a text stands, as one word, and the text."""
    return "/".join(map(str, astuple(text.at))), text.typed


def item_of(widget: QWidget | None) -> str:
    while widget is not None and not isinstance(widget, FieldEditor):
        widget = widget.parentWidget()
    return "" if widget is None else widget.objectName()


def speak_too_early(nurse: Nurse) -> None:
    """The ledger says saved when everything is written and nothing is committed."""
    honest = SqlLedger.transaction

    @contextmanager
    def hasty(ledger: SqlLedger) -> Iterator[SqlTransaction]:
        with honest(ledger) as running:
            yield running
            if nurse.typed:
                say("saved", nurse.typed)

    SqlLedger.transaction = hasty  # type: ignore[method-assign, assignment]


def never_commit() -> None:
    """One transaction is begun and goes on for ever."""
    begun: list[Db] = []

    @contextmanager
    def idle(writer: StandingWriter) -> Iterator[Db]:
        if not begun:
            pooled = writer._kept = writer._kept or writer._engine.raw_connection()
            begun.append(cast("Db", pooled.driver_connection))
            begun[0].execute("BEGIN IMMEDIATE")
        yield begun[0]

    StandingWriter.writing = idle  # type: ignore[method-assign, assignment]


def one_drawer() -> None:
    """What is half typed is kept for whoever comes next."""
    honest = Drawer.__init__

    def anybodys(drawer: Drawer, folder: Path, site: str, data_key: bytes, _login: str) -> None:
        honest(drawer, folder, site, data_key, "everybody")

    Drawer.__init__ = anybodys  # type: ignore[method-assign, assignment]


def type_without_end(folder: Path, manner: str) -> None:
    app = application()
    window = show_window(window_parts(folder, SystemClock()), Preferences(language="en"))
    if manner == "signing":
        Signer(app, window).sign()
    if manner in {"turns", "mixed"}:
        if manner == "mixed":
            one_drawer()
        window.doorway._remembering.setInterval(100)  # so that a kill finds what is kept by this alone
        Turns(app, window, os.getpid()).take_turns()
    nurse = Nurse(app, window)
    nurse.log_in(NURSE)
    if manner == "hasty":
        speak_too_early(nurse)
    elif manner == "idle":
        never_commit()
    nurse.begin(lambda: None if manner == "hasty" else say("saved", nurse.typed))
    say("typing")
    while True:
        nurse.go_on()


def warm_up() -> None:
    """What a window enters when somebody comes in is entered once for all windows."""
    for room in ("bootstrap.sites", "ui.casebook.window_page", "ui.exchange.page", "present.today_page"):
        import_module(f"crfapp.{room}")


def main() -> None:
    warm_up()
    for line in sys.stdin:
        folder, _, manner = line.strip().rpartition(" ")
        child = os.fork()
        if child == 0:
            try:
                os.environ["CRFAPP_STATE"] = f"{folder}-machine"  # each copy of the site is on its own
                type_without_end(Path(folder), manner)
            finally:
                os._exit(1)
        say("pid", str(child))
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
