"""Schema 1: the event log that only grows, and the first query tables. Frozen once released."""

from __future__ import annotations

EVENT: dict[str, str] = {
    # A table with rowid: without one a save took 0.05 ms longer, as whole rows then stand in the index.
    "event": """CREATE TABLE event (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    at TEXT NOT NULL,
    body BLOB NOT NULL,
    told BLOB NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT""",
    "event_of_subject": (
        "CREATE INDEX event_of_subject ON event (subject, node, seq) WHERE subject IS NOT NULL"
    ),
    "event_keeps": """CREATE TRIGGER event_keeps BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the event log only grows'); END""",
    "event_stays": """CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the event log only grows'); END""",
    # INSERT OR REPLACE deletes without firing the trigger above where recursive_triggers is off
    "event_grows": """CREATE TRIGGER event_grows BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE node = NEW.node)
BEGIN SELECT RAISE(ABORT, 'the event log grows by one'); END""",
}
"""Name of each object of the log -> the text it was made with, which ``event_log`` demands to find."""

TABLES: tuple[str, ...] = ()
"""Query tables folded from the log; they may be dropped and folded again at any time."""
