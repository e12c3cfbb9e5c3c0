"""Taking told texts away from events: what is left of a link, and the rows that are other ones after it.

A told text stands in the body of its event as a commitment alone, so a link without the text keeps its
hash. The tables after a redaction are those that a fold of what is left gives: pure, and said once for
every store.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crfapp.base.canonical import canonical
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.changes import Follow, Patch, Put
from crfapp.ledger.events import Redacted, RedactionAsked
from crfapp.ledger.fold import changes_of
from crfapp.ledger.state import TABLES, RivalRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.changes import Change
    from crfapp.ledger.keys import EventId
    from crfapp.ledger.state import Row

Place = tuple["type[Row]", tuple[Any, ...]]
"""A table, and the key of a row in it."""


def without(link: Sealed, fields: Collection[str]) -> Sealed:
    """The link with these told fields taken away, salts and all; its hash stays as it is."""
    told: dict[str, list[str]] = json.loads(link.told)
    kept = {name: pair for name, pair in told.items() if name not in fields}
    return link._replace(told=canonical(kept))


def touched(link: Sealed, left: Sealed) -> frozenset[Place]:
    """The rows that a link gives other columns to than what is left of it does."""
    before, after = changes_of(open_sealed(link)), changes_of(open_sealed(left))
    changed = [one for one, other in zip(before, after, strict=True) if one != other]
    beside = [_beside(one) for one in changed if isinstance(one, Follow)]
    return frozenset((*map(_place, changed), *beside))


def refolded(records: Iterable[Record], places: Collection[Place]) -> Iterator[Change]:
    """The rows at these places as the records fold into them; ``records`` come in the order of time.

    Whatever ever changed one of the rows must be among the records: it is about the same subject.
    """
    rows: dict[Place, Any] = {}
    for record in records:
        for change in changes_of(record):
            place = _place(change)
            if place in places:
                match change:
                    case Put(row) | Follow(row, _):
                        rows[place] = row
                    case Patch(_, _, values) if place in rows:
                        rows[place] = rows[place]._replace(**values)
                    case _:
                        pass
            if isinstance(change, Follow) and _beside(change) in places:
                told = {name: getattr(change.row, name) for name in _RIVALS_TOLD}
                yield Patch(RivalRow, _beside(change)[1], told)
    yield from map(Put, rows.values())


def in_time(records: Iterable[Record]) -> list[Record]:
    """Records of several chains in the order in which they are folded."""
    return sorted(records, key=lambda r: (r.envelope.hybrid, r.envelope.node, r.envelope.seq))


def told_texts(record: Record) -> Mapping[str, str]:
    """What stands in the told fields of an event, and can still be read."""
    found = {name: getattr(record.event, name) for name in record.event.told_fields}
    return {name: text for name, text in found.items() if text is not None}


def agreed(asked: Iterable[Record], done: Iterable[Record]) -> dict[EventId, frozenset[str]]:
    """Which told fields of which events may be missing: one person asked, and another one agreed."""
    wishes = {
        wish.event.redaction: (wish.envelope.login, wish.event)
        for wish in asked
        if isinstance(wish.event, RedactionAsked)
    }
    found: dict[EventId, frozenset[str]] = {}
    for record in done:
        if isinstance(record.event, Redacted) and record.event.redaction in wishes:
            login, wished = wishes[record.event.redaction]
            if wished.of == record.event.of and login != record.envelope.login:
                both = frozenset(wished.fields) & frozenset(record.event.fields)
                found[wished.of] = found.get(wished.of, frozenset()) | both
    return found


_RIVALS_TOLD = ("value", "typed", "entered", "reason")


def _beside(change: Follow) -> Place:
    """Where the answer stands if another one is in force beside it."""
    return RivalRow, (*change.row.key, *change.row.head)


def _place(change: Change) -> Place:
    if isinstance(change, Patch):
        return change.table, tuple(change.key)
    table = type(change.row)
    return table, tuple(change.row[: TABLES[table].key])
