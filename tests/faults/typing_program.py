"""The real window with a nurse who types without end; it is to be killed.

Started once, it forks a window for each line it reads (``folder manner``), before Qt is running in it. A
window says ``typing`` when it begins, and ``saved ITEM TEXT`` when the casebook page said that it saved.

``honest`` is the program as it is. Two are sabotaged: ``hasty`` says saved within the transaction, before
its commit; ``idle`` never commits what it calls saved.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.window import window_parts
from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.store.ledger import SqlLedger
from crfapp.store.standing import StandingWriter
from crfapp.ui.casebook import CasebookView
from crfapp.ui.casebook.asking import ReasonLine
from crfapp.ui.fields import FieldEditor
from crfapp.ui.preferences import Preferences
from crfapp.ui.running import application, show_window
from tests.support.real_site import NURSE, NURSE_PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.store.engine import Db
    from crfapp.store.ledger import SqlTransaction
    from crfapp.ui.shell.frame import Frame
    from crfapp.ui.shell.main_window import MainWindow

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
RETURN = Qt.Key.Key_Return


def say(*words: str) -> None:
    os.write(1, (" ".join(words) + "\n").encode())


class Nurse:
    """Sits at the window and types the vital signs, over and over."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self.app, self.window = app, window
        self.typed = ""
        self._numbers = {item: cycle(map(str, numbers)) for item, numbers in NUMBERS.items()}

    def log_in(self) -> None:
        self.until(lambda: isinstance(self.app.focusWidget(), QWidget))
        for word in (NURSE, NURSE_PASSWORD):
            self.type(word)
        self.until(lambda: self.window.doorway.session is not None)

    def begin(self, acknowledge: Callable[[], None]) -> None:
        frame = cast("Frame", self.window.centralWidget())
        session = self.window.doorway.session
        assert session is not None
        subject = session.workplace.tables.find(SubjectRow)[0].subject
        self.start = Address("casebook", subject, "V_SCR", 1, "VS", 1, "", FIRST)
        frame.go(self.start)
        casebook = next(page.widget for page in frame.pages if isinstance(page.widget, CasebookView))
        casebook.saved.connect(lambda _at: acknowledge())
        self.frame = frame

    def go_on(self) -> None:
        """Answer the question that has the keyboard, or begin again at the first."""
        widget = self.app.focusWidget()
        if isinstance(widget, ReasonLine):
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


def type_without_end(folder: Path, manner: str) -> None:
    app = application()
    nurse = Nurse(app, show_window(window_parts(folder, SystemClock()), Preferences(language="en")))
    nurse.log_in()
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
