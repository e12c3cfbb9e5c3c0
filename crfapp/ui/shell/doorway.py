"""Coming in and leaving: who is in, where they were when they locked, and when the key is dropped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crfapp.base.problems import AppProblem
from crfapp.present.address import Address
from crfapp.present.login import Login
from crfapp.ui.shell.session import Session

if TYPE_CHECKING:
    from crfapp.present.entrance import Door
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import JobRunner

START = Address("today")


class Doorway(QObject):
    """The door of the site, from both sides. ``entered`` is told when somebody came in."""

    entered = Signal()

    def __init__(self, door: Door | None, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self.door = door
        self.session: Session | None = None
        self.where = START
        self._jobs = jobs
        self._locked_by = ""
        self._left_at = START
        self._leaving = ""

    def login(self, texts: Texts, *, name: str = "") -> Login | None:
        """A presenter for the next to come in; None while there is no site."""
        if self.door is None:
            return None
        lane = self._jobs.lane(self)
        return Login(self.door, lane, texts, entered=self._enter, login=name, locked_by=self._locked_by)

    def leave(self, how: str, at: Address) -> None:
        """Somebody goes (``how``: lock, idle, logout): visible jobs stop, then the key is dropped.

        The door is closed once the pages, which still hold the records, are gone and running work has
        ended; whoever comes in next waits behind that.
        """
        if self.session is None:
            return
        self._locked_by = self.session.workplace.actor.login if how != "logout" else ""
        self._left_at = at
        self.session, self._leaving = None, how
        self._jobs.stop_titled()
        QTimer.singleShot(0, self, self._close)

    def quit(self) -> None:
        """The program ends; all work has been stopped."""
        how = self._leaving or ("quit" if self.session is not None else "")
        self.session, self._leaving = None, ""
        if self.door is not None and how:
            with suppress(AppProblem):  # the key is gone either way, and no answer hangs on this entry
                self.door.leave(how)

    def _enter(self, workplace: Workplace) -> None:
        self.session = Session(workplace)
        self.where = self._left_at if workplace.actor.login == self._locked_by else START
        self._locked_by = ""
        self.entered.emit()

    def _close(self) -> None:
        door, how, self._leaving = self.door, self._leaving, ""
        if door is not None and how:
            self._jobs.start(self, lambda _: door.leave(how), done=_nothing, failed=_nothing)


def _nothing(_: object) -> None:
    """The end of a session has no answer, and a failure to write it no remedy: the key is dropped first."""
