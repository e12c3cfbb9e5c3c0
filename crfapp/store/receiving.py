"""Taking links of other chains in: appended where they are new, with their places in the trail and tables."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.merge import Arriving, Known, Received
from crfapp.ledger.state import TABLES, TrailRow
from crfapp.ledger.trail import BATCH, trail_row
from crfapp.store.event_log import EventLog
from crfapp.store.folding import WIDER, Folding, Reading
from crfapp.store.new_events import NewEvents
from crfapp.store.redacting import take_away
from crfapp.store.tables import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.keys import EventId
    from crfapp.store.engine import Db

_AT_ONCE = 2_000
MOST_HELD = 20_000
"""Of more new events only the subjects are remembered that they are about."""


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
    new = NewEvents(WIDER, MOST_HELD)
    with db.dialect.with_room(db):
        received = Received.of(map(new.note, _appended(db, links, before, own)))
        if new.count:
            Folding(db).on(new)
    if new.redacted:
        take_away(db, new.redacted)
    return TakenIn(received, new.hybrid, bool(new.redacted))


def _appended(db: Db, links: Iterable[Sealed], before: dict[str, Known], own: str) -> Iterator[Record]:
    """Write the new links and their places in the trail, some thousand at once."""
    log, arriving, waiting = EventLog(), Arriving(before, lambda of: _hash_at(db, of), own=own), _Waiting(db)
    fresh = arriving.new(links)
    while some := list(islice(fresh, _AT_ONCE)):
        log.append(db, [link for link, _ in some])
        waiting.add(trail_row(record) for _, record in some)
        yield from (record for _, record in some)
    waiting.end()
    for node, known in before.items():
        settled, last = known.seq // BATCH * BATCH, log.head(db, node)[0] // BATCH * BATCH
        if last > settled:
            told = (node, settled, min(last, known.seq))
            db.execute("UPDATE trail SET settled = 1 WHERE node = ? AND seq > ? AND seq <= ?", told)


class _Waiting:
    """Places in the trail, each of which is written once: with its batch, if that becomes whole."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._batches: dict[str, list[TrailRow]] = {}

    def add(self, rows: Iterable[TrailRow]) -> None:
        """Write the batches that these make whole."""
        whole: list[TrailRow] = []
        for row in rows:
            batch = self._batches.setdefault(row.node, [])
            batch.append(row)
            if row.seq % BATCH == 0:
                whole += (each._replace(settled=1) for each in batch)
                batch.clear()
        self._write(whole)

    def end(self) -> None:
        """Write those whose batch is not whole yet."""
        self._write([row for batch in self._batches.values() for row in batch])

    def _write(self, rows: list[TrailRow]) -> None:
        if rows:
            self._db.load(TABLES[TrailRow].name, STATEMENTS[TrailRow].columns, rows)


def _hash_at(db: Db, of: EventId) -> str | None:
    row = db.execute("SELECT hash FROM event WHERE node = ? AND seq = ?", of).fetchone()
    return None if row is None else row[0]
