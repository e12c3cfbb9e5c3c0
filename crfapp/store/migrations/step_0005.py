"""Schema 5: copies kept and restored, key shares, versions of the study in force at the site.

Frozen once released.
"""

from __future__ import annotations

TABLES: dict[str, str] = {
    "backup": """CREATE TABLE backup (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    place TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    events INTEGER NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID""",
    "backup_place": """CREATE TABLE backup_place (
    node TEXT NOT NULL,
    given INTEGER NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    PRIMARY KEY (node)
) STRICT, WITHOUT ROWID""",
    "backup_rules": """CREATE TABLE backup_rules (
    site TEXT NOT NULL,
    at TEXT NOT NULL,
    here_days INTEGER NOT NULL,
    second_days INTEGER NOT NULL,
    drill_days INTEGER NOT NULL,
    PRIMARY KEY (site)
) STRICT, WITHOUT ROWID""",
    "key_shares": """CREATE TABLE key_shares (
    site TEXT NOT NULL,
    label TEXT NOT NULL,
    needed INTEGER NOT NULL,
    made INTEGER NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    PRIMARY KEY (site)
) STRICT, WITHOUT ROWID""",
    "restore": """CREATE TABLE restore (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    what TEXT NOT NULL,
    file TEXT NOT NULL,
    how TEXT NOT NULL,
    code TEXT NOT NULL,
    events INTEGER NOT NULL,
    newer INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    former TEXT NOT NULL,
    numbers_after INTEGER NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID""",
}
