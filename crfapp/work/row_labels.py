"""Naming rows of a log for people (``T01``): once, when the answer it depends on is given, never again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, ValueRecorded
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import ItemRow

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.study.model import RowLabel
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk


def label_rows(desk: Desk, key: FormKey, cell: Cell) -> Generator[Event, None, bool]:
    """The label that an answer gives its row, where labels depend on it; returns whether one was given.

    The form opens anew then, for its rows are called otherwise.
    """
    named = False
    for section in desk.study.form(key.form).sections:
        label = section.rows.label if section.rows else None
        if label is not None and label.by == cell.item:
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


def name_row(desk: Desk, key: FormKey, row: str, label: RowLabel) -> Iterator[Event]:
    """Give a row its label, unless it has one."""
    place = ItemKey(*key, row, label.item)
    if desk.stored(place) is not None:
        return
    prefix = label.prefix
    if label.by is not None:
        by = desk.stored(ItemKey(*key, row, label.by))
        if by is None or by.value is None:
            return
        prefix = label.prefixes.get(by.value, label.prefix)
    taken = {item.value for item in desk.tables.find(ItemRow, **key._asdict(), item=label.item)}
    number = 1
    while (text := f"{prefix}{number:0{label.digits}d}") in taken:
        number += 1
    yield desk.lay(ValueRecorded(**place._asdict(), value=text, origin="row label", captured_at=desk.stamp()))
