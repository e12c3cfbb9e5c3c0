"""The tables of what became of whole forms, moved or transcribed, and of second checks."""

from __future__ import annotations

from typing import NamedTuple

from crfapp.ledger.keys import FormKey


class MoveRow(NamedTuple):
    """A form that was entered for the wrong subject. ``state``: asked, declined, agreed, done.

    ``left`` counts the answers that could not be recorded where the form went, once it is done.
    """

    move: str
    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    to_subject: str
    to_visit: str
    to_visit_n: int
    to_form_n: int
    state: str
    asked_by: str
    asked_name: str
    asked_at: str
    reason: str | None
    decided_by: str
    decided_name: str
    decided_at: str
    moved_by: str
    moved_name: str
    moved_at: str
    left: int

    @property
    def key(self) -> FormKey:
        """The form as it was entered."""
        return FormKey(*self[1:6])

    @property
    def to(self) -> FormKey:
        """Where it belongs."""
        return FormKey(self.to_subject, self.to_visit, self.to_visit_n, self.form, self.to_form_n)


class SecondRow(NamedTuple):
    """The last second check of an answer, whose event the head is. ``state``: same, differs."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    state: str
    head_node: str
    head_seq: int
    login: str
    name: str
    at: str


class PaperRow(NamedTuple):
    """A form whose answers stood on paper first: by whom and when observed (local, ISO), why it is late."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    observer: str | None
    observed: str
    reason: str | None
    login: str
    name: str
    at: str

    @property
    def key(self) -> FormKey:
        """Which form."""
        return FormKey(*self[:5])
