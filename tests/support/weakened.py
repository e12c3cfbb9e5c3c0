"""Taking the guards of the log away and putting them back, as whoever has the key could."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.store.dialect import SQLITE
from crfapp.store.migrations import EVIDENCE
from crfapp.store.postgres.schema import GUARDS, guard_statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.store.engine import Db


def guards_of(db: Db) -> tuple[str, ...]:
    """The names of all triggers on what only grows."""
    if db.dialect is SQLITE:
        return tuple(name for name, sql in EVIDENCE.items() if sql.startswith("CREATE TRIGGER"))
    return tuple(GUARDS)


def take_guards_away(db: Db, names: Iterable[str] = ()) -> None:
    """Drop these triggers, or all."""
    for name in names or guards_of(db):
        db.execute(f"DROP TRIGGER {name}" + ("" if db.dialect is SQLITE else f" ON {GUARDS[name].table}"))


def put_guards_back(db: Db, names: Iterable[str] = ()) -> None:
    """Make them again as they were."""
    for name in names or guards_of(db):
        db.execute(EVIDENCE[name] if db.dialect is SQLITE else guard_statements(name)[1])
