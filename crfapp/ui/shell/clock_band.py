"""A band above all pages while the computer's clock cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crfapp.base.problems import AppProblem
from crfapp.present.clock_card import jump_words
from crfapp.work.clock import NoteClockJump

if TYPE_CHECKING:
    from crfapp.present.clock_watch import ClockWatch, JumpWatch
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.notices import Notices

KEY, JUMP = "clock", "clock-jump"
_LOOKS_MS = 15_000


class ClockBand(QObject):
    """Looks at the clock now and then, and whenever something was stored."""

    def __init__(self, watch: ClockWatch, jumps: JumpWatch, workplace: Workplace, notices: Notices) -> None:
        super().__init__(notices)
        self._watch, self._jumps, self._at, self._notices = watch, jumps, workplace, notices
        self._looking = QTimer(self, interval=_LOOKS_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        self.look()

    def look(self) -> None:
        """Show the band, show it with newer times, or take it away."""
        if jumped := self._jumps.look(self._at.now.utc):
            self._tell_jump(jumped)
        say = self._at.texts
        warning = self._watch.look(self._at.now.utc, say)
        if warning is None:
            self._notices.put_away(KEY)
            return
        banner = self._notices.keep(KEY, warning.what, warning.todo)
        if warning.may_be_right and banner is not None:
            banner.add_button(KEY, say("The date is right"))
            banner.chosen.connect(self._accept)

    def _tell_jump(self, seconds: int) -> None:
        """Keep it in the ledger, and say it until somebody has looked at the clock."""
        say = self._at.texts
        what = say("The clock of this computer was moved. {how}", how=jump_words(self._at, seconds))
        todo = say("Compare it with another clock. Entry goes on; the order of what is recorded holds.")
        banner = self._notices.keep(JUMP, what, todo)
        if banner is not None:
            banner.add_button(JUMP, say("The time is right now"))
            banner.chosen.connect(self._notices.put_away)
        try:
            self._at.send(NoteClockJump(seconds=seconds))
        except AppProblem as problem:
            self._notices.tell(problem)

    def _accept(self, _key: str) -> None:
        self._watch.accept()
        self.look()
