"""The database is encrypted, durable, and says so itself."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy
from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.engine import open_engine, read_back, reading, writing

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "VITILIGO-CANARY"


def keyed(path: Path, key: bytes) -> dbapi2.Connection:
    raw = dbapi2.connect(str(path), isolation_level=None)
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return raw


def codes(engine: Engine) -> list[str]:
    with reading(engine) as db:
        return [row[0] for row in db.execute("SELECT word FROM note ORDER BY rowid")]


@pytest.fixture
def notes(ledger: Path, key: bytes) -> Engine:
    engine = open_engine(ledger, key, create=True)
    with writing(engine) as db:
        db.execute("CREATE TABLE note (word TEXT NOT NULL UNIQUE) STRICT")
    return engine


@pytest.mark.req("REQ-930")
def test_nothing_typed_stands_readable_in_any_file_of_the_database(notes: Engine, ledger: Path) -> None:
    with writing(notes) as db:
        db.execute("INSERT INTO note VALUES (?)", (CANARY,))

    files = list(ledger.parent.iterdir())
    assert {file.name for file in files} >= {"ledger.db", "ledger.db-wal"}
    assert not [file.name for file in files if CANARY.encode() in file.read_bytes()]
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
    notes.dispose()
    assert CANARY.encode() not in ledger.read_bytes()
    assert not ledger.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.req("REQ-930")
def test_the_same_search_finds_it_where_nothing_is_encrypted(tmp_path: Path) -> None:
    """Sabotaged twin: the search of the test above can fail."""
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE note (word TEXT)")
    plain.execute("INSERT INTO note VALUES (?)", (CANARY,))
    plain.commit()
    plain.close()

    assert CANARY.encode() in (tmp_path / "plain.db").read_bytes()


@pytest.mark.req("REQ-930")
def test_a_readable_database_is_refused_and_left_as_it_is(ledger: Path, key: bytes) -> None:
    plain = sqlite3.connect(ledger)
    plain.execute("CREATE TABLE event (node TEXT)")
    plain.close()
    before = ledger.read_bytes()

    with pytest.raises(EnvironmentProblem) as refused:
        open_engine(ledger, key)

    assert refused.value.code is Code.NOT_ENCRYPTED
    assert ledger.read_bytes() == before


@pytest.mark.req("REQ-930")
def test_a_library_that_cannot_encrypt_is_noticed(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("PRAGMA key = 'taken in silence'")

    with pytest.raises(EnvironmentProblem) as refused:
        read_back(plain)

    plain.close()
    assert refused.value.code is Code.NOT_ENCRYPTED


def test_a_wrong_key_is_called_a_wrong_key(
    notes: Engine, ledger: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    notes.dispose()

    with pytest.raises(EnvironmentProblem) as refused:
        open_engine(ledger, bytes(32))

    assert refused.value.code is Code.WRONG_KEY
    assert capfd.readouterr().err == ""


def test_a_key_of_another_length_is_a_mistake_of_ours(ledger: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_engine(ledger, b"short", create=True)
    assert not ledger.exists()


def test_no_database_and_an_emptied_one_are_told_apart(ledger: Path, key: bytes) -> None:
    with pytest.raises(EnvironmentProblem) as nothing:
        open_engine(ledger, key)
    ledger.touch()
    with pytest.raises(IntegrityProblem) as emptied:
        open_engine(ledger, key)

    assert nothing.value.code is Code.NOT_A_SITE
    assert emptied.value.code is Code.LOG_MISSING
    assert ledger.stat().st_size == 0


def test_creating_never_takes_the_place_of_a_database(notes: Engine, ledger: Path, key: bytes) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        open_engine(ledger, key, create=True)

    assert refused.value.code is Code.SITE_EXISTS
    notes.dispose()


def test_every_connection_does_what_was_asked_of_it(notes: Engine) -> None:
    asked = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "temp_store": 2,
    }
    with writing(notes) as first, reading(notes) as second:
        for db in (first, second):
            assert {name: (db.execute(f"PRAGMA {name}").fetchone() or [None])[0] for name in asked} == asked
    notes.dispose()


@pytest.mark.parametrize("sabotage", ["synchronous = NORMAL", "synchronous = OFF", "journal_mode = DELETE"])
def test_a_connection_that_is_not_durable_is_noticed(
    notes: Engine, ledger: Path, key: bytes, sabotage: str
) -> None:
    notes.dispose()
    raw = keyed(ledger, key)
    raw.execute("PRAGMA journal_mode = WAL").fetchall()
    raw.execute("PRAGMA synchronous = FULL")
    read_back(raw)
    raw.execute(f"PRAGMA {sabotage}").fetchall()

    with pytest.raises(EnvironmentProblem) as refused:
        read_back(raw)

    raw.close()
    assert refused.value.code is Code.NOT_DURABLE


def test_the_key_is_in_no_representation_and_no_traceback(notes: Engine, ledger: Path, key: bytes) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        open_engine(ledger, key[::-1])

    shown = [repr(notes), str(notes.url), repr(notes.pool), repr(vars(notes.pool)), repr(refused.value)]
    for secret in (key.hex(), key[::-1].hex(), repr(key)):
        assert not [text for text in shown if secret in text]
    notes.dispose()


def test_an_exception_inside_a_save_leaves_nothing_of_it(notes: Engine) -> None:
    def half_a_save() -> None:
        with writing(notes) as db:
            db.execute("INSERT INTO note VALUES ('half')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_a_save()
    assert codes(notes) == []
    with writing(notes) as db:
        db.execute("INSERT INTO note VALUES ('whole')")
    assert codes(notes) == ["whole"]
    notes.dispose()


def test_a_broken_constraint_stays_a_mistake_of_ours_and_shows_no_value(notes: Engine) -> None:
    with pytest.raises(dbapi2.IntegrityError) as broken, writing(notes) as db:
        db.executemany("INSERT INTO note VALUES (?)", [(CANARY,), (CANARY,)])

    assert CANARY not in str(broken.value)
    notes.dispose()


def test_a_reader_cannot_write(notes: Engine) -> None:
    with pytest.raises(EnvironmentProblem) as refused, reading(notes) as db:
        db.execute("INSERT INTO note VALUES ('x')")

    assert refused.value.code is Code.DISK_FAILS
    with writing(notes) as db:
        db.execute("INSERT INTO note VALUES ('and the connection writes again')")
    notes.dispose()


def test_an_export_sees_one_state_while_the_nurse_goes_on_saving(notes: Engine) -> None:
    seen: list[list[str]] = []
    begun, saved = threading.Event(), threading.Event()

    def export() -> None:
        with reading(notes) as db:
            for wait in (begun.set, saved.wait):
                seen.append([row[0] for row in db.execute("SELECT word FROM note")])
                wait()
            seen.append([row[0] for row in db.execute("SELECT word FROM note")])

    job = threading.Thread(target=export)
    job.start()
    assert begun.wait(10)
    with writing(notes) as db:
        db.execute("INSERT INTO note VALUES ('during the export')")
    saved.set()
    job.join()

    assert seen == [[], [], []]
    assert codes(notes) == ["during the export"]
    notes.dispose()


def test_a_lock_that_another_program_holds_is_called_busy(notes: Engine, ledger: Path, key: bytes) -> None:
    other = keyed(ledger, key)
    other.execute("BEGIN IMMEDIATE")
    pooled = notes.raw_connection()
    pooled.cursor().execute("PRAGMA busy_timeout = 1")
    pooled.close()

    with pytest.raises(EnvironmentProblem) as refused, writing(notes):
        raise AssertionError("the lock was not held")

    other.close()
    assert refused.value.code is Code.BUSY
    notes.dispose()


def test_a_full_disk_is_named_and_work_goes_on_when_there_is_room(notes: Engine) -> None:
    def limit(pages: int) -> None:
        with writing(notes) as db:
            db.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    limit(4)
    with pytest.raises(EnvironmentProblem) as refused, writing(notes) as db:
        db.executemany("INSERT INTO note VALUES (?)", [(f"{n:0500d}",) for n in range(100)])
    limit(100_000)
    with writing(notes) as db:
        db.execute("INSERT INTO note VALUES ('saved')")

    assert refused.value.code is Code.DISK_FULL
    assert codes(notes) == ["saved"]
    notes.dispose()


def test_a_decayed_page_is_called_damage(notes: Engine, ledger: Path, key: bytes) -> None:
    with writing(notes) as db:
        db.executemany("INSERT INTO note VALUES (?)", [(f"{n:0500d}",) for n in range(100)])
    notes.dispose()
    decayed = bytearray(ledger.read_bytes())
    decayed[-2000] ^= 1
    ledger.write_bytes(decayed)
    again = open_engine(ledger, key)

    with pytest.raises(IntegrityProblem) as damage, reading(again) as db:
        db.execute("SELECT * FROM note").fetchall()

    assert damage.value.code is Code.DATABASE_DAMAGED
    again.dispose()


def test_core_statements_take_the_write_lock_at_once_or_a_snapshot(notes: Engine) -> None:
    word = sqlalchemy.table("note", sqlalchemy.column("word"))
    with notes.begin() as core:
        core.execute(word.insert().values(word="by Core"))

    with notes.connect().execution_options(snapshot=True) as core, writing(notes) as db:
        assert core.execute(sqlalchemy.select(word.c.word)).scalars().all() == ["by Core"]
        db.execute("INSERT INTO note VALUES ('meanwhile')")
    assert codes(notes) == ["by Core", "meanwhile"]
    notes.dispose()
