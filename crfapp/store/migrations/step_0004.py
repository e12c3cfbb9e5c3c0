"""Schema 4: photographs, outlines, signs linked to events, reports sent at once, blind readings.

Frozen once released.
"""

from __future__ import annotations

TABLES: dict[str, str] = {
    "case_read": """CREATE TABLE case_read (
    reading TEXT NOT NULL,
    which TEXT NOT NULL,
    login TEXT NOT NULL,
    place INTEGER NOT NULL,
    answer TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (reading, which, login)
) STRICT, WITHOUT ROWID""",
    "case_settled": """CREATE TABLE case_settled (
    reading TEXT NOT NULL,
    which TEXT NOT NULL,
    answer TEXT,
    reason TEXT,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    PRIMARY KEY (reading, which)
) STRICT, WITHOUT ROWID""",
    "mask": """CREATE TABLE mask (
    subject TEXT NOT NULL,
    photograph TEXT NOT NULL,
    boxes TEXT NOT NULL,
    reason TEXT,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    PRIMARY KEY (subject, photograph)
) STRICT, WITHOUT ROWID""",
    "notice": """CREATE TABLE notice (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    row TEXT NOT NULL,
    notice TEXT NOT NULL,
    number INTEGER NOT NULL,
    sent_at TEXT NOT NULL,
    due TEXT NOT NULL,
    how TEXT NOT NULL,
    told_to TEXT,
    package TEXT NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, row, notice, number)
) STRICT, WITHOUT ROWID""",
    "outline": """CREATE TABLE outline (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    row TEXT NOT NULL,
    item TEXT NOT NULL,
    outline TEXT NOT NULL,
    photograph TEXT NOT NULL,
    purpose TEXT NOT NULL,
    blind INTEGER NOT NULL,
    drawn TEXT,
    figures TEXT,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    settled INTEGER NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, row, item, outline)
) STRICT, WITHOUT ROWID""",
    "photograph": """CREATE TABLE photograph (
    subject TEXT NOT NULL,
    photograph TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    row TEXT NOT NULL,
    item TEXT NOT NULL,
    size INTEGER NOT NULL,
    media TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    name TEXT,
    taken TEXT,
    camera TEXT,
    sharp TEXT NOT NULL,
    dark TEXT NOT NULL,
    bright TEXT NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (subject, photograph)
) STRICT, WITHOUT ROWID""",
    "reading": """CREATE TABLE reading (
    reading TEXT NOT NULL,
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    cases TEXT NOT NULL,
    readers TEXT NOT NULL,
    seed TEXT NOT NULL,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    closed TEXT NOT NULL,
    PRIMARY KEY (reading)
) STRICT, WITHOUT ROWID""",
    "sign_link": """CREATE TABLE sign_link (
    subject TEXT NOT NULL,
    visit TEXT NOT NULL,
    visit_n INTEGER NOT NULL,
    form TEXT NOT NULL,
    form_n INTEGER NOT NULL,
    row TEXT NOT NULL,
    item TEXT NOT NULL,
    link TEXT NOT NULL,
    event_row TEXT NOT NULL,
    reason TEXT,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    PRIMARY KEY (subject, visit, visit_n, form, form_n, row, item)
) STRICT, WITHOUT ROWID""",
}
