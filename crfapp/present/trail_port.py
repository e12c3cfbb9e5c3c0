"""What pages ask of the trail; ``store.trail`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import EventId
    from crfapp.ledger.trail import Counted, Direction, Place, TrailFilter, TrailPage


class Trail(Protocol):
    """Searching the audit trail; may be asked from any thread."""

    def page(
        self, wish: TrailFilter, direction: Direction = "newest", after: Place | None = None, size: int = 100
    ) -> TrailPage:
        """Rows behind a place, in the order of time."""

    def count(self, wish: TrailFilter) -> Counted:
        """How many there are."""

    def logins(self) -> Sequence[str]:
        """Everybody in whose name something is recorded."""

    def nodes(self) -> Collection[str]:
        """The workstations that recorded something."""

    def open(self, ids: Iterable[EventId]) -> Sequence[Record]:
        """The events themselves, in the order asked for; one that is not there is passed over."""

    def walked(self, name: str) -> frozenset[Place]:
        """The answer to a question that walks the trail: ``late``, ``runs`` or ``after-query``."""
