"""What people agree on before a form is moved to the subject it belongs to (REQ-412)."""

from __future__ import annotations

from typing import ClassVar

from crfapp.ledger.events.base import FormEvent


class FormMoveAsked(FormEvent):
    """Somebody says that a form was entered for the wrong subject, where it belongs, and why."""

    kind: ClassVar[str] = "form-move-asked"
    move: str
    to_subject: str
    to_visit: str
    to_visit_n: int


class FormMoveAgreed(FormEvent):
    """A second person agrees; nothing has moved yet, for only the site writes answers (REQ-504)."""

    kind: ClassVar[str] = "form-move-agreed"
    move: str


class FormMoveDeclined(FormEvent):
    """A second person does not agree, and says why."""

    kind: ClassVar[str] = "form-move-declined"
    move: str
