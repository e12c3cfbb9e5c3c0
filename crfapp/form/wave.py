"""What a change still has to reach: items in the order of working out, then leaves and checks."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from crfapp.form.plan_parts import Edges, FormPlan, Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crfapp.form.row_state import RowState


class Wave:
    """Iterating gives (item, row) in dependency order, also those added on the way."""

    def __init__(self, plan: FormPlan, rows: Mapping[str, Mapping[str, RowState]]) -> None:
        self._plan = plan
        self._rows = rows
        self._heap: list[tuple[int, str, str]] = []
        self._waiting: set[tuple[str, str]] = set()
        self.leaves: set[tuple[str, str]] = set()
        self.checks: set[int] = set()

    def add(self, oid: str, key: str) -> None:
        """An item in a row has to be worked out."""
        if (oid, key) not in self._waiting:
            self._waiting.add((oid, key))
            heappush(self._heap, (self._plan.rank[oid], key, oid))

    def spread(self, edges: Edges, key: str) -> None:
        """Something changed in a row; everything that reads it has to be worked out."""
        for oid, reach in edges.cores.items():
            for row in self._touched(oid, reach, key):
                self.add(oid, row)
        for oid, reach in edges.leaves.items():
            self.leaves.update((oid, row) for row in self._touched(oid, reach, key))
        self.checks.update(edges.checks)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        while self._heap:
            _, key, oid = heappop(self._heap)
            self._waiting.discard((oid, key))
            yield oid, key

    def _touched(self, oid: str, reach: Reach, key: str) -> tuple[str, ...]:
        return (key,) if reach is Reach.SAME else tuple(self._rows[self._plan.items[oid].group])
