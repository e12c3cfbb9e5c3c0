"""Somebody is in: their workplace, and the frame that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import JobRunner
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.frame import Frame
    from crfapp.ui.shell.parts import WindowParts
    from crfapp.work.bus import Outcome


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
        self._relay = OutcomeRelay()
        workplace.listen(self._relay.tell)

    def frame(self, parts: WindowParts, preferences: Preferences, jobs: JobRunner) -> Frame:
        """The frame with this person's pages, in the present language and look."""
        from crfapp.ui.shell.frame import Frame  # what the login page does not need waits

        frame = Frame(self.workplace, parts, preferences, jobs)
        self._relay.told.connect(frame.heed)
        return frame
