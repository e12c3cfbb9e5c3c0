"""Schema 5: copies kept and restored, key shares, versions of the study in force at the site.

Frozen once released.
"""

from __future__ import annotations

TABLES: dict[str, str] = {
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
}
