"""Noticing that nobody is at the workstation any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QApplication

    from crfapp.work.ports import Clock

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_LOOK_EVERY_MS = 5_000


class IdleWatch(QObject):
    """Emits ``idle`` once when nobody touched the application for a time, ``expired`` after a whole session.

    It listens where touches enter the application, at its windows: a filter on every event of every
    widget would cost a large form half of the time in which it is to be on screen.

    Two clocks are asked, and the longer answer counts: the wall clock goes on while the computer sleeps,
    the steady one cannot be set back. The first touch after that time locks too, and goes no further.
    """

    idle = Signal()
    expired = Signal()

    def __init__(self, app: QApplication, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock, self._seconds, self._longest = clock, 0, 0
        self._wall: datetime = clock.now()
        self._begun = self._wall
        self._steady, self._since = QElapsedTimer(), QElapsedTimer()
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app.focusWindowChanged.connect(self._attend)
        for window in app.allWindows():
            self._attend(window)

    def begin(self, minutes: int, longest: int) -> None:
        """Somebody is in: watch for so many minutes without a touch, and for ``longest`` seconds in all."""
        self._seconds, self._longest = minutes * 60, longest
        self._watching = True
        self._touched()
        self._begun = self._wall
        self._since.restart()
        self._timer.start()

    def end(self) -> None:
        """Nobody is in: nothing to lock."""
        self._watching = False
        self._timer.stop()

    def look(self) -> bool:
        """Whether nobody was here for too long, or somebody longer than is allowed; tells it once."""
        if not self._watching:
            return False
        if self._passed(self._wall, self._steady) >= self._seconds:
            self.end()
            self.idle.emit()
        elif self._passed(self._begun, self._since) >= self._longest:
            self.end()
            self.expired.emit()
        return not self._watching

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A touch begins the time anew, unless it comes too late."""
        if not self._watching or event.type() not in _TOUCHES:
            return False
        if self.look():
            return True
        self._touched()
        return False

    def _passed(self, wall: datetime, steady: QElapsedTimer) -> float:
        return max((self._clock.now() - wall).total_seconds(), steady.elapsed() / 1000)

    def _attend(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _touched(self) -> None:
        self._wall = self._clock.now()
        self._steady.restart()
