"""A band above all pages while the computer's clock cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from crfapp.present.clock_watch import ClockWatch
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.notices import Notices

KEY = "clock"
_LOOKS_MS = 15_000


class ClockBand(QObject):
    """Looks at the clock now and then, and whenever something was stored."""

    def __init__(self, watch: ClockWatch, workplace: Workplace, notices: Notices) -> None:
        super().__init__(notices)
        self._watch, self._at, self._notices = watch, workplace, notices
        self._looking = QTimer(self, interval=_LOOKS_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        self.look()

    def look(self) -> None:
        """Show the band, show it with newer times, or take it away."""
        say = self._at.texts
        warning = self._watch.look(self._at.now.utc, say)
        if warning is None:
            self._notices.put_away(KEY)
            return
        banner = self._notices.keep(KEY, warning.what, warning.todo)
        if warning.may_be_right and banner is not None:
            banner.add_button(KEY, say("The date is right"))
            banner.chosen.connect(self._accept)

    def _accept(self, _key: str) -> None:
        self._watch.accept()
        self.look()
