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


class Scope(NamedTuple):
    """A form, a visit, a casebook or the site; see :class:`crfapp.ledger.events.ScopeEvent`."""

    subject: str = ""
    visit: str = ""
    visit_n: int = 0
    form: str = ""
    form_n: int = 0

    @property
    def level(self) -> str:
        """Of what: form, visit, casebook or site."""
        if self.form:
            return "form"
        if self.visit:
            return "visit"
        return "casebook" if self.subject else "site"

    def covers(self, key: FormKey) -> bool:
        """Whether a form lies in it."""
        return (
            self.subject in ("", key.subject)
            and (not self.visit or (self.visit, self.visit_n) == (key.visit, key.visit_n))
            and (not self.form or (self.form, self.form_n) == (key.form, key.form_n))
        )

    @classmethod
    def around(cls, key: FormKey) -> tuple[Scope, ...]:
        """What a form lies in, from itself outwards."""
        return (cls(*key), cls(*key.at), cls(key.subject), cls())


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
