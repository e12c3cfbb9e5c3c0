"""The answers of one form of a subject at all visits, read in one query."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from crfapp.form.values import value_of
from crfapp.ledger.state import FormRowRow, ItemRow
from crfapp.work.begun import forms_begun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.study.types import Value
    from crfapp.work.desk import Desk


class Answers:
    """What is recorded in the begun forms of one kind. What is hidden, and rows taken out, are not there."""

    def __init__(self, desk: Desk, subject: str, form: str) -> None:
        self._study, self._form = desk.study, form
        begun = forms_begun(desk, subject=subject, form=form)
        order = desk.study.visit_order
        self.forms = sorted(
            (row.key for row in begun), key=lambda key: (order[key.visit], key.visit_n, key.form_n)
        )
        """Where such forms were begun, in the order of the schedule."""
        out = {
            (*row[:5], row.row) for row in desk.tables.find(FormRowRow, subject=subject, form=form, voided=1)
        }
        self._items: dict[tuple[FormKey, str, str], ItemRow] = {
            (row.key.of, row.row, row.item): row
            for row in desk.tables.find(ItemRow, subject=subject, form=form)
            if row.hidden != 1 and row[:6] not in out
        }

    def at(self, visit: VisitKey) -> list[FormKey]:
        """The forms begun at a visit."""
        return [key for key in self.forms if key.at == visit]

    def rows(self, item: str) -> Iterator[tuple[FormKey, str]]:
        """Where an item is recorded: form and row, in the order of the schedule."""
        for key in self.forms:
            yield from ((at, row) for at, row, name in self._items if at == key and name == item)

    def text(self, key: FormKey, row: str, item: str | None) -> str | None:
        """The canonical text of an answer; None where there is none, or it is missing with a reason."""
        stored = None if item is None else self._items.get((key, row, item))
        return None if stored is None else stored.value

    def value(self, key: FormKey, row: str, item: str) -> Value:
        """The value of an answer."""
        text = self.text(key, row, item)
        return None if text is None else value_of(text, self._study.field(self._form, item))

    def number(self, key: FormKey, row: str, item: str) -> Decimal | None:
        """An answer that is a number."""
        value = self.value(key, row, item)
        return Decimal(value) if isinstance(value, Decimal | int) else None

    def origin(self, key: FormKey, row: str, item: str) -> str:
        """Where an answer comes from; empty where there is none, or it is missing with a reason."""
        stored = self._items.get((key, row, item))
        return stored.origin if stored is not None and stored.value is not None else ""
