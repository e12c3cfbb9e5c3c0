"""What a change still has to reach: items in the order of working out, then leaves and checks."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from crfapp.form.plan_parts import Edges, FormPlan, Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crfapp.form.row_state import RowState


class Wave:
    """Iterating gives (item, row) in dependency order, row by row from the top, also those added on the way.

    ``leaves`` holds (item, row), ``checks`` (number of the check, row).
    """

    def __init__(self, plan: FormPlan, rows: Mapping[str, Mapping[str, RowState]]) -> None:
        self._plan = plan
        self._rows = rows
        self._heap: list[tuple[int, int, str, str]] = []
        self._waiting: set[tuple[str, str]] = set()
        self._reached: dict[tuple[str, str], int] = {}
        self.leaves: set[tuple[str, str]] = set()
        self.checks: set[tuple[int, str]] = set()

    def add(self, oid: str, key: str) -> None:
        """An item in a row has to be worked out."""
        row = self._rows[self._plan.items[oid].group].get(key)
        if row is not None and (oid, key) not in self._waiting:
            self._waiting.add((oid, key))
            heappush(self._heap, (self._plan.rank[oid], row.info.number, key, oid))

    def add_everywhere(self, oid: str) -> None:
        """An item has to be worked out in all its rows."""
        for key in self._rows[self._plan.items[oid].group]:
            self.add(oid, key)

    def spread(self, edges: Edges, key: str) -> None:
        """Something changed in a row; everything that reads it has to be worked out."""
        for oid, reach in edges.cores.items():
            for row in self._touched(self._plan.items[oid].group, reach, key):
                self.add(oid, row)
        for oid, reach in edges.leaves.items():
            for row in self._touched(self._plan.items[oid].group, reach, key):
                self.leaves.add((oid, row))
        for number, reach in edges.checks.items():
            for row in self._touched(self._plan.checks[number].group, reach, key):
                self.checks.add((number, row))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        while self._heap:
            _, _, key, oid = heappop(self._heap)
            self._waiting.discard((oid, key))
            if self._may_still_move(oid, key):
                yield oid, key

    def _may_still_move(self, oid: str, key: str) -> bool:
        """False once an item was worked out more often than the rows above it can give cause for."""
        if not self._plan.above:
            return True
        times = self._reached[oid, key] = self._reached.get((oid, key), 0) + 1
        return times <= max(map(len, self._rows.values())) + 1

    def _touched(self, group: str, reach: Reach, key: str) -> tuple[str, ...]:
        if reach is Reach.SAME or (not group and not key):
            return (key,)
        rows = self._rows[group]
        if reach is Reach.ALL:
            return tuple(rows)
        below = rows[key].after if key in rows else next(iter(rows.values()), None)
        return () if below is None else (below.info.key,)
