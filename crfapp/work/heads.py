"""Which answers a new one takes the place of: the one in force, and those that stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import RivalRow

if TYPE_CHECKING:
    from crfapp.ledger.keys import EventId, ItemKey
    from crfapp.work.desk import Desk


def heads_of(desk: Desk, key: ItemKey) -> tuple[EventId, ...]:
    """The events that the next answer at an item has to name; empty where nothing was answered.

    Whoever answers now knows of all of them, so none stays beside the new one.
    """
    stored = desk.stored(key)
    if stored is None:
        return ()
    return (stored.head, *(row.head for row in desk.tables.find(RivalRow, **key._asdict())))
