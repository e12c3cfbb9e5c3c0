"""Taking told texts away from events: what is left of a link, and who agreed to it.

A told text stands in the body of its event as a commitment alone, so a link without the text keeps its
hash. The tables after a redaction are those that a fold of what is left gives.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crfapp.base.canonical import canonical
from crfapp.ledger.events import Redacted, RedactionAsked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.keys import EventId


def without(link: Sealed, fields: Collection[str]) -> Sealed:
    """The link with these told fields taken away, salts and all; its hash stays as it is."""
    told: dict[str, list[str]] = json.loads(link.told)
    kept = {name: pair for name, pair in told.items() if name not in fields}
    return link._replace(told=canonical(kept))


def told_texts(record: Record) -> Mapping[str, str]:
    """What people or checks said in the told fields of an event, and can still be read."""
    names = [name for name in record.event.told_fields if name not in record.event.proof_fields]
    found = {name: getattr(record.event, name) for name in names}
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
