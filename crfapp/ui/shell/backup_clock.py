"""Has copies of the records looked after from time to time, and the status bar say how old they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crfapp.present.backup_rounds import EVERY_MINUTES, BackupRounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.lane import Lane
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.parts import WindowParts
    from crfapp.ui.shell.status_bar import StatusBar

FIRST_MS = 40_000
"""Whoever comes in is let to their work first, and the exchange with other workstations too."""
_MINUTE_MS = 60_000


def copy_rounds(
    parts: WindowParts, workplace: Workplace, lane: Lane, status: StatusBar
) -> BackupRounds | None:
    """What makes copies of the records while somebody is in; None where nothing is to be copied."""
    keep = parts.backups(workplace)
    if keep is None:
        return None
    rounds = BackupRounds(lane, keep, workplace.texts)
    BackupClock(rounds, lambda: status.show_backup(parts.backup()), status)
    return rounds


class BackupClock(QObject):
    """The clock of the looks; ``show`` is called after each."""

    def __init__(self, rounds: BackupRounds, show: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self.rounds = rounds
        rounds.watch(show)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.next)
        self._timer.start(FIRST_MS)

    def next(self) -> None:
        """A look now, and when the next one is; none where whoever was in has gone."""
        if self.rounds.over:
            self._timer.stop()
            return
        self.rounds.begin()
        self._timer.start(EVERY_MINUTES * _MINUTE_MS)
