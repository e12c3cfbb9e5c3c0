"""Schema 2: people with all that their rights hang on, queries, verification, signatures, locks, the trail.

Frozen once released.
"""

from __future__ import annotations

EVENT_KEEPS = """CREATE TRIGGER event_keeps BEFORE UPDATE ON event
WHEN NEW.node IS NOT OLD.node OR NEW.seq IS NOT OLD.seq OR NEW.hash IS NOT OLD.hash
    OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject
    OR NEW.at IS NOT OLD.at OR NEW.body IS NOT OLD.body
    OR NOT EXISTS (SELECT 1 FROM redaction WHERE of_node = OLD.node AND of_seq = OLD.seq AND state = 'done')
BEGIN SELECT RAISE(ABORT, 'the event log only grows'); END"""
"""What was told may be taken away where two persons said so (REQ-108), and nothing else ever changes."""

STATEMENTS = ("DROP TRIGGER event_keeps", EVENT_KEEPS)

TABLES: dict[str, str] = {
    "person": """CREATE TABLE person (
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    ended INTEGER NOT NULL,
    identity TEXT NOT NULL,
    key TEXT NOT NULL,
    statement TEXT NOT NULL,
    trained TEXT NOT NULL,
    password TEXT NOT NULL,
    password_at TEXT NOT NULL,
    reset_by TEXT NOT NULL,
    vouched INTEGER NOT NULL,
    delegated INTEGER NOT NULL,
    PRIMARY KEY (login)
) STRICT, WITHOUT ROWID""",
    "session": """CREATE TABLE session (
    login TEXT NOT NULL,
    how TEXT NOT NULL,
    at TEXT NOT NULL,
    open INTEGER NOT NULL,
    signed INTEGER NOT NULL,
    hybrid TEXT NOT NULL,
    PRIMARY KEY (login)
) STRICT, WITHOUT ROWID""",
    "policy": """CREATE TABLE policy (
    site TEXT NOT NULL,
    at TEXT NOT NULL,
    shortest INTEGER NOT NULL,
    password_days INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    idle_minutes INTEGER NOT NULL,
    session_hours INTEGER NOT NULL,
    sign_both INTEGER NOT NULL,
    sign_days INTEGER NOT NULL,
    PRIMARY KEY (site)
) STRICT, WITHOUT ROWID""",
    "duty": """CREATE TABLE duty (
    delegation TEXT NOT NULL,
    login TEXT NOT NULL,
    duties TEXT NOT NULL,
    start TEXT NOT NULL,
    end TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (delegation)
) STRICT, WITHOUT ROWID""",
    "upkeep": """CREATE TABLE upkeep (
    what TEXT NOT NULL,
    day TEXT NOT NULL,
    login TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (what)
) STRICT, WITHOUT ROWID""",
    "query": """CREATE TABLE query (
    query TEXT NOT NULL,
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    "row" TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    raised_by TEXT NOT NULL,
    role TEXT NOT NULL,
    opened TEXT NOT NULL,
    changed TEXT NOT NULL,
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (query)
) STRICT, WITHOUT ROWID""",
    "query_of_subject": "CREATE INDEX query_of_subject ON query (subject)",
    "query_of_state": "CREATE INDEX query_of_state ON query (state)",
    "query_note": """CREATE TABLE query_note (
    query TEXT NOT NULL,
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    what TEXT NOT NULL,
    text TEXT,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    offset INTEGER NOT NULL,
    hybrid TEXT NOT NULL,
    PRIMARY KEY (query, node, seq)
) STRICT, WITHOUT ROWID""",
    "verified": """CREATE TABLE verified (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    "row" TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    value TEXT,
    missing TEXT,
    head_node TEXT NOT NULL,
    head_seq INTEGER NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    offset INTEGER NOT NULL,
    monitoring TEXT NOT NULL,
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, "row", item)
) STRICT, WITHOUT ROWID""",
    "verified_of_state": "CREATE INDEX verified_of_state ON verified (state)",
    "monitoring": """CREATE TABLE monitoring (
    monitoring TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    purpose TEXT,
    began TEXT NOT NULL,
    ended TEXT NOT NULL,
    verified INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    raised INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    points TEXT,
    PRIMARY KEY (monitoring)
) STRICT, WITHOUT ROWID""",
    "seen": """CREATE TABLE seen (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    login TEXT NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, login)
) STRICT, WITHOUT ROWID""",
    "signature": """CREATE TABLE signature (
    signature TEXT NOT NULL,
    of TEXT NOT NULL,
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    about TEXT NOT NULL,
    meaning TEXT NOT NULL,
    statement TEXT NOT NULL,
    content TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    offset INTEGER NOT NULL,
    zone TEXT NOT NULL,
    state TEXT NOT NULL,
    because TEXT NOT NULL,
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (signature)
) STRICT, WITHOUT ROWID""",
    "signature_of_subject": "CREATE INDEX signature_of_subject ON signature (subject)",
    "lock": """CREATE TABLE lock (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    state TEXT NOT NULL,
    by TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT,
    asked TEXT NOT NULL,
    asked_why TEXT,
    PRIMARY KEY (subject, visit, visit_n, form, form_n)
) STRICT, WITHOUT ROWID""",
    "redaction": """CREATE TABLE redaction (
    redaction TEXT NOT NULL,
    of_node TEXT NOT NULL,
    of_seq INTEGER NOT NULL,
    fields TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    reason TEXT,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (redaction)
) STRICT, WITHOUT ROWID""",
    "review": """CREATE TABLE review (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    finding TEXT,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID""",
    "trail": """CREATE TABLE trail (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    hybrid TEXT NOT NULL,
    login TEXT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    form TEXT NOT NULL,
    item TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID""",
    "trail_of_login": "CREATE INDEX trail_of_login ON trail (login, hybrid)",
    "trail_of_kind": "CREATE INDEX trail_of_kind ON trail (kind, hybrid)",
    "trail_of_subject": "CREATE INDEX trail_of_subject ON trail (subject, hybrid)",
    "trail_by_time": "CREATE INDEX trail_by_time ON trail (hybrid)",
}
"""Query tables that came with this schema, or were replaced by it, with their indexes."""
