"""Coming in and leaving: who is in, where they were when they locked, and when the key is dropped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crfapp.base.problems import AppProblem
from crfapp.present.address import Address
from crfapp.present.arrival import start_of
from crfapp.present.due_clocks import DueClocks
from crfapp.present.entrance import DoorOfParts
from crfapp.present.login import CLOSED, Leaving, Login
from crfapp.present.unfinished import read_back, written
from crfapp.ui.shell.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.entrance import Door
    from crfapp.present.texts import Texts
    from crfapp.present.unfinished import Unfinished
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import JobRunner
    from crfapp.ui.shell.parts import WindowParts

START = Address("today")
REMEMBERED_MS = 2_000
"""So often it is looked whether something stands in a field that is not kept yet."""


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
        self._kept: str | None = None
        self._remembering = QTimer(self)
        self._remembering.setInterval(REMEMBERED_MS)
        self._remembering.timeout.connect(self.remember)

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
        """Lay out for whoever is in what they had typed and not finished when they left last, once.

        It stays where it is kept until something else stands in the fields.
        """
        if self.door is None or self.session is None or self._kept is not None:
            return
        with suppress(AppProblem):
            self._kept = self.door.kept()
            self.session.aside += read_back(self._kept)
        self._remembering.start()

    def remember(self) -> None:
        """Keep what stands in fields and is not recorded: a power cut takes no more than the last of it."""
        if self.session is not None:
            self._lay(self.session.unfinished())

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

        self.session = Session(workplace, self._places.get(workplace.actor.login, START), self.turn)
        self.session.stored.connect(self._after_storing)
        self._left, self._kept = ("", "logout"), None
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
        self._remembering.stop()
        session.pause()
        self._lay(session.aside)

    def _after_storing(self) -> None:
        """What was kept may be an answer by now; its field says so when it has heard of it."""
        if self._kept:
            QTimer.singleShot(0, self, self.remember)

    def _lay(self, texts: Sequence[Unfinished]) -> None:
        told = written(texts)
        if self.door is not None and told != (self._kept or ""):
            with suppress(AppProblem):  # a failing disk must keep no window open that should be locked
                self.door.keep(told)
                self._kept = told

    def _close(self) -> None:
        door, how, self._leaving = self.door, self._leaving, ""
        if door is not None and how:
            self._jobs.start(self, lambda _: door.leave(how), done=_nothing, failed=_nothing)


def _nothing(_: object) -> None:
    """The end of a session has no answer, and a failure to write it no remedy: the key is dropped first."""
