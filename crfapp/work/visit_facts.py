"""Where an answer is a fact of its visit, the visit follows; and so do visits counted from an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import (
    Event,
    VisitCancelled,
    VisitMerged,
    VisitMissed,
    VisitRedated,
    VisitStarted,
)
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import VisitRow
from crfapp.work.consequences import follow_elsewhere
from crfapp.work.readers import VISIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.graph import Cell
    from crfapp.work.desk import Desk


def visit_facts(desk: Desk, key: FormKey, cell: Cell) -> Iterator[Event]:
    """What an answer says of its visit, and everything that reads visits, where that changed."""
    place = f"{key.form}.{cell.item}"
    event = _fact(desk, key, place)
    if event is not None:
        yield desk.lay(event)
    if event is not None or place in desk.anchors or place in desk.ends:
        yield from follow_elsewhere(desk, FormKey(*key.at, "", 0), set(), form=VISIT)


def _fact(desk: Desk, key: FormKey, place: str) -> Event | None:
    items, row = desk.study.head.visit_items, desk.tables.get(VisitRow, *key.at)
    if place not in (items.date, items.status, items.reason, items.into):
        return None
    status, at = _answer(desk, key, items.status), key.at._asdict()
    if status == items.missed:
        why = _answer(desk, key, items.reason) or ""
        told = row is None or row.status != "missed" or (place == items.reason and row.why != why)
        return VisitMissed(**at, why=why) if told else None
    if status is not None and status == items.merged:
        into = _answer(desk, key, items.into or "")
        told = into is not None and (row is None or (row.status, row.why) != ("merged", into))
        return VisitMerged(**at, into=into or "") if told else None
    if status is not None and status == items.cancelled:
        return VisitCancelled(**at) if row is None or row.status != "cancelled" else None
    return _seen(desk, key, place, row)


def _seen(desk: Desk, key: FormKey, place: str, row: VisitRow | None) -> Event | None:
    """The visit took place, wholly or in part, or did so on another day than was told before."""
    items, at = desk.study.head.visit_items, key.at._asdict()
    date = _answer(desk, key, items.date)
    if date is None:
        return None
    if row is None or row.status != "started":
        seen = _answer(desk, key, items.status) in (items.done, items.partly)
        return VisitStarted(**at, date=date) if seen else None
    return VisitRedated(**at, date=date) if place == items.date and row.date != date else None


def _answer(desk: Desk, key: FormKey, place: str) -> str | None:
    form, _, item = place.partition(".")
    stored = desk.stored(ItemKey(*key.at, form, 1, "", item))
    return None if stored is None or stored.hidden == 1 else stored.value
