"""Making told texts unreadable in the database: in the log, in the tables, and in what the disk still holds.

The first two happen in the transaction of the redaction. What was overwritten is zeroed at once
(``secure_delete``, see :mod:`crfapp.store.engine`), but older pages, freed before, may hold the text, and
the write-ahead log holds pages as they were. So the file is written anew afterwards and that log emptied; a
number in the file's header says that this is still to be done, should the disk be full or the power fail.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crfapp.ledger.chain import open_sealed
from crfapp.ledger.changes import Put
from crfapp.ledger.redacting import without
from crfapp.ledger.state import TrailRow
from crfapp.ledger.trail import trail_row
from crfapp.store.event_log import EventLog
from crfapp.store.folding import Folding
from crfapp.store.tables import STATEMENTS, apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import EventId
    from crfapp.store.dialect import Dialect
    from crfapp.store.engine import Db, Engine


def records_about(db: Db, subject: str | None) -> Iterator[Record]:
    """The events about a subject, or about none, chain by chain."""
    links = EventLog().read(db, subject=subject)
    return (open_sealed(link) for link in links if link.subject == subject)


def take_away(db: Db, fields: Mapping[EventId, Sequence[str]]) -> None:
    """Take told fields away from events that a redaction names, and from the tables.

    Inside the transaction in which the redaction was appended; the trigger on the log refuses any other. What
    is not there, or was taken away before it came, stays as it is.
    """
    left: dict[str, Record] = {}
    for of, names in fields.items():
        for link in islice(EventLog().chain(db, of.node, after=of.seq - 1), 1):
            blank = without(link, names)
            if link.seq != of.seq or blank == link:
                continue
            db.execute("UPDATE event SET told = ? WHERE node = ? AND seq = ?", (blank.told, *of))
            record = left[link.subject or str(of)] = open_sealed(blank)
            before = db.execute(STATEMENTS[TrailRow].get, of).fetchone() or (0,)
            apply(db, [Put(trail_row(record)._replace(settled=before[-1]))])
    folding = Folding(db)
    for record in left.values():  # one of each subject
        folding.anew(record.event.subject or "", record)
    db.dialect.note_taken_away(db)


def must_be_written_anew(db: Db) -> bool:
    """Whether freed pages may still hold what was taken away."""
    return db.dialect.must_be_written_anew(db)


def write_anew(engine: Engine) -> bool:
    """Let go what the disk still holds of what was taken away; whether that is done.

    See ``write_anew`` of :class:`crfapp.store.dialect.Dialect`.
    """
    pooled = engine.raw_connection()
    dialect: Dialect = pooled.driver_connection.dialect
    pooled.close()
    return dialect.write_anew(engine)
