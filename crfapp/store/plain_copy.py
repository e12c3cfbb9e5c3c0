"""The records as a plain SQLite file, which needs no key and no program of ours to be read (REQ-911).

For the inside of an encrypted copy alone. It is made in memory, so that no plain byte comes near a disk.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from crfapp.ledger.state import TABLES as ROWS
from crfapp.store.migrations import STEPS, TABLES, step_0001
from crfapp.store.tables import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.store.engine import Db

_EVIDENCE = (step_0001.EVENT["event"], step_0001.CONTENT["content"])
_ABOUT = "CREATE TABLE about (what TEXT NOT NULL, text TEXT NOT NULL)"
_COPIED = {
    "event": "SELECT node, seq, hash, kind, subject, at, body, told FROM event ORDER BY node, seq",
    "content": "SELECT hash, bytes FROM content ORDER BY hash",
}


def plain_database(db: Db, about: dict[str, str]) -> tuple[bytes, dict[str, int]]:
    """The bytes of the file with log, study versions and query tables, and how many rows each has.

    Tables and rows are those of the site; the triggers that guard a log against changes are not needed here.
    ``about`` becomes a table of that name: what this is, for whoever finds nothing but the file.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as plain:
        plain.execute(f"PRAGMA user_version = {STEPS[-1].number}")
        plain.execute("BEGIN")
        for statement in (*_EVIDENCE, *TABLES.values(), _ABOUT):
            plain.execute(statement)
        plain.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        counts = {name: _copy(db, plain, name, question) for name, question in _questions()}
        plain.execute("COMMIT")
        return plain.serialize(), counts


def schema_text() -> str:
    """The tables as they are made, one statement after the other."""
    return "".join(f"{statement};\n\n" for statement in (*_EVIDENCE, *TABLES.values(), _ABOUT))


def _questions() -> Iterator[tuple[str, str]]:
    yield from _COPIED.items()
    for table, spec in ROWS.items():
        yield spec.name, STATEMENTS[table].find()


def _copy(db: Db, plain: sqlite3.Connection, name: str, question: str) -> int:
    count = 0
    rows = db.execute(question)
    for row in rows:
        places = ", ".join("?" * len(row))
        plain.execute(f'INSERT INTO "{name}" VALUES ({places})', row)  # noqa: S608 (our own names)
        count += 1
    return count
