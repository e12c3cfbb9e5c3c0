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


class MemoryTables:
    """Folded tables as dictionaries."""

    def __init__(self) -> None:
        self.rows: dict[type[Any], dict[tuple[Any, ...], Any]] = {table: {} for table in TABLES}

    def get(self, table: type[R], *key: str | int) -> R | None:
        return self.rows[table].get(key)  # type: ignore[return-value]

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        rows = self.rows[table]
        return [
            rows[key] for key in sorted(rows) if all(getattr(rows[key], n) == v for n, v in equal.items())
        ]

    def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case Put(row):
                    self.rows[type(row)][tuple(row[: TABLES[type(row)].key])] = row
                case Patch(table, key, values):
                    if tuple(key) in self.rows[table]:
                        self.rows[table][tuple(key)] = self.rows[table][tuple(key)]._replace(**values)


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
