"""The ledger in memory, for tests that need no disk; a test can make it lose a table."""

from __future__ import annotations

from typing import Any

from crfapp.journeys import memory_ledger


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
