"""The ledger in memory, for tests that need no disk; a test can make it lose a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.journeys import memory_ledger
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.redacting import agreed

if TYPE_CHECKING:
    from crfapp.ledger.chain import Body, Sealed
    from crfapp.ledger.keys import EventId


class MemoryTables(memory_ledger.MemoryTables):
    """Folded tables that can be lost."""

    def forget(self, table: type[Any]) -> None:
        """Lose all rows of a table, as another version of the program may not know them."""
        self.rows[table].clear()
        for key in [key for key in self.under if key[0] is table]:
            del self.under[key]


class MemoryLedger(memory_ledger.MemoryLedger):
    """The ledger on such tables."""

    tables: MemoryTables

    def __init__(self) -> None:
        super().__init__(MemoryTables())

    def redacted(self, of: EventId) -> frozenset[str]:
        """Told fields that were taken away, as a walk along the links asks for them."""
        records = [open_sealed(link) for link in self.links]
        return agreed(records, records).get(of, frozenset())

    def wrong_with(self, _link: Sealed, _body: Body) -> str | None:
        """A ledger in memory has nothing else to look at."""
        return None
