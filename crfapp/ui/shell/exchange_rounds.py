"""Has the other workstations kept up to date from time to time, and says in the status bar how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crfapp.present.other_workstations import Rounds

if TYPE_CHECKING:
    from crfapp.present.lane import Lane
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.parts import WindowParts
    from crfapp.ui.shell.status_bar import StatusBar

FIRST_MS = 20_000
"""Whoever comes in is let to their work first."""
_MINUTE_MS = 60_000


def exchange_rounds(parts: WindowParts, workplace: Workplace, lane: Lane, status: StatusBar) -> Rounds | None:
    """What keeps the site's other workstations up to date while somebody is in, for whoever may."""
    carry_out = parts.rounds(workplace)
    if carry_out is None:
        return None
    rounds = Rounds(lane, carry_out, workplace.texts)
    ExchangeRounds(rounds, status)
    return rounds


class ExchangeRounds(QObject):
    """The clock of the rounds."""

    def __init__(self, rounds: Rounds, status: StatusBar) -> None:
        super().__init__(status)
        self.rounds = rounds
        rounds.watch(status.show_others)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.next)
        self._timer.start(FIRST_MS)

    def next(self) -> None:
        """A round now, and when the next one is; none where whoever was in has gone."""
        if self.rounds.over:
            self._timer.stop()
            return
        self.rounds.begin()
        self._timer.start(self.rounds.minutes * _MINUTE_MS)
