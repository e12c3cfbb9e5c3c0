"""A database is raised step by step, or left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.migrations import STEPS, Step, migrate, schema_number
from crfapp.store.rebuild import remake

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

NEWEST = len(STEPS)
NEXT = NEWEST + 1
LATER = Step(NEXT, ("CREATE TABLE later (word TEXT) STRICT", "INSERT INTO later VALUES ('raised')"))
BROKEN = Step(NEXT, ("CREATE TABLE later (word TEXT) STRICT", "INSERT INTO nowhere VALUES (1)"))


def number(engine: Engine) -> int:
    with reading(engine) as db:
        return schema_number(db)


def tables(engine: Engine) -> set[str]:
    with reading(engine) as db:
        return {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def no_backup(have: int) -> None:
    raise AssertionError(f"nothing to back up at {have}")


def test_steps_are_numbered_without_a_gap() -> None:
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))


def test_a_new_database_reaches_the_newest_schema_without_a_backup(engine: Engine) -> None:
    assert number(engine) == len(STEPS)
    assert migrate(engine, no_backup, remake) == len(STEPS)


def test_the_backup_comes_before_an_existing_database_is_raised(engine: Engine) -> None:
    seen: list[tuple[int, int, bool]] = []

    migrate(
        engine,
        lambda have: seen.append((have, number(engine), "later" in tables(engine))),
        remake,
        (*STEPS, LATER),
    )

    assert seen == [(NEWEST, NEWEST, False)]
    assert number(engine) == NEXT
    assert "later" in tables(engine)


def test_without_a_backup_nothing_is_touched(engine: Engine) -> None:
    def disk_full(have: int) -> None:
        raise EnvironmentProblem(Code.DISK_FULL, have=have)

    with pytest.raises(EnvironmentProblem):
        migrate(engine, disk_full, remake, (*STEPS, LATER))

    assert number(engine) == NEWEST
    assert "later" not in tables(engine)


def test_a_step_that_fails_half_way_leaves_the_former_schema_whole(engine: Engine) -> None:
    with pytest.raises(dbapi2.OperationalError):
        migrate(engine, lambda _have: None, remake, (*STEPS, BROKEN))

    assert number(engine) == NEWEST
    assert "later" not in tables(engine)
    assert migrate(engine, lambda _have: None, remake, (*STEPS, LATER)) == NEXT


def test_a_newer_database_is_refused_without_a_changed_byte(engine: Engine, ledger: Path, key: bytes) -> None:
    with writing(engine) as db:
        db.execute("PRAGMA user_version = 99")
    engine.dispose()
    before = ledger.read_bytes()
    again = open_engine(ledger, key)

    with pytest.raises(EnvironmentProblem) as refused:
        migrate(again, no_backup, remake)

    again.dispose()
    assert refused.value.code is Code.TOO_NEW
    assert ledger.read_bytes() == before
