"""Somebody is in: their workplace, and the frame that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crfapp.present.address import Address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.unfinished import Unfinished
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import JobRunner
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.frame import Frame
    from crfapp.ui.shell.parts import WindowParts
    from crfapp.work.bus import Outcome


START = Address("today")
"""Where everybody begins."""


class OutcomeRelay(QObject):
    """Brings outcomes to the window's thread. The bus holds it as long as it holds its listener."""

    told = Signal(object)

    def tell(self, outcome: Outcome) -> None:
        """A listener of the bus."""
        self.told.emit(outcome)


class Session:
    """One person's time in the window. The bus is listened to once, however often the frame is made anew."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self._frame: Frame | None = None
        self._relay = OutcomeRelay()
        workplace.listen(self._relay.tell)

    def frame(self, parts: WindowParts, preferences: Preferences, jobs: JobRunner) -> Frame:
        """The frame with this person's pages, in the present language and look."""
        from crfapp.ui.shell.frame import Frame  # what the login page does not need waits

        frame = Frame(self.workplace, parts, preferences, jobs)
        self._relay.told.connect(frame.heed)
        self._frame = frame
        return frame

    def pause(self) -> tuple[Address, list[Unfinished]]:
        """Where the person is, and what they typed that is not recorded: it is taken out of its fields."""
        if self._frame is None:
            return START, []
        return self._frame.address, self._frame.set_aside()

    def resume(self, typed: Sequence[Unfinished]) -> None:
        """Write it in again."""
        if typed and self._frame is not None:
            self._frame.put_back(typed)
