"""The trail of a ledger in memory: every row is asked, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.chain import open_sealed
from crfapp.ledger.state import TrailRow
from crfapp.ledger.trail import Counted, Place, TrailFilter, TrailPage, matches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.journeys.memory_ledger import MemoryLedger
    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import EventId
    from crfapp.ledger.trail import Direction


class MemoryTrail:
    """Implements :class:`crfapp.present.trail_port.Trail`. ``walked`` are answers that a test lays down."""

    def __init__(self, ledger: MemoryLedger) -> None:
        self._ledger = ledger
        self.walked_to: dict[str, frozenset[Place]] = {}

    def page(
        self, wish: TrailFilter, direction: Direction = "newest", after: Place | None = None, size: int = 100
    ) -> TrailPage:
        rows = sorted(self._found(wish), key=Place.of, reverse=direction == "newest")
        if after is not None:
            newest = direction == "newest"
            rows = [r for r in rows if (Place.of(r) < after if newest else Place.of(r) > after)]
        return TrailPage(tuple(rows[:size]), Place.of(rows[size - 1]) if len(rows) > size else None)

    def count(self, wish: TrailFilter) -> Counted:
        return Counted(len(self._found(wish)), whole=True)

    def logins(self) -> list[str]:
        return sorted({row.login for row in self._found(TrailFilter())})

    def nodes(self) -> tuple[str, ...]:
        return tuple(sorted({row.node for row in self._found(TrailFilter())}))

    def open(self, ids: Iterable[EventId]) -> list[Record]:
        links = {(link.node, link.seq): link for link in self._ledger.links}
        return [open_sealed(links[one]) for one in ids if one in links]

    def walked(self, name: str) -> frozenset[Place]:
        return self.walked_to.get(name, frozenset())

    def _found(self, wish: TrailFilter) -> list[TrailRow]:
        return [row for row in self._ledger.tables.find(TrailRow) if matches(wish, row)]
