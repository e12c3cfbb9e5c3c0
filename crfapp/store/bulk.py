"""Many changes of tables at once: worked out in memory, then written row by row of the outcome.

The same as :func:`crfapp.store.tables.apply`, change by change, gives; but an item that was changed ten times
is written once, and nothing waits for a server between two changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger.changes import Change, Follow, Patch, Put
from crfapp.ledger.state import TABLES, ItemRow, RivalRow, Row, beside
from crfapp.store.tables import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.store.engine import Db

_MOST_HELD = 100_000
"""Rows that are held in memory before they are written."""

Key = tuple[Any, ...]


def apply_all(db: Db, changes: Iterable[Change], *, fresh: bool = False) -> None:
    """Bring many changes into the tables, inside the caller's transaction.

    ``fresh``: none of the rows that they are about is there, as when they were taken out to be folded anew.
    """
    rows = Gathering(db, fresh=fresh)
    for change in changes:
        rows.add(change)
    rows.write()


class Gathering:
    """Rows as changes leave them, until :meth:`write`."""

    def __init__(self, db: Db, *, fresh: bool = False) -> None:
        self._db = db
        self._fresh = fresh
        self._held: dict[type[Row], dict[Key, Row | None]] = {}
        self._count = 0

    def add(self, change: Change) -> None:
        """One change after the others."""
        match change:
            case Put(row):
                self._put(row)
            case Patch(table, key, values):
                if (before := self._get(table, tuple(key))) is not None:
                    self._put(before._replace(**values))  # type: ignore[arg-type]
            case Follow(row, replaced):
                self._follow(row, replaced)
        if self._count > _MOST_HELD:
            self.write()
            self._fresh = False

    def write(self) -> None:
        """Write what is held; after that it is looked up again."""
        for table, rows in self._held.items():
            gone = [key for key, row in rows.items() if row is None]
            kept = [row for row in rows.values() if row is not None]
            if self._fresh:
                self._db.load(TABLES[table].name, STATEMENTS[table].columns, kept)
                continue
            if gone:
                self._db.executemany(STATEMENTS[table].drop, gone)
            if kept:
                self._db.executemany(STATEMENTS[table].put, kept)
        self._held, self._count = {}, 0

    # ---- inside

    def _get(self, table: type[Row], key: Key) -> Row | None:
        rows = self._held.setdefault(table, {})
        if key in rows:
            return rows[key]
        if self._fresh:
            return None
        found = self._db.execute(STATEMENTS[table].get, key).fetchone()
        return None if found is None else table._make(found)

    def _put(self, row: Row) -> None:
        table = type(row)
        rows = self._held.setdefault(table, {})
        key = tuple(row[: TABLES[table].key])
        self._count += key not in rows
        rows[key] = row

    def _follow(self, row: ItemRow, replaced: Iterable[Any]) -> None:
        """See :func:`crfapp.store.tables.apply`."""
        named = tuple(replaced)
        standing = self._get(ItemRow, tuple(row.key))
        if isinstance(standing, ItemRow):
            if standing.head not in (*named, row.head):
                self._put(beside(standing))
            if len(named) > 1:
                for gone in named:
                    self._held.setdefault(RivalRow, {})[(*row.key, *gone)] = None
        self._put(row)
