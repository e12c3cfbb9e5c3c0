"""The tables with what a command has decided, but not yet stored, lying on top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from crfapp.ledger.chain import Envelope, Record
from crfapp.ledger.changes import Follow, Patch, Put
from crfapp.ledger.fold import decided_by
from crfapp.ledger.state import TABLES, ItemRow, RivalRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.events import Event
    from crfapp.ledger.state import Row
    from crfapp.work.ports import R, Tables

_NOT_YET = Envelope("", 0, "", "", 0, "", "", "", "", "", "", "", "", "")


class Overlay:
    """Reads like the tables will read once the command is stored.

    Nothing else writes while a command is carried out, so a row is asked of the tables once. ``beneath``
    are the tables as they were.
    """

    def __init__(self, tables: Tables) -> None:
        self.beneath = tables
        self._laid: dict[type[Row], dict[tuple[Any, ...], Row | None]] = {}
        self._seen: dict[tuple[Any, ...], Row | None] = {}

    def get(self, table: type[R], *key: str | int) -> R | None:
        """The row with this key, as it will be."""
        laid = self._laid.get(table)
        if laid is not None and key in laid:
            return cast("R | None", laid[key])
        asked = (table, *key)
        if asked not in self._seen:
            self._seen[asked] = self.beneath.get(table, *key)
        return cast("R | None", self._seen[asked])

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        """The rows whose columns equal these, as they will be, ordered by key."""
        stored = self.beneath.find(table, **equal)
        laid = self._laid.get(table)
        if not laid:
            return stored
        width = TABLES[table].key
        rows: dict[tuple[Any, ...], Any] = {tuple(row[:width]): row for row in stored}
        for key, row in laid.items():
            rows.pop(key, None)
            if row is not None and all(getattr(row, name) == wanted for name, wanted in equal.items()):
                rows[key] = row
        return [rows[key] for key in sorted(rows)]

    def holding(self, form: str, item: str, value: str) -> Sequence[ItemRow]:
        """Everybody's answers that are this text, as they will be."""
        stored = self.beneath.holding(form, item, value)
        laid = self._laid.get(ItemRow)
        if not laid:
            return stored
        rows = {tuple(row.key): row for row in stored if tuple(row.key) not in laid}
        for row in laid.values():
            if isinstance(row, ItemRow) and (row.form, row.item, row.value) == (form, item, value):
                rows[tuple(row.key)] = row
        return [rows[key] for key in sorted(rows)]

    def lay(self, event: Event, pack: str) -> None:
        """Let an event take effect here; ``pack`` is the study version that it is made under."""
        for change in decided_by(Record(replace(_NOT_YET, pack=pack), event)):
            match change:
                case Put(row):
                    self._set(row)
                case Follow(row, replaced):
                    self._set(row)
                    gone = self._laid.setdefault(RivalRow, {})
                    gone.update(((*row.key, *head), None) for head in replaced[1:])
                case Patch(table, key, values):
                    found = self.get(cast("Any", table), *key)
                    if found is not None:
                        self._set(found._replace(**values))

    def _set(self, row: Row) -> None:
        table = type(row)
        self._laid.setdefault(table, {})[tuple(row[: TABLES[table].key])] = row
