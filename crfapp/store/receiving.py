"""Taking links of other chains in: appended where they are new, with their places in the trail and tables."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.events import Redacted
from crfapp.ledger.merge import Arriving, Known, Received
from crfapp.ledger.trail import BATCH, trail_row
from crfapp.store.event_log import EventLog
from crfapp.store.folding import Folding, Reading
from crfapp.store.redacting import take_away
from crfapp.store.tables import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.keys import EventId
    from crfapp.store.engine import Db

_AT_ONCE = 500


class TakenIn(NamedTuple):
    """What came of it: what was new, its highest hybrid time, and whether told texts were taken away."""

    received: Received
    hybrid: str
    took_away: bool


def take_in(db: Db, links: Iterable[Sealed], own: str) -> TakenIn:
    """Append the links that are new here and make the tables right, inside the caller's transaction.

    ``own`` is the chain that is written here. Raises what :class:`crfapp.ledger.merge.Arriving` says; then
    the caller rolls back.
    """
    before = Reading(db).ends()
    records = list(_appended(db, links, before, own))
    if records:
        Folding(db).on(records)
    redacted = {
        record.event.of: record.event.fields for record in records if isinstance(record.event, Redacted)
    }
    if redacted:
        take_away(db, redacted)
    hybrid = max((record.envelope.hybrid for record in records), default="")
    return TakenIn(Received.of(records), hybrid, bool(redacted))


def _appended(db: Db, links: Iterable[Sealed], before: dict[str, Known], own: str) -> Iterator[Record]:
    """Write the new links and their places in the trail, some hundred at once."""
    log, arriving = EventLog(), Arriving(before, lambda of: _hash_at(db, of), own=own)
    fresh = arriving.new(links)
    while some := list(islice(fresh, _AT_ONCE)):
        log.append(db, [link for link, _ in some])
        rows = [trail_row(record) for _, record in some]
        db.executemany(STATEMENTS[type(rows[0])].put, rows)
        yield from (record for _, record in some)
    for node in log.nodes(db):
        start, last = before.get(node, Known()).seq // BATCH * BATCH, log.head(db, node)[0] // BATCH * BATCH
        if last > start:
            told = (node, start, last)
            db.execute("UPDATE trail SET settled = 1 WHERE node = ? AND seq > ? AND seq <= ?", told)


def _hash_at(db: Db, of: EventId) -> str | None:
    row = db.execute("SELECT hash FROM event WHERE node = ? AND seq = ?", of).fetchone()
    return None if row is None else row[0]
