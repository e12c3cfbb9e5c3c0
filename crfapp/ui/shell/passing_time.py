"""Asks from time to time what the passing of time has brought about, while nobody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from crfapp.base.problems import AppProblem
from crfapp.ledger.state import SubjectRow
from crfapp.work.passing_time import LookAtClock
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.notices import Notices

ROUND_MS = 15 * 60 * 1000
"""How often every subject is looked at."""
STEP_MS = 250
REST_MS = 3_000
"""So long nobody has typed before the next subject is looked at: nothing may stand in the way of a key."""


class PassingTime(QObject):
    """Goes through the subjects one by one, again and again."""

    def __init__(self, workplace: Workplace, notices: Notices) -> None:
        super().__init__(notices)
        self._at, self._notices = workplace, notices
        self._waiting: list[str] = []
        self._typed = QElapsedTimer()
        self._typed.start()
        self._steps = QTimer(self, interval=STEP_MS)
        self._steps.timeout.connect(self.step)
        self._rounds = QTimer(self, interval=ROUND_MS)
        self._rounds.timeout.connect(self.begin)
        application = QApplication.instance()
        if application is not None and workplace.actor.may(Right.RECORD):
            application.installEventFilter(self)
            self._rounds.start()
            self.begin()

    def begin(self) -> None:
        """Begin with the first subject."""
        self._waiting = [row.subject for row in self._at.tables.find(SubjectRow)]
        self._steps.start()

    def step(self) -> None:
        """Look at the next subject, unless somebody is typing."""
        if self._typed.elapsed() < REST_MS:
            return
        if not self._waiting:
            self._steps.stop()
            return
        try:
            self._at.send(LookAtClock(subject=self._waiting.pop(0)))
        except AppProblem as problem:
            self._steps.stop()
            self._notices.tell(problem)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice that somebody types."""
        if event.type() == QEvent.Type.KeyPress:
            self._typed.restart()
        return False
