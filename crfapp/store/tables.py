"""The folded tables as SQL: the same rows that the fold gives, found by key or by equal columns."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from crfapp.ledger.changes import Change, Follow, Patch, Put
from crfapp.ledger.state import TABLES, ItemRow, RivalRow, Row, beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from crfapp.ledger.keys import EventId
    from crfapp.store.engine import Db
    from crfapp.work.ports import R

_ALONE_ALREADY = nullcontext()
INDEXED = 64
"""So much of an answer stands in the index ``item_of_value``: no index holds texts of any length."""


class SqlTables:
    """The tables as one connection sees them; implements :class:`crfapp.work.ports.Tables`.

    Inside a transaction ``db`` is its connection. ``turn`` is entered around each question, where
    several threads may ask.
    """

    def __init__(self, db: Db, turn: AbstractContextManager[object] = _ALONE_ALREADY) -> None:
        self._db = db
        self._turn = turn

    def look_through(self, db: Db) -> None:
        """Ask another connection from now on; whoever calls has the turn."""
        self._db = db

    def get(self, table: type[R], *key: str | int) -> R | None:
        """The row with this key."""
        with self._turn:
            row = self._db.execute(STATEMENTS[table].get, key).fetchone()
        return None if row is None else table._make(row)

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        """The rows whose columns equal these, ordered by key; None asks for rows without that answer."""
        with self._turn:
            rows = self._db.execute(STATEMENTS[table].find(*equal), tuple(equal.values())).fetchall()
        return [table._make(row) for row in rows]

    def holding(self, form: str, item: str, value: str) -> Sequence[ItemRow]:
        """Everybody's answers that are this text, by the index that holds how texts begin."""
        with self._turn:
            rows = self._db.execute(HOLDING, (form, item, value[:INDEXED], value)).fetchall()
        return [ItemRow._make(row) for row in rows]


def apply(db: Db, changes: Iterable[Change]) -> None:
    """Bring the changes of events into the tables, inside the caller's transaction."""
    for change in changes:
        match change:
            case Put(row):
                db.execute(STATEMENTS[type(row)].put, row)
            case Patch(table, key, values):
                db.execute(STATEMENTS[table].patch(*values), (*values.values(), *key))
            case Follow(row, replaced):
                _follow(db, row, replaced)


def _follow(db: Db, row: ItemRow, replaced: Sequence[EventId]) -> None:
    """Let an answer take force; one that it does not name stays beside it as a rival."""
    key = row.key
    before = db.execute(STATEMENTS[ItemRow].get, key).fetchone()
    if before is not None:
        standing = ItemRow._make(before)
        beside_it = standing.head not in (*replaced, row.head)
        if beside_it:
            db.execute(STATEMENTS[RivalRow].put, beside(standing))
        if beside_it or len(replaced) > 1:  # else the one that it names is the one in force
            for gone in replaced:
                db.execute(STATEMENTS[RivalRow].drop, (*key, *gone))
    db.execute(STATEMENTS[ItemRow].put, row)


class Statements:
    """The SQL texts of one table, made once: the driver keeps a statement prepared for each text."""

    def __init__(self, table: type[Row], name: str, width: int) -> None:
        # in double quotes, because some are words of SQL too
        columns = tuple(f'"{column}"' for column in table._fields)
        rest = ", ".join(f"{column} = excluded.{column}" for column in columns[width:])
        self.columns = columns
        self._names = frozenset(table._fields)
        self._key_is = " AND ".join(f"{column} = ?" for column in columns[:width])
        self._order = ", ".join(columns[:width])
        self._select = f"SELECT {', '.join(columns)} FROM {name}"  # noqa: S608 (our own names)
        self._update = f"UPDATE {name} SET"
        self._made: dict[tuple[str, ...], str] = {}
        self.get = f"{self._select} WHERE {self._key_is}"
        self.drop = f"DELETE FROM {name} WHERE {self._key_is}"  # noqa: S608 (our own names)
        self.put = (
            f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 (our own names)
            f" ON CONFLICT ({self._order}) DO UPDATE SET {rest}"
        )

    def find(self, *names: str) -> str:
        """The question for rows by these columns, in the order of their keys."""
        return self._made.get(("find", *names)) or self._made.setdefault(
            ("find", *names), self._found_by(names)
        )

    def patch(self, *names: str) -> str:
        """The change of these columns of the row with a key."""
        changed = ", ".join(f'"{name}" = ?' for name in names)
        return self._made.setdefault(("patch", *names), f"{self._update} {changed} WHERE {self._key_is}")

    def _found_by(self, names: tuple[str, ...]) -> str:
        # SQL takes a misspelt name in double quotes for a text, and would find nothing
        for unknown in set(names) - self._names:
            raise AttributeError(f"no column {unknown}")
        where = " AND ".join(f'"{name}" IS ?' for name in names) or "true"
        return f"{self._select} WHERE {where} ORDER BY {self._order}"


STATEMENTS: dict[type[Row], Statements] = {
    table: Statements(table, spec.name, spec.key) for table, spec in TABLES.items()
}
HOLDING = (
    f"SELECT {', '.join(STATEMENTS[ItemRow].columns)} FROM item"  # noqa: S608 (our own names)
    f" WHERE form = ? AND item = ? AND substr(value, 1, {INDEXED}) = ? AND value = ?"
    ' ORDER BY subject, visit, visit_n, form, form_n, "row", item'
)
