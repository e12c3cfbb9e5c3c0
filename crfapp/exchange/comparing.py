"""What a centre holds against what the site holds, point by point, by the site alone (REQ-501).

A point is one row of the shared state: one answer, one question, one signature. Both sides are streamed in
their order side by side; a difference names the place and the columns, and carries both rows for whoever asks
to see them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.exchange.state import StateRow

What = Literal["differs", "only here", "only there"]


class Difference(NamedTuple):
    """One point that is not the same; ``columns`` are those that differ, empty where one side lacks it."""

    what: What
    row: StateRow
    columns: tuple[str, ...] = ()
    there: StateRow | None = None


@dataclass
class Tally:
    """How many points of each table are equal, and how many are not, by kind."""

    equal: Counter[str] = field(default_factory=Counter)
    unequal: Counter[tuple[str, What]] = field(default_factory=Counter)

    @property
    def all_equal(self) -> bool:
        """Whether nothing differs."""
        return not self.unequal


def differences(here: Iterable[StateRow], there: Iterable[StateRow], tally: Tally) -> Iterator[Difference]:
    """Every point that is not the same, in order; ``tally`` counts along."""
    for point in _points(iter(here), iter(there)):
        if point.what == "differs" and not point.columns:
            tally.equal[point.row.table] += 1
        else:
            tally.unequal[point.row.table, point.what] += 1
            yield point


def _points(here: Iterator[StateRow], there: Iterator[StateRow]) -> Iterator[Difference]:
    """Walk both sides at once; a point that both have may differ in no column at all."""
    one, other = next(here, None), next(there, None)
    while one is not None or other is not None:
        if one is not None and (other is None or one.place < other.place):
            yield Difference("only here", one)
            one = next(here, None)
        elif other is not None and (one is None or other.place < one.place):
            yield Difference("only there", other)
            other = next(there, None)
        elif one is not None and other is not None:
            yield Difference("differs", one, _unequal(one, other), other)
            one, other = next(here, None), next(there, None)


def _unequal(one: StateRow, other: StateRow) -> tuple[str, ...]:
    pairs = zip(one.row._fields, one.row, other.row, strict=True)
    return tuple(name for name, mine, theirs in pairs if mine != theirs)
