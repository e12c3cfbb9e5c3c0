"""A small encrypted database whose key and content everybody may know, and what a connection really does.

Whoever qualifies an installation opens the file that comes with the program: that proves the library that is
linked here, not the one that was there when the program was built. The file was written once, through
:func:`crfapp.store.engine.open_engine` with SQLCipher 4.19, and is never made anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from crfapp.store.engine import open_engine, reading
from crfapp.store.failures import named_failures

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.store.engine import Engine

NAME = "known.db"
KEY = bytes(range(32))
_ROW = "a known row"

EXPECTED = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "recursive_triggers": "1",
    "secure_delete": "1",
    "trusted_schema": "0",
    "temp_store": "2",
    "cipher_use_hmac": "1",
    "cipher_page_size": "4096",
    "cipher_hmac_algorithm": "HMAC_SHA512",
}
"""What every connection must answer: durable, checked, encrypted and authenticated page by page."""


def what_it_says(file: Path, key: bytes) -> str:
    """Its words, once every page was read; WRONG_KEY, DATABASE_DAMAGED and the like where it is another."""
    engine = open_engine(file, key)
    try:
        with reading(engine) as db:
            wrong = db.execute("PRAGMA cipher_integrity_check").fetchall()
            words = {row[0] for row in db.execute("SELECT words FROM known").fetchall()}
    finally:
        engine.dispose()
    return _ROW if words == {_ROW} and not wrong else "something else"


def settings_of(engine: Engine) -> dict[str, str]:
    """What a connection answers to each of :data:`EXPECTED`."""
    with named_failures(), reading(engine) as db:
        rows = {name: db.execute(f"PRAGMA {name}").fetchone() for name in EXPECTED}
    return {name: str(row[0]) if row else "" for name, row in rows.items()}


def pages_damaged(engine: Engine) -> int:
    """How many pages do not carry the code that their bytes have."""
    with reading(engine) as db:
        return len(db.execute("PRAGMA cipher_integrity_check").fetchall())


def versions_of(engine: Engine) -> dict[str, str]:
    """The libraries that a connection runs on."""
    with reading(engine) as db:
        cipher = db.execute("PRAGMA cipher_version").fetchone()
        provider = db.execute("PRAGMA cipher_provider_version").fetchone()
    return {
        "SQLite": dbapi2.sqlite_version,
        "SQLCipher": str(cipher[0]) if cipher else "",
        "OpenSSL": str(provider[0]).removeprefix("OpenSSL ") if provider else "",
    }
