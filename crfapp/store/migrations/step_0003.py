"""Schema 3: workstations, recipients, packages, receipts, and what merging leaves to be decided.

Frozen once released.
"""

from __future__ import annotations

TABLES: dict[str, str] = {
    "node": """CREATE TABLE node (
    node TEXT NOT NULL,
    sort TEXT NOT NULL,
    label TEXT NOT NULL,
    certificate TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    place INTEGER NOT NULL,
    numbers_after INTEGER NOT NULL,
    registered TEXT NOT NULL,
    revoked TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (node)
) STRICT, WITHOUT ROWID""",
    "centre_site": """CREATE TABLE centre_site (
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    study TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (site, node)
) STRICT, WITHOUT ROWID""",
    "recipient": """CREATE TABLE recipient (
    recipient TEXT NOT NULL,
    name TEXT NOT NULL,
    profile TEXT NOT NULL,
    certificate TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    node TEXT NOT NULL,
    agreed_by TEXT NOT NULL,
    at TEXT NOT NULL,
    ended INTEGER NOT NULL,
    PRIMARY KEY (recipient)
) STRICT, WITHOUT ROWID""",
    "recipient_wish": """CREATE TABLE recipient_wish (
    recipient TEXT NOT NULL,
    name TEXT NOT NULL,
    profile TEXT NOT NULL,
    certificate TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    node TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (recipient)
) STRICT, WITHOUT ROWID""",
    "route": """CREATE TABLE route (
    peer TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (peer)
) STRICT, WITHOUT ROWID""",
    "package": """CREATE TABLE package (
    package TEXT NOT NULL,
    node TEXT NOT NULL,
    peer TEXT NOT NULL,
    number INTEGER NOT NULL,
    previous TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    "full" INTEGER NOT NULL,
    events INTEGER NOT NULL,
    photographs INTEGER NOT NULL,
    state TEXT NOT NULL,
    made TEXT NOT NULL,
    by TEXT NOT NULL,
    sent TEXT NOT NULL,
    route TEXT NOT NULL,
    PRIMARY KEY (package)
) STRICT, WITHOUT ROWID""",
    "receipt": """CREATE TABLE receipt (
    package TEXT NOT NULL,
    node TEXT NOT NULL,
    sender TEXT NOT NULL,
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    made TEXT NOT NULL,
    at TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (package, node)
) STRICT, WITHOUT ROWID""",
    "known_end": """CREATE TABLE known_end (
    peer TEXT NOT NULL,
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (peer, node)
) STRICT, WITHOUT ROWID""",
    "refused": """CREATE TABLE refused (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    code TEXT NOT NULL,
    sender TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID""",
    "copy": """CREATE TABLE copy (
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    reviewed TEXT NOT NULL,
    whole INTEGER NOT NULL,
    PRIMARY KEY (sha256)
) STRICT, WITHOUT ROWID""",
    "rival": """CREATE TABLE rival (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    "row" TEXT NOT NULL,
    item TEXT NOT NULL,
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    value TEXT,
    typed TEXT,
    missing TEXT,
    unit TEXT,
    entered TEXT,
    reason TEXT,
    origin TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, "row", item, node, seq)
) STRICT, WITHOUT ROWID""",
    "late": """CREATE TABLE late (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    "row" TEXT NOT NULL,
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT,
    missing TEXT,
    reason TEXT,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID""",
    "lock_asked": """CREATE TABLE lock_asked (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    by TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (node, seq)
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
    silent_days INTEGER NOT NULL,
    PRIMARY KEY (site)
) STRICT, WITHOUT ROWID""",
    "late_of_state": "CREATE INDEX late_of_state ON late (state)",
    "late_of_subject": "CREATE INDEX late_of_subject ON late (subject)",
}
"""Query tables that came with this schema, with their indexes."""
