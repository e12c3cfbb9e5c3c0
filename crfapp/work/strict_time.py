"""How much time has passed, measured so that a clock that was moved never stretches a limit (REQ-920, T-40).

The wall clock can be put back, by a person or by an empty battery. What is known beside it can only make
the time that has passed longer: recorded jumps, how far the clock was found behind what was recorded before,
the highest instant known, and the steady clock of the machine, which nobody can set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from crfapp.ledger.clock import Hybrid
from crfapp.ledger.events import ClockNoticed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from crfapp.ledger.chain import Record
    from crfapp.work.desk import Desk


class Past(Protocol):
    """Reads what was recorded; the ledger of a site does."""

    def records(
        self,
        *,
        subject: str | None = None,
        kinds: Collection[str] | None = None,
        item: str | None = None,
    ) -> Iterator[Record]:
        """Events with their envelopes, in the order of their chains; ``item`` passes over other items."""


class Instant(NamedTuple):
    """When something was recorded: what the wall showed, and its place in the order of all events."""

    at: datetime
    hybrid: str

    @classmethod
    def of(cls, at: str, hybrid: str) -> Instant:
        """From an event's envelope, or its row in the trail."""
        return cls(datetime.fromisoformat(at.removesuffix("Z")).replace(tzinfo=UTC), hybrid)

    @property
    def ordered(self) -> datetime:
        """The instant in the order of events, which is never before what was known then."""
        return datetime.fromtimestamp(Hybrid.parse(self.hybrid).ms / 1000, UTC)


class Moved(NamedTuple):
    """The clock of this workstation was moved by ``jumped`` seconds, or found ``behind`` by so many."""

    hybrid: str
    jumped: int
    behind: int


@dataclass(frozen=True, slots=True)
class StrictTime:
    """What a workstation knows of time: its wall clock ``now`` and whatever contradicts it.

    ``known`` is the highest instant that any event here bears, ``steady`` how far the time has come by the
    machine's steady clock since the records were opened, ``moved`` what was recorded of this clock.
    """

    now: datetime
    known: datetime | None = None
    steady: datetime | None = None
    moved: tuple[Moved, ...] = ()

    def passed(self, since: Instant) -> timedelta:
        """How long it is since something was recorded: the longest that anything known says."""
        wall = self.now - since.at
        later = [one for one in self.moved if one.hybrid > since.hybrid]
        jumped = timedelta(seconds=sum(one.jumped for one in later))
        behind = timedelta(seconds=max((one.behind for one in later), default=0))
        ordered = [instant - since.ordered for instant in (self.known, self.steady) if instant is not None]
        return max(wall, wall - jumped, wall + behind, *ordered)


def strict_time(
    desk: Desk, past: Past, *, known: datetime | None = None, steady: datetime | None = None
) -> StrictTime:
    """What this workstation knows of the time now.

    ``known`` is the highest instant known, ``steady`` how far a steady clock has come, where somebody says.
    """
    moved = [
        Moved(record.envelope.hybrid, event.jumped_seconds, event.behind_seconds)
        for record in past.records(kinds={ClockNoticed.kind})
        if isinstance(event := record.event, ClockNoticed) and record.envelope.node == desk.node
    ]
    return StrictTime(desk.now.utc, known, steady, tuple(moved))


class DeskPast:
    """What was recorded, read inside a running command."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def records(
        self,
        *,
        subject: str | None = None,
        kinds: Collection[str] | None = None,
        item: str | None = None,
    ) -> Iterator[Record]:
        """The same as a ledger says."""
        for record in self._desk.records(subject):
            event = record.event
            if kinds is not None and event.kind not in kinds:
                continue
            if item is None or getattr(event, "item", None) in (None, item):
                yield record
