"""Coming in and leaving: who is in, where they were when they locked, and when the key is dropped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crfapp.base.problems import AppProblem
from crfapp.present.arrival import start_of
from crfapp.present.due_clocks import DueClocks
from crfapp.present.entrance import DoorOfParts
from crfapp.present.login import CLOSED, Leaving, Login
from crfapp.present.unfinished import read_back, written
from crfapp.ui.shell.session import Session

if TYPE_CHECKING:
    from crfapp.present.address import Address
    from crfapp.present.entrance import Door
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import JobRunner
    from crfapp.ui.shell.parts import WindowParts


class Doorway(QObject):
    """The door of the site, from both sides.

    ``entered`` is told when somebody came in and may work; ``met`` (with a :class:`ComingIn`) when there are
    steps before that; ``turned_back`` when they will not take one.
    """

    entered = Signal()
    met = Signal(object)
    turned_back = Signal()

    def __init__(self, parts: WindowParts, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self.door: Door | None = parts.door
        self._waiting = DueClocks(parts.clock, parts.jumps)
        self.session: Session | None = None
        self._jobs = jobs
        self._places: dict[str, Address] = {}
        self._left: tuple[str, Leaving] = ("", "logout")
        self._leaving = ""

    def login(self, texts: Texts, *, name: str = "") -> Login | None:
        """A presenter for the next to come in; None while there is no site."""
        if self.door is None:
            return None
        lane = self._jobs.lane(self)
        login = Login(self.door, lane, texts, entered=self._enter, login=name, left=self._left)
        login.due = self._waiting.count
        return login

    def change_password(self) -> None:
        """Whoever is at work wishes another password: the pages go for a moment."""
        from crfapp.present.coming_in import ComingIn

        if self.door is not None and self.session is not None:
            self.session.pause()
            lane, at = self._jobs.lane(self), self.session.workplace
            self.met.emit(
                ComingIn(self.door, lane, at, change=True, done=self.entered.emit, left=self.entered.emit)
            )

    def take_out(self) -> None:
        """Lay out for whoever is in what they had typed and not finished when they left last, once."""
        with suppress(AppProblem):
            if self.door is not None and self.session is not None:
                texts = read_back(self.door.kept())
                self.session.aside += texts
                if texts:
                    self.door.keep("")

    def turn(self, part: str, to: Address) -> None:
        """Whoever is in goes on with the records of one of a centre's sites, or with the centre's own.

        They are opened behind running work; the pages stay until then, and those records close after them.
        """
        door = self.door
        if self.session is None or not isinstance(door, DoorOfParts):
            return
        self._jobs.stop_titled()
        self._jobs.start(
            self, lambda _: door.part(part), done=lambda at: self._turned(at, to), failed=self.session.tell
        )

    def leave(self, how: Leaving) -> None:
        """Somebody goes: what they typed and did not finish is kept, and but for a log-out their place.

        Visible jobs stop, then the key is dropped: the door is closed once the pages, which still hold the
        records, are gone and running work has ended; whoever comes in next waits behind that.
        """
        if self.session is None:
            return
        login = self.session.workplace.actor.login
        self._left = (login, how)
        self._waiting.remember(self.session.dues())
        self._keep(self.session)
        self._places.pop(login, None)
        if how != "logout":
            self._places[login] = self.session.where
        self.session, self._leaving = None, CLOSED[how]
        self._jobs.stop_titled()
        QTimer.singleShot(0, self, self._close)

    def quit(self) -> None:
        """The program ends; all work has been stopped."""
        if self.session is not None:
            self._keep(self.session)
        how = self._leaving or ("quit" if self.session is not None else "")
        self.session, self._leaving = None, ""
        if self.door is not None and how:
            with suppress(AppProblem):  # the key is gone either way, and no answer hangs on this entry
                self.door.leave(how)

    def _enter(self, workplace: Workplace, password: str) -> None:
        from crfapp.present.coming_in import ComingIn  # what the login page does not need waits

        place = self._places.get(workplace.actor.login) or start_of(workplace)
        self.session = Session(workplace, place, self.turn)
        self._left = ("", "logout")
        if self.door is None:
            return
        lane = self._jobs.lane(self)
        coming = ComingIn(
            self.door,
            lane,
            workplace,
            password=password,
            done=self.entered.emit,
            left=self.turned_back.emit,
        )
        if coming.needed:
            self.met.emit(coming)
        else:
            self.entered.emit()

    def _turned(self, workplace: Workplace, to: Address) -> None:
        before, door = self.session, self.door
        if before is None or not isinstance(door, DoorOfParts):
            return
        before.pause()
        self.session = Session(workplace, to, self.turn)
        self.session.aside = before.aside
        self.entered.emit()
        QTimer.singleShot(0, self, lambda: self._close_others(door, workplace))

    def _close_others(self, door: DoorOfParts, workplace: Workplace) -> None:
        """Once the pages that still held the records are gone."""
        self._jobs.start(self, lambda _: door.close_but(workplace), done=_nothing, failed=_nothing)

    def _keep(self, session: Session) -> None:
        session.pause()
        with suppress(AppProblem):  # a failing disk must keep no window open that should be locked
            if self.door is not None and session.aside:
                self.door.keep(written(session.aside))

    def _close(self) -> None:
        door, how, self._leaving = self.door, self._leaving, ""
        if door is not None and how:
            self._jobs.start(self, lambda _: door.leave(how), done=_nothing, failed=_nothing)


def _nothing(_: object) -> None:
    """The end of a session has no answer, and a failure to write it no remedy: the key is dropped first."""
