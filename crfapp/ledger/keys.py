"""Where a value stands: subject / visit occurrence / form occurrence / row / item (STUDIES 1.1)."""

from __future__ import annotations

from typing import NamedTuple


class VisitKey(NamedTuple):
    """One occurrence of a visit of one subject; ``visit_n`` counts from 1."""

    subject: str
    visit: str
    visit_n: int


class FormKey(NamedTuple):
    """One form at one visit occurrence; ``form_n`` counts from 1 where the form repeats there."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int

    @property
    def at(self) -> VisitKey:
        """The visit occurrence it belongs to."""
        return VisitKey(self.subject, self.visit, self.visit_n)


class ItemKey(NamedTuple):
    """One item of one form; ``row`` is empty outside repeating sections."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str

    @property
    def of(self) -> FormKey:
        """The form it belongs to."""
        return FormKey(*self[:5])


class EventId(NamedTuple):
    """Which event: the workstation's chain and its place there."""

    node: str
    seq: int
