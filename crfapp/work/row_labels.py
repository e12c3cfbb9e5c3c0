"""Naming rows of a log for people (``T01``): once, when the answer it depends on is given, never again."""

from __future__ import annotations

from itertools import count
from string import ascii_lowercase
from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, ValueRecorded
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import FormRowRow, ItemRow

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.study.model import RowLabel
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables


def label_rows(desk: Desk, key: FormKey, cell: Cell) -> Generator[Event, None, bool]:
    """The label that an answer gives its row, where labels depend on it; returns whether one was given.

    The form opens anew then, for its rows are called otherwise.
    """
    named = False
    for section in desk.study.form(key.form).sections:
        label = section.rows.label if section.rows else None
        if label is not None and cell.item in (label.by, label.parent):
            for event in name_row(desk, key, cell.row, label):
                named = True
                yield event
    if named:
        desk.forms.close(key)
    return named


def is_label(study: Study, form: str, item: str) -> bool:
    """Whether an item holds the label of its row, which nobody types."""
    return any(
        section.rows.label.item == item
        for section in study.form(form).sections
        if section.rows is not None and section.rows.label is not None
    )


def named_alike(tables: Tables, study: Study, key: FormKey) -> list[str]:
    """Names that several rows of a form have, as two workstations give them that do not know of each other.

    Whoever takes one of the rows out and adds it again gives it another name: no name is given twice here.
    """
    found = []
    counted = {row.row for row in tables.find(FormRowRow, **key._asdict(), voided=0)}
    for section in study.form(key.form).sections:
        label = section.rows.label if section.rows else None
        if label is not None:
            rows = tables.find(ItemRow, **key._asdict(), item=label.item)
            names = [row.value for row in rows if row.value and row.row in counted]
            found += [name for name in dict.fromkeys(names) if names.count(name) > 1]
    return found


def name_row(desk: Desk, key: FormKey, row: str, label: RowLabel) -> Iterator[Event]:
    """Give a row its label, unless it has one."""
    place = ItemKey(*key, row, label.item)
    if desk.stored(place) is not None:
        return
    taken = {item.value for item in desk.tables.find(ItemRow, **key._asdict(), item=label.item)}
    text = next((name for name in _names(desk, key, row, label) if name not in taken), None)
    if text is None:
        return
    yield desk.lay(ValueRecorded(**place._asdict(), value=text, origin="row label", captured_at=desk.stamp()))


def _names(desk: Desk, key: FormKey, row: str, label: RowLabel) -> Iterator[str]:
    """The names the row could have, in order; none while an answer that decides is missing."""
    prefix: str | None = label.prefix
    if label.by is not None:
        by = _answer(desk, key, row, label.by)
        if by is None:
            return
        prefix = label.prefixes.get(by, None if label.parent else label.prefix)
    if prefix is not None:
        yield from (f"{prefix}{number:0{label.digits}d}" for number in count(1))
    else:
        origin = _answer(desk, key, row, label.parent or "")
        name = None if origin is None else _answer(desk, key, origin, label.item)
        yield from (f"{name}{letter}" for letter in ascii_lowercase if name)


def _answer(desk: Desk, key: FormKey, row: str, item: str) -> str | None:
    stored = desk.stored(ItemKey(*key, row, item))
    return None if stored is None else stored.value
