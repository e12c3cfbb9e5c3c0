"""A plot as data: lines of points over days, visits or doses. Whoever draws it decides only how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """One value; ``spread`` is its uncertainty up and down, 0 where none is known."""

    x: float
    y: float
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Points that belong together. ``steps``: it holds until the next point; ``dashed``: to compare with."""

    name: str
    points: tuple[Point, ...]
    dashed: bool = False
    steps: bool = False


class Mark(NamedTuple):
    """Something that happened at ``x``, such as a dose."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class PlotView:
    """One plot. ``low`` and ``high`` are the ends of the upright axis where they are given.

    ``ticks`` name places on the lying axis, in place of figures. ``whole``: only whole figures upright.
    """

    title: str
    x_title: str
    y_title: str
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    low: float | None = None
    high: float | None = None
    whole: bool = False
    ticks: tuple[tuple[float, str], ...] = ()

    @property
    def span(self) -> tuple[float, float]:
        """First and last place on the lying axis."""
        places = [p.x for line in self.lines for p in line.points] + [mark.x for mark in self.marks]
        first, last = min(places, default=0.0), max(places, default=1.0)
        return (first, last) if last > first else (first - 0.5, first + 0.5)

    @property
    def reach(self) -> tuple[float, float]:
        """Lowest and highest figure of the upright axis."""
        lows = [p.y - p.spread for line in self.lines for p in line.points]
        highs = [p.y + p.spread for line in self.lines for p in line.points]
        low = min(0.0, *lows) if self.low is None and lows else self.low or 0.0
        high = max(highs, default=1.0) if self.high is None else max([self.high, *highs])
        return low, high if high > low else low + 1


def steps_between(low: float, high: float, most: int, *, whole: bool = False) -> tuple[float, ...]:
    """Round figures from ``low`` to ``high``, no more than ``most``: 1, 2, 5, 10 ... apart."""
    apart = 1.0 if whole else _power(high - low)
    while (high - low) / apart > most:
        for factor in (2, 2.5, 2):
            if (high - low) / apart <= most:
                break
            apart *= factor
    first = -(-low // apart) * apart
    count = int((high - first) / apart + 1e-9) + 1
    return tuple(round(first + number * apart, 10) for number in range(count))


def _power(room: float) -> float:
    """The largest power of ten that goes into ``room`` at least ten times."""
    power = 1.0
    while power * 10 > room:
        power /= 10
    while power * 100 <= room:
        power *= 10
    return power
