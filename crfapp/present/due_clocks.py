"""How many clocks are due, for the locked screen: nothing of the study is known there, not even who."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crfapp.present.clock_watch import JumpWatch
    from crfapp.work.ports import Clock


class DueClocks:
    """Instants that were due next when somebody left, one for every clock that ran; counted as they come."""

    def __init__(self, clock: Clock, jumps: JumpWatch) -> None:
        self._clock, self._jumps = clock, jumps
        self._dues: tuple[datetime, ...] = ()

    def remember(self, dues: Sequence[datetime]) -> None:
        """From now on these count, by the wall clock as it stands now."""
        moved = timedelta(seconds=self._jumps.apart(self._clock.now()))
        self._dues = tuple(due - moved for due in dues)

    def count(self) -> int:
        """How many are due; a clock that is set in the meantime changes nothing."""
        now = self._clock.now()
        real = now - timedelta(seconds=self._jumps.apart(now))
        return sum(due <= real for due in self._dues)
