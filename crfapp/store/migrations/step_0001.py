"""Schema 1: the log that only grows, the study versions beside it, the query tables. Frozen once released."""

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

CONTENT: dict[str, str] = {
    "content": """CREATE TABLE content (
    hash TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT""",
    "content_keeps": """CREATE TRIGGER content_keeps BEFORE UPDATE ON content
BEGIN SELECT RAISE(ABORT, 'kept content stays as it is'); END""",
    "content_stays": """CREATE TRIGGER content_stays BEFORE DELETE ON content
BEGIN SELECT RAISE(ABORT, 'kept content stays as it is'); END""",
    "content_grows": """CREATE TRIGGER content_grows BEFORE INSERT ON content
WHEN EXISTS (SELECT 1 FROM content WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'kept content stays as it is'); END""",
}
"""The study versions that events name by their hash: evidence like the log, and guarded like it."""

# The key stands first in each table. Without rowid the row lies in the index of its key; see the bench.
TABLES: dict[str, str] = {
    "site": """CREATE TABLE site (
    site TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    study TEXT NOT NULL,
    pack TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    weekend TEXT NOT NULL,
    closed TEXT NOT NULL,
    PRIMARY KEY (site)
) STRICT, WITHOUT ROWID""",
    "person": """CREATE TABLE person (
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    PRIMARY KEY (login)
) STRICT, WITHOUT ROWID""",
    "subject": """CREATE TABLE subject (
    subject TEXT NOT NULL,
    number TEXT NOT NULL,
    enrolled TEXT NOT NULL,
    PRIMARY KEY (subject)
) STRICT, WITHOUT ROWID""",
    "visit": """CREATE TABLE visit (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    status TEXT NOT NULL,
    date TEXT,
    booked TEXT,
    why TEXT,
    PRIMARY KEY (subject, visit, visit_n)
) STRICT, WITHOUT ROWID""",
    "form": """CREATE TABLE form (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    status TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n)
) STRICT, WITHOUT ROWID""",
    "form_row": """CREATE TABLE form_row (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    section TEXT NOT NULL,
    "row" TEXT NOT NULL,
    position INTEGER NOT NULL,
    voided INTEGER NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, section, "row")
) STRICT, WITHOUT ROWID""",
    "item": """CREATE TABLE item (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    "row" TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT,
    typed TEXT,
    missing TEXT,
    unit TEXT,
    entered TEXT,
    reason TEXT,
    origin TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, "row", item)
) STRICT, WITHOUT ROWID""",
    "finding": """CREATE TABLE finding (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    "row" TEXT NOT NULL,
    item TEXT NOT NULL,
    "check" TEXT NOT NULL,
    level TEXT NOT NULL,
    text TEXT,
    task TEXT,
    due TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, "row", item, "check")
) STRICT, WITHOUT ROWID""",
    # what is open all over the site; everything else is asked by subject, which every key begins with
    "finding_of_state": "CREATE INDEX finding_of_state ON finding (state)",
    "export": """CREATE TABLE export (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rows INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID""",
}
"""Query tables folded from the log, with their indexes; they may be dropped and folded again at any time."""
