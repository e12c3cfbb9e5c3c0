"""Somebody is in: their workplace, and the frame that shows it."""

from __future__ import annotations

from linecache import clearcache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crfapp.ui.shell.page import Writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtCore import QSize

    from crfapp.base.problems import AppProblem
    from crfapp.present.address import Address
    from crfapp.present.unfinished import Unfinished
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import JobRunner
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.frame import Frame
    from crfapp.ui.shell.parts import WindowParts
    from crfapp.work.bus import Outcome

    Turn = Callable[[str, Address], None]


class OutcomeRelay(QObject):
    """Brings outcomes to the window's thread. The bus holds it as long as it holds its listener."""

    told = Signal(object)

    def tell(self, outcome: Outcome) -> None:
        """A listener of the bus."""
        self.told.emit(outcome)


class Session:
    """One person's time in the window. The bus is listened to once, however often the frame is made anew.

    ``turn`` is called where they go on with a site of a centre, or with the centre again.
    ``where`` they are or were, ``aside`` what they typed that is not recorded while no pages stand.
    ``stored`` tells of every outcome.
    """

    def __init__(self, workplace: Workplace, where: Address, turn: Turn) -> None:
        self.workplace = workplace
        self._turn = turn
        self.where = where
        self.aside: list[Unfinished] = []
        self._frame: Frame | None = None
        self._relay = OutcomeRelay()
        self.stored = self._relay.told
        workplace.listen(self._relay.tell)

    def frame(self, parts: WindowParts, preferences: Preferences, jobs: JobRunner) -> Frame:
        """The frame with this person's pages, in the present language and look."""
        from crfapp.ui.shell.frame import Frame  # what the login page does not need waits

        frame = Frame(self.workplace, parts, preferences, jobs)
        self._relay.told.connect(frame.heed)
        frame.part_wanted.connect(self._turn)
        self._frame = frame
        clearcache()  # Qt's binding reads the source of each module that is imported, and all of it is kept
        return frame

    def last_round(self, then: Callable[[], object]) -> bool:
        """Let what was recorded leave for the site's other workstations first, and be in a copy.

        ``then`` is called after each of both. False where there is nothing to wait for.
        """
        if self._frame is None:
            return False
        for rounds in (self._frame.rounds, self._frame.copies):
            if rounds is not None and rounds.leave(lambda: QTimer.singleShot(0, then)):
                return True
        return False

    def resume(self, size: QSize) -> None:
        """The frame stands in the window: the person goes on where they were, with what they had typed."""
        frame = self._frame
        if frame is None:
            return
        frame.resize(size)
        frame.show()  # only what stands in the window can take the keyboard
        frame.go(self.where)
        if self.aside:
            frame.put_back(self.aside)
            self.aside = []

    def unfinished(self) -> list[Unfinished]:
        """What they typed that is not recorded, wherever it is just now."""
        pages = self._frame.pages if self._frame is not None else ()
        return self.aside + [
            text for page in pages if isinstance(page, Writing) for text in page.unfinished()
        ]

    def dues(self) -> tuple[datetime, ...]:
        """When something is due next, for every clock of an observation that runs."""
        return self._frame.watched.dues() if self._frame is not None else ()

    def tell(self, problem: AppProblem) -> None:
        """Show a problem above the pages."""
        if self._frame is not None:
            self._frame.tell(problem)

    def pause(self) -> None:
        """The pages go: note where the person is, and take what is not recorded out of its fields.

        Rounds of exchange end with them, now and not when the pages are gone: what one of them waits to
        record must not come between a lock and the end of the session.
        """
        if self._frame is not None:
            for rounds in (self._frame.rounds, self._frame.copies):
                if rounds is not None:
                    rounds.stop()
            self.where = self._frame.address
            self.aside += self._frame.set_aside()
            self._relay.told.disconnect(self._frame.heed)  # its tables may be closed before it is gone
            self._frame = None
