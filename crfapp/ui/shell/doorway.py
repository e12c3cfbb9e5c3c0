"""Coming in and leaving: who is in, where they were when they locked, and when the key is dropped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crfapp.base.problems import AppProblem
from crfapp.present.login import CLOSED, Leaving, Login
from crfapp.present.unfinished import read_back, written
from crfapp.ui.shell.session import START, Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.address import Address
    from crfapp.present.entrance import Door
    from crfapp.present.texts import Texts
    from crfapp.present.unfinished import Unfinished
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import JobRunner


class Doorway(QObject):
    """The door of the site, from both sides. ``entered`` is told when somebody came in."""

    entered = Signal()

    def __init__(self, door: Door | None, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self.door = door
        self.session: Session | None = None
        self.where = START
        self._jobs = jobs
        self._places: dict[str, Address] = {}
        self._left: tuple[str, Leaving] = ("", "logout")
        self._leaving = ""

    def login(self, texts: Texts, *, name: str = "") -> Login | None:
        """A presenter for the next to come in; None while there is no site."""
        if self.door is None:
            return None
        lane = self._jobs.lane(self)
        return Login(self.door, lane, texts, entered=self._enter, login=name, left=self._left)

    def leave(self, how: Leaving) -> None:
        """Somebody goes: what they typed and did not finish is kept, and but for a log-out their place.

        Visible jobs stop, then the key is dropped: the door is closed once the pages, which still hold the
        records, are gone and running work has ended; whoever comes in next waits behind that.
        """
        if self.session is None:
            return
        login, (at, typed) = self.session.workplace.actor.login, self.session.pause()
        self._left = (login, how)
        self._places.pop(login, None)
        if how != "logout":
            self._places[login] = at
        self._keep(typed)
        self.session, self._leaving = None, CLOSED[how]
        self._jobs.stop_titled()
        QTimer.singleShot(0, self, self._close)

    def take_out(self) -> tuple[Unfinished, ...]:
        """What whoever is in had typed and not finished when they left last; it is handed out once."""
        texts: tuple[Unfinished, ...] = ()
        with suppress(AppProblem):
            if self.door is not None:
                texts = read_back(self.door.kept())
                if texts:
                    self.door.keep("")
        return texts

    def pause(self) -> list[Unfinished]:
        """The pages are about to be made anew: note where the person is, and what is not recorded."""
        self.where, typed = self.session.pause() if self.session is not None else (START, [])
        return typed

    def resume(self, typed: Sequence[Unfinished]) -> None:
        """The pages stand again."""
        if self.session is not None:
            self.session.resume(typed)

    def quit(self) -> None:
        """The program ends; all work has been stopped."""
        if self.session is not None:
            self._keep(self.session.pause()[1])
        how = self._leaving or ("quit" if self.session is not None else "")
        self.session, self._leaving = None, ""
        if self.door is not None and how:
            with suppress(AppProblem):  # the key is gone either way, and no answer hangs on this entry
                self.door.leave(how)

    def _enter(self, workplace: Workplace) -> None:
        self.session = Session(workplace)
        self.where = self._places.get(workplace.actor.login, START)
        self._left = ("", "logout")
        self.entered.emit()

    def _keep(self, typed: Sequence[Unfinished]) -> None:
        with suppress(AppProblem):  # a failing disk must keep no window open that should be locked
            if self.door is not None and typed:
                self.door.keep(written(typed))

    def _close(self) -> None:
        door, how, self._leaving = self.door, self._leaving, ""
        if door is not None and how:
            self._jobs.start(self, lambda _: door.leave(how), done=_nothing, failed=_nothing)


def _nothing(_: object) -> None:
    """The end of a session has no answer, and a failure to write it no remedy: the key is dropped first."""
