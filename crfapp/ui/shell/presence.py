"""Whether the person who came in is still there, and what must not outlive their going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crfapp.present.session_rules import session_rules
from crfapp.ui.entrance.copied import Copied
from crfapp.ui.entrance.idle import IdleWatch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from crfapp.present.workplace import Workplace
    from crfapp.work.ports import Clock


class Presence(QObject):
    """``gone`` tells once that the window has to lock: ``idle``, or ``limit`` after the longest session."""

    gone = Signal(str)

    def __init__(self, app: QApplication, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._copied = Copied(app, self)
        self._idle = IdleWatch(app, clock, self)
        self._idle.idle.connect(lambda: self.gone.emit("idle"))
        self._idle.expired.connect(lambda: self.gone.emit("limit"))

    def begin(self, workplace: Workplace, wished_minutes: int) -> None:
        """Somebody is in: the site's policy says for how long."""
        self._idle.begin(*session_rules(workplace, wished_minutes))

    def end(self) -> None:
        """They go, and nothing they copied stays in the clipboard."""
        self._idle.end()
        self._copied.forget()
