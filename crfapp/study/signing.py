"""The signing plan of a pack: who signs what, with which statement, and by when (STUDIES 1.8)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from crfapp.study.definition import OID, Definition


class SignOff(Definition):
    """The form on which the signature of a casebook stands, and its items.

    ``signature`` is the item that says who signed. Whatever else is named the program fills in: when
    (``at``), how many queries were open (``queries``) and how many forms not complete (``incomplete``).
    """

    form: OID
    signature: OID
    at: OID | None = None
    queries: OID | None = None
    incomplete: OID | None = None


class SignaturePlan(Definition):
    """What one kind of signature is asked for, and what it says (REQ-304, 306).

    Exactly one of ``forms``, ``visits`` and ``casebook`` says what is signed. ``meaning`` is the code that
    is stored, ``title`` its words, ``say`` the statement that is shown before signing and kept with the
    signature. ``by``: the roles that sign. ``within``: so many days after the visit it is due; where it is
    not said, the site's rules say. ``required`` where it is waited for and nothing is locked without it.
    """

    meaning: OID
    title: str
    say: str
    by: tuple[str, ...] = ("investigator",)
    forms: tuple[OID, ...] = ()
    visits: tuple[OID, ...] = ()
    casebook: SignOff | None = None
    within: Annotated[int, Field(ge=0)] | None = None
    required: bool = True

    @model_validator(mode="after")
    def _one_scope(self) -> SignaturePlan:
        if sum((bool(self.forms), bool(self.visits), self.casebook is not None)) != 1:
            raise ValueError("a signature takes exactly one of 'forms', 'visits' and 'casebook'")
        return self
