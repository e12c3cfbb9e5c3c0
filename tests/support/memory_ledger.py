"""A ledger in memory: the same fold applied to dictionaries, for tests that need no disk."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crfapp.ledger.chain import GENESIS, Sealed
from crfapp.ledger.fold import Change, Patch, Put
from crfapp.ledger.state import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.work.ports import R


SUBJECT, FORM = 1, 5
"""How many leading columns name the subject, and the form."""


class MemoryTables:
    """Folded tables as dictionaries; what belongs to a subject or a form is found without the others."""

    def __init__(self) -> None:
        self.rows: dict[type[Any], dict[tuple[Any, ...], Any]] = {table: {} for table in TABLES}
        self._under: dict[tuple[Any, ...], dict[tuple[Any, ...], Any]] = {}

    def get(self, table: type[R], *key: str | int) -> R | None:
        return self.rows[table].get(key)

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        return self._found(table, equal)

    def _found(self, table: type[Any], equal: dict[str, str | int | None]) -> list[Any]:
        fields: tuple[str, ...] = table._fields
        rows: dict[tuple[Any, ...], Any] = self.rows[table]
        known = next((fields[:n] for n in (FORM, SUBJECT) if equal.keys() >= set(fields[:n])), ())
        if known:
            rows = self._under.get((table, *(equal[name] for name in known)), {})
        places = [(fields.index(name), value) for name, value in equal.items() if name not in known]
        found = [key for key, row in rows.items() if all(row[place] == value for place, value in places)]
        return [rows[key] for key in sorted(found)]

    def forget(self, table: type[Any]) -> None:
        """Lose all rows of a table, as another version of the program may not know them."""
        self.rows[table].clear()
        for key in [key for key in self._under if key[0] is table]:
            del self._under[key]

    def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case Put(row):
                    self._put(type(row), tuple(row[: TABLES[type(row)].key]), row)
                case Patch(table, key, values):
                    if tuple(key) in self.rows[table]:
                        self._put(table, tuple(key), self.rows[table][tuple(key)]._replace(**values))

    def _put(self, table: type[Any], key: tuple[Any, ...], row: Any) -> None:
        self.rows[table][key] = row
        for width in (SUBJECT, FORM):
            if len(row) >= width:
                self._under.setdefault((table, *row[:width]), {})[key] = row


@dataclass
class MemoryHead:
    seq: int = 0
    hash: str = GENESIS
    hybrid: str = ""


class MemoryLedger:
    """Appends to a list; a transaction that fails leaves nothing."""

    def __init__(self) -> None:
        self.links: list[Sealed] = []
        self.tables = MemoryTables()
        self.head = MemoryHead()

    @contextmanager
    def transaction(self) -> Iterator[MemoryLedger]:
        yield self

    def append(self, links: Sequence[Sealed], changes: Sequence[Change], hybrid: str) -> None:
        self.links.extend(links)
        self.tables.apply(changes)
        self.head = MemoryHead(links[-1].seq, links[-1].hash, hybrid)
