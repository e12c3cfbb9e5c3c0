"""Which figures of a measure are kept and compared with those of another day or machine.

Times of two machines cannot be compared, but how many times a thing costs what nobody can do without can:
the sync of the disk, the cipher alone, an empty window. Each measure names such a limit beside its figures
and measures both together, by turns where it can; a figure without a limit is compared only where it is
itself a ratio, a count, a growth or a size of memory.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
FULL = "CRFAPP_BENCH"


def sized(usual: T, full: T) -> T:
    """How large a measure is made: with ``CRFAPP_BENCH=full`` as large as the design speaks of."""
    return full if os.environ.get(FULL) == "full" else usual


class Limit(NamedTuple):
    """What nobody can do without, measured beside a figure: where it was found, and what it is."""

    at: str
    says: str


@dataclass(frozen=True)
class Kept:
    """One figure: where it stands in what a measure finds, and against what it is read.

    ``at`` is a place in the found object, written with slashes, as is that of the limit. ``goal`` is the most
    (or least, with ``more_is_better``) that the figure itself may be; ``tolerance`` is how much worse the
    compared number may get before it counts. ``compared`` is off where a figure is shown only.
    """

    says: str
    at: str
    unit: str = "x"
    limit: Limit | None = None
    goal: float | None = None
    tolerance: float = 1.35
    more_is_better: bool = False
    compared: bool = True

    def found_in(self, found: Mapping[str, object]) -> Figure | None:
        """This figure of one run; ``None`` where it could not be measured, as without an X server."""
        value = _number(found, self.at)
        limit = _number(found, self.limit.at) if self.limit else None
        return None if value is None else Figure(value, limit)


@dataclass(frozen=True)
class Figure:
    """What was measured, and the limit measured beside it."""

    value: float
    limit: float | None = None

    @property
    def distance(self) -> float:
        """How many times the limit; without one the value itself."""
        return self.value / self.limit if self.limit else self.value


@dataclass(frozen=True)
class Compared:
    """A figure of today beside that of the baseline."""

    measure: str
    kept: Kept
    now: Figure
    before: Figure | None

    @property
    def ratio(self) -> float | None:
        """Today's distance over that of the baseline; ``None`` where there is nothing to compare with."""
        if self.before is None or not self.kept.compared or not self.before.distance:
            return None
        return self.now.distance / self.before.distance

    @property
    def worse(self) -> bool:
        """Whether it got worse by more than the tolerance."""
        if self.before is None or not self.kept.compared:
            return False
        if not self.before.distance:  # none before: any is worse
            return bool(self.now.distance) and not self.kept.more_is_better
        ratio = self.now.distance / self.before.distance
        return (1 / ratio if self.kept.more_is_better and ratio else ratio) > self.kept.tolerance

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; ``None`` without one."""
        return met(self.kept, self.now)


def met(kept: Kept, figure: Figure) -> bool | None:
    """Whether a figure meets its goal; ``None`` without one."""
    if kept.goal is None:
        return None
    return figure.value >= kept.goal if kept.more_is_better else figure.value <= kept.goal


def _number(found: Mapping[str, object], path: str) -> float | None:
    place: object = found
    for name in path.split("/"):
        if name not in cast("Mapping[str, object]", place):
            return None
        place = cast("Mapping[str, object]", place)[name]
    return float(cast("float", place))
