"""The audit trail as it is searched: an event's row in the index, and what a search asks for.

Rows are added one by one as events are saved, and taken into the indexes in batches of :data:`BATCH`: an
index that grows with every save would cost each save a page of the disk. The rows that wait are at the end
of a chain, where they are found by their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from crfapp.ledger.changes import Patch
from crfapp.ledger.events import RowVoided, ValueRecorded
from crfapp.ledger.keys import EventId
from crfapp.ledger.origins import is_told
from crfapp.ledger.state_review import TrailRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.chain import Envelope, Record

BATCH = 64
"""So many rows of a chain are taken into the indexes together."""

NIGHT, CHANGED, CLEARED = "n", "c", "e"
"""What is remarkable about an answer by itself: entered at night, another one than before, taken away."""

DAY_BEGINS, DAY_ENDS = 6, 21
"""Hours of the site between which entering is nothing odd."""

Direction = Literal["newest", "oldest"]
By = Literal["time", "login", "subject", "kind"]


class Place(NamedTuple):
    """Where an event stands in the order of time; what a page of the trail goes on from."""

    hybrid: str
    node: str
    seq: int

    @property
    def id(self) -> EventId:
        """Which event."""
        return EventId(self.node, self.seq)

    @classmethod
    def of(cls, row: TrailRow) -> Place:
        """Of a row of the index."""
        return cls(row.hybrid, row.node, row.seq)


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What is looked for; what is empty asks for nothing. ``kinds`` are alternatives.

    ``subject`` None is any, and empty stands for what happened to no subject.
    ``begin`` and ``end`` are places in hybrid time: from, and before. ``words`` stand somewhere in the
    reason, whatever the case of ASCII letters. ``mark`` is one of the marks above, ``among`` the only events
    that count.
    """

    subject: str | None = None
    login: str = ""
    role: str = ""
    visit: str = ""
    form: str = ""
    item: str = ""
    kinds: tuple[str, ...] = ()
    begin: str = ""
    end: str = ""
    words: str = ""
    node: str = ""
    mark: str = ""
    among: frozenset[Place] | None = None


class Counted(NamedTuple):
    """How many there are; at least so many where not ``whole``."""

    number: int
    whole: bool


class TrailPage(NamedTuple):
    """Some rows in their order. ``further``: where to go on from, None at the end of what there is.

    A page can hold fewer rows than were asked for, or none, although there may be more: then so much was
    looked through without a hit that the person is told before it goes on.
    """

    rows: tuple[TrailRow, ...]
    further: Place | None


def trail_row(record: Record) -> TrailRow:
    """Where an event can be found by."""
    envelope, event = record.envelope, record.event
    return TrailRow(
        *envelope.id,
        envelope.at,
        envelope.hybrid,
        envelope.login,
        envelope.role,
        event.kind,
        event.subject or "",
        getattr(event, "visit", ""),
        getattr(event, "form", ""),
        getattr(event, "item", ""),
        event.reason,
        getattr(event, "visit_n", 0),
        _marks(record),
        0,
    )


def batch_ended_by(record: Record) -> Iterator[Patch]:
    """Take a whole batch of a chain into the indexes once its last event is there."""
    node, seq = record.envelope.id
    if seq % BATCH == 0:
        for each in range(seq - BATCH + 1, seq + 1):
            yield Patch(TrailRow, (node, each), {"settled": 1})


def _marks(record: Record) -> str:
    event = record.event
    if isinstance(event, RowVoided):
        return CLEARED
    if not isinstance(event, ValueRecorded) or not is_told(event.origin):
        return ""
    changed = bool(event.supersedes)
    emptied = changed and event.value is None
    hour = local_time(record.envelope).hour
    night = not DAY_BEGINS <= hour < DAY_ENDS
    return f"{NIGHT * night}{CHANGED * changed}{CLEARED * emptied}"


def local_time(envelope: Envelope) -> datetime:
    """An event's instant on the site's wall clock, as it stood then."""
    return datetime.fromisoformat(envelope.at).astimezone(UTC) + timedelta(minutes=envelope.offset)


def hybrid_at(instant: datetime) -> str:
    """The first place of hybrid time at an instant (aware)."""
    return f"{int(instant.timestamp() * 1000):013d}"


def matches(wish: TrailFilter, row: TrailRow) -> bool:
    """Whether a row is looked for; the same that the store asks of its tables."""
    return (
        all(getattr(row, name) == wanted for name in _EQUAL if (wanted := getattr(wish, name)))
        and wish.subject in (None, row.subject)
        and (not wish.kinds or row.kind in wish.kinds)
        and (not wish.begin or row.hybrid >= wish.begin)
        and (not wish.end or row.hybrid < wish.end)
        and (not wish.words or _ascii_lower(wish.words) in _ascii_lower(row.reason or ""))
        and (not wish.mark or wish.mark in row.marks)
        and (wish.among is None or Place.of(row) in wish.among)
    )


_EQUAL = ("login", "role", "visit", "form", "item", "node")
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _ascii_lower(text: str) -> str:
    return text.translate(_LOWER)
