"""What every event is, and how told texts are marked."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict

from crfapp.ledger.keys import FormKey, ItemKey, Scope, VisitKey


class _Told:
    """Marks a field that is hashed as a commitment only."""


class _Proof(_Told):
    """Marks one that is worked out from answers, and is no text of anybody's."""


Told = Annotated[str | None, _Told()]
Proof = Annotated[str, _Proof()]
"""Told, too: whoever has a hash of answers, or a signature over one, can try which answers fit. No redaction
names it, for a signature without it would be none; empty where it was kept back."""


class Event(BaseModel):
    """Base of all events. ``kind`` and ``version`` name the stored shape for ever."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]
    version: ClassVar[int] = 1
    told_fields: ClassVar[tuple[str, ...]] = ()
    proof_fields: ClassVar[frozenset[str]] = frozenset()

    subject: str | None = None
    reason: Told = None

    @classmethod
    def __pydantic_init_subclass__(cls, **_kwargs: object) -> None:
        cls.told_fields = cls._marked(_Told)
        cls.proof_fields = frozenset(cls._marked(_Proof))

    @classmethod
    def _marked(cls, by: type[_Told]) -> tuple[str, ...]:
        fields = cls.model_fields.items()
        return tuple(name for name, field in fields if any(isinstance(mark, by) for mark in field.metadata))


class VisitEvent(Event):
    """Base of what happens to one visit occurrence."""

    subject: str
    visit: str
    visit_n: int

    @property
    def at(self) -> VisitKey:
        """The visit occurrence."""
        return VisitKey(self.subject, self.visit, self.visit_n)


class FormEvent(VisitEvent):
    """Base of what happens to one form."""

    form: str
    form_n: int

    @property
    def key(self) -> FormKey:
        """The form."""
        return FormKey(self.subject, self.visit, self.visit_n, self.form, self.form_n)


class ItemEvent(FormEvent):
    """Base of what happens to one item."""

    row: str
    item: str

    @property
    def place(self) -> ItemKey:
        """The item."""
        return ItemKey(*self.key, self.row, self.item)


class ScopeEvent(Event):
    """Base of what happens to a form, a visit, a subject's casebook or the whole site at once.

    What is left empty widens it: without ``form`` it is the visit, without ``visit`` the casebook, without
    ``subject`` the site.
    """

    visit: str = ""
    visit_n: int = 0
    form: str = ""
    form_n: int = 0

    @property
    def scope(self) -> Scope:
        """What it is about."""
        return Scope(self.subject or "", self.visit, self.visit_n, self.form, self.form_n)
