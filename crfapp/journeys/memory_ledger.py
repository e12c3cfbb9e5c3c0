"""A ledger in memory: the same fold applied to dictionaries. Nothing of it outlives the program."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crfapp.ledger.chain import GENESIS, Sealed, open_sealed
from crfapp.ledger.changes import Change, Follow, Patch, Put
from crfapp.ledger.events import End, Redacted
from crfapp.ledger.fold import changes_of
from crfapp.ledger.keys import EventId
from crfapp.ledger.merge import Arriving, Known, Received, Windows, when
from crfapp.ledger.redacting import without
from crfapp.ledger.state import TABLES, ItemRow, RivalRow, beside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from crfapp.base.problems import AppProblem
    from crfapp.ledger.chain import Record
    from crfapp.work.ports import R

_SUBJECT, _FORM = 1, 5
"""How many leading columns name the subject, and the form."""


class MemoryTables:
    """Folded tables as dictionaries. ``under``: what belongs to a subject or form, answers by text."""

    def __init__(self) -> None:
        self.rows: dict[type[Any], dict[tuple[Any, ...], Any]] = {table: {} for table in TABLES}
        self.under: dict[tuple[Any, ...], dict[tuple[Any, ...], Any]] = {}

    def get(self, table: type[R], *key: str | int) -> R | None:
        """The row with this key."""
        return self.rows[table].get(key)

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        """The rows whose columns equal these, ordered by key."""
        return self._found(table, equal)

    def holding(self, form: str, item: str, value: str) -> Sequence[ItemRow]:
        """Everybody's answers that are this text, ordered by key."""
        rows = self.under.get((ItemRow, form, item, value), {})
        return [rows[key] for key in sorted(rows)]

    def apply(self, changes: Sequence[Change]) -> None:
        """Bring the changes of events into the tables."""
        for change in changes:
            match change:
                case Put(row):
                    self._put(type(row), tuple(row[: TABLES[type(row)].key]), row)
                case Patch(table, key, values):
                    if tuple(key) in self.rows[table]:
                        self._put(table, tuple(key), self.rows[table][tuple(key)]._replace(**values))
                case Follow(row, replaced):
                    self._follow(row, replaced)

    def clear(self) -> None:
        """Lose every row."""
        for rows in self.rows.values():
            rows.clear()
        self.under.clear()

    def _follow(self, row: ItemRow, replaced: Sequence[EventId]) -> None:
        before = self.get(ItemRow, *row.key)
        if before is not None and before.head not in (*replaced, row.head):
            rival = beside(before)
            self._put(RivalRow, (*rival.key, *rival.head), rival)
        for gone in replaced:
            self._drop(RivalRow, (*row.key, *gone))
        self._put(ItemRow, tuple(row.key), row)

    def _found(self, table: type[Any], equal: dict[str, str | int | None]) -> list[Any]:
        fields: tuple[str, ...] = table._fields
        rows: dict[tuple[Any, ...], Any] = self.rows[table]
        known = next((fields[:n] for n in (_FORM, _SUBJECT) if equal.keys() >= set(fields[:n])), ())
        if known:
            rows = self.under.get((table, *(equal[name] for name in known)), {})
        places = [(fields.index(name), value) for name, value in equal.items() if name not in known]
        found = [key for key, row in rows.items() if all(row[place] == value for place, value in places)]
        return [rows[key] for key in sorted(found)]

    def _drop(self, table: type[Any], key: tuple[Any, ...]) -> None:
        if self.rows[table].pop(key, None) is not None:
            for width in (_SUBJECT, _FORM):
                self.under.get((table, *key[:width]), {}).pop(key, None)

    def _put(self, table: type[Any], key: tuple[Any, ...], row: Any) -> None:
        if isinstance(row, ItemRow):
            self._tell(self.rows[table].get(key), row)
        self.rows[table][key] = row
        for width in (_SUBJECT, _FORM):
            if len(row) >= width:
                self.under.setdefault((table, *row[:width]), {})[key] = row

    def _tell(self, before: ItemRow | None, row: ItemRow) -> None:
        """Find an answer by what it says now, and no more by what it said."""
        if before is not None and before.value is not None:
            self.under[ItemRow, before.form, before.item, before.value].pop(tuple(before.key))
        if row.value is not None:
            self.under.setdefault((ItemRow, row.form, row.item, row.value), {})[tuple(row.key)] = row


@dataclass
class MemoryHead:
    """The last link of the chain."""

    seq: int = 0
    hash: str = GENESIS
    hybrid: str = ""


class MemoryLedger:
    """Implements :class:`crfapp.work.ports.Ledger`; a transaction that fails leaves nothing."""

    def __init__(self, tables: MemoryTables | None = None) -> None:
        self.links: list[Sealed] = []
        self.tables = MemoryTables() if tables is None else tables
        self.head = MemoryHead()

    @contextmanager
    def transaction(self) -> Iterator[MemoryLedger]:
        """The ledger itself: what a command decides is appended at its end, in one go."""
        yield self

    def makes_room(self, _problem: AppProblem) -> bool:
        """Memory has what it has."""
        return False

    def told(self) -> AppProblem | None:
        """There is nothing to be said of a disk."""
        return None

    def append(self, links: Sequence[Sealed], changes: Sequence[Change], hybrid: str) -> None:
        """Keep the links, and apply their changes."""
        self.links.extend(links)
        self.tables.apply(changes)
        self.head = MemoryHead(links[-1].seq, links[-1].hash, hybrid)

    def ends(self) -> tuple[End, ...]:
        """How far every chain has come here."""
        last = {link.node: End(link.node, link.seq, link.hash) for link in self.links}
        return tuple(last[node] for node in sorted(last))

    def records(self, subject: str | None) -> Iterator[Record]:
        """The events about a subject, or about none."""
        return (open_sealed(link) for link in self.links if link.subject == subject)

    def take_away(self, fields: Mapping[EventId, Sequence[str]]) -> None:
        """Take told fields away from events, and from the tables."""
        for place, link in enumerate(self.links):
            self.links[place] = without(link, fields.get(EventId(link.node, link.seq), ()))
        self._fold_again()

    def receive(self, links: Iterable[Sealed]) -> Received:
        """Append links of other chains that are new here, and fold everything again."""
        known = {(link.node, link.seq): link for link in self.links}
        ends = {
            end.node: Known(end.seq, end.hash, open_sealed(known[end.node, end.seq]).envelope.hybrid)
            for end in self.ends()
        }
        arriving = Arriving(ends, lambda of: known[of].hash)
        new = list(arriving.new(links))
        self.links.extend(link for link, _ in new)
        records = [record for _, record in new]
        self.head.hybrid = max([self.head.hybrid, *(record.envelope.hybrid for record in records)])
        self.take_away({r.event.of: r.event.fields for r in records if isinstance(r.event, Redacted)})
        return Received.of(records)

    def _fold_again(self) -> None:
        """The tables as all events tell them, in the order of time."""
        records = sorted(map(open_sealed, self.links), key=when)
        windows = Windows(records)
        self.tables.clear()
        for record in records:
            self.tables.apply(list(changes_of(record, late=windows.late(record))))


class MemoryEvents:
    """The events of a ledger in memory; implements :class:`crfapp.present.workplace.EventReader`."""

    def __init__(self, ledger: MemoryLedger) -> None:
        self._ledger = ledger

    def records(
        self,
        *,
        subject: str | None = None,
        kinds: Collection[str] | None = None,
        item: str | None = None,
    ) -> Iterator[Record]:
        """Events in their order; ``item`` passes over events of other items."""
        for link in self._ledger.links:
            if (subject is None or link.subject == subject) and (kinds is None or link.kind in kinds):
                record = open_sealed(link)
                if item is None or getattr(record.event, "item", None) == item:
                    yield record
