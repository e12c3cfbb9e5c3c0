"""Hybrid logical time: wall-clock milliseconds that never run backwards, and a counter within one.

Orders events of several workstations whose clocks disagree, without trusting any of them (DESIGN 2.4).
"""

from __future__ import annotations

from typing import NamedTuple

BEHIND_TOLERATED_MS = 120_000
"""A wall clock up to two minutes behind what is known is not yet worth a remark (REQ-404)."""


_TICKS = 99_999
"""As many ticks within a millisecond keep their place in the text."""


class Hybrid(NamedTuple):
    """One tick; compares in order, and so does its text."""

    ms: int
    tick: int

    def next(self, wall_ms: int) -> Hybrid:
        """The tick after this one, at a wall-clock time."""
        if wall_ms > self.ms:
            return Hybrid(wall_ms, 0)
        return Hybrid(self.ms, self.tick + 1) if self.tick < _TICKS else Hybrid(self.ms + 1, 0)

    def behind(self, wall_ms: int) -> int:
        """Seconds by which a wall clock is behind what is known; 0 where that is tolerable."""
        gap = self.ms - wall_ms
        return gap // 1000 if gap > BEHIND_TOLERATED_MS else 0

    def __str__(self) -> str:
        return f"{self.ms:013d}.{self.tick:05d}"

    @classmethod
    def parse(cls, text: str) -> Hybrid:
        """Read what ``str`` wrote."""
        ms, _, tick = text.partition(".")
        return cls(int(ms), int(tick))
