"""How long answers take from the person who gives them to the centre (REQ-402; EMA 6.2.1).

Each event has four instants: when it was told (``captured``) and was durable at the site (``stored``), when
the package was made with which it left (``exported``), and when that was taken in here (``imported``). The
last two are told by the receipts in the centre's own chain, which say how far every chain came with each.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.events import PackageTakenIn, ValueRecorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.ledger.chain import Record


class Crossing(NamedTuple):
    """A package with which events came: its maker, its number, when it was made and when taken in (UTC)."""

    package: str
    sender: str
    number: int
    made: str
    taken: str


class Travelled(NamedTuple):
    """The four instants of an event, in UTC; the last two are empty for what was written here."""

    node: str
    seq: int
    kind: str
    subject: str
    captured: str
    stored: str
    exported: str
    imported: str
    package: str


class Pace(NamedTuple):
    """How long answers took from being told to being here, in minutes: how many, middle, longest."""

    answers: int
    middle: float
    longest: float


class Crossings:
    """Which package brought which event, from the receipts of one chain (``node``)."""

    def __init__(self, records: Iterable[Record], node: str) -> None:
        own = (record for record in records if record.envelope.node == node)
        self._ends: dict[str, list[int]] = {}
        self._by: dict[str, list[Crossing]] = {}
        for record in sorted(own, key=lambda one: one.envelope.seq):
            event = record.event
            if isinstance(event, PackageTakenIn):
                told = (event.package, event.sender, event.number, event.made_at, record.envelope.at)
                self._heard(event, Crossing(*told))

    def of(self, node: str, seq: int) -> Crossing | None:
        """The package with which an event came; None for what was written here."""
        ends = self._ends.get(node, [])
        place = bisect_left(ends, seq)
        return self._by[node][place] if place < len(ends) else None

    def _heard(self, event: PackageTakenIn, crossing: Crossing) -> None:
        for end in event.ends:
            ends = self._ends.setdefault(end.node, [])
            if not ends or end.seq > ends[-1]:
                ends.append(end.seq)
                self._by.setdefault(end.node, []).append(crossing)


def travelled(records: Iterable[Record], crossings: Crossings) -> Iterator[Travelled]:
    """The instants of each event, in the order of the records."""
    for record in records:
        who, event = record.envelope, record.event
        captured = event.captured_at if isinstance(event, ValueRecorded) else who.at
        by = crossings.of(who.node, who.seq)
        left = (by.made, by.taken, by.package) if by is not None else ("", "", "")
        yield Travelled(*who.id, event.kind, event.subject or "", captured, who.at, *left)


def pace_of(events: Iterable[Travelled]) -> Pace | None:
    """How long answers took; None where none is known to have come."""
    took = [
        minutes(event.captured, event.imported)
        for event in events
        if event.kind == ValueRecorded.kind and event.imported
    ]
    return Pace(len(took), median(took), max(took)) if took else None


def minutes(begin: str, end: str) -> float:
    """From one instant to another, in minutes."""
    return (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds() / 60
