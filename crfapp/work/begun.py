"""Which forms were begun. One whose answers were moved to another subject counts as not begun (REQ-412)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.fold_forms import MOVED
from crfapp.ledger.state import FormRow

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk


def forms_begun(desk: Desk, **equal: str | int | None) -> list[FormRow]:
    """The begun forms whose columns equal these, ordered by key."""
    return [row for row in desk.tables.find(FormRow, **equal) if row.status != MOVED]


def is_begun(desk: Desk, key: FormKey) -> bool:
    """Whether anything was begun in a form that still counts."""
    row = desk.tables.get(FormRow, *key)
    return row is not None and row.status != MOVED
