"""Schema 5: copies kept and restored, key shares, versions of the study in force at the site.

The indexes find forms, answers and findings of everybody: a rule that asks about the whole site (``@SITE``)
looks at those that hold the same, however many subjects there are.

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
    "study_version": """CREATE TABLE study_version (
    content TEXT NOT NULL,
    version TEXT NOT NULL,
    state TEXT NOT NULL,
    installed TEXT NOT NULL,
    installed_by TEXT NOT NULL,
    active TEXT NOT NULL,
    active_by TEXT NOT NULL,
    place TEXT NOT NULL,
    approval TEXT NOT NULL,
    approved_on TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    consent INTEGER NOT NULL,
    PRIMARY KEY (content)
) STRICT, WITHOUT ROWID""",
    "made_under": """CREATE TABLE made_under (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    pack TEXT NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n)
) STRICT, WITHOUT ROWID""",
    "form_of_kind": "CREATE INDEX form_of_kind ON form (form)",
    "item_of_value": "CREATE INDEX item_of_value ON item (form, item, substr(value, 1, 64))",
    "finding_of_check": """CREATE INDEX finding_of_check ON finding (form, "check")""",
}
