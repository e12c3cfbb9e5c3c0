"""Whether the person who came in is still there, and what must not outlive their going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.ui.entrance.copied import Copied
from crfapp.ui.entrance.idle import IdleWatch

if TYPE_CHECKING:
    from crfapp.ui.shell.session import Session
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

    def begin(self, session: Session | None, wished_minutes: int) -> None:
        """Somebody is in: the site's policy says for how long."""
        if session is not None:
            from crfapp.present.session_rules import session_rules  # what the login page does not need waits

            self._idle.begin(*session_rules(session.workplace, wished_minutes))

    def end(self) -> None:
        """They go, and nothing they copied stays in the clipboard."""
        self._idle.end()
        self._copied.forget()


def settle(window: QWidget) -> None:
    """Leave the focused field of a window, so that what stands there is saved as when one moves on."""
    focused = QApplication.focusWidget()
    if focused is not None and window.isAncestorOf(focused):
        focused.clearFocus()
