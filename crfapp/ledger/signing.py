"""What a signature is put under: the content of a form, visit or casebook, and the paper that binds it.

A signature is Ed25519 over the bytes of :func:`paper`. They name everything that a signature must not be
moved from or to (REQ-302): the content by its hash, the study version, the site, the place, the signer, what
was meant and shown, when, and where the chain ended before. Nothing here signs; keys live in the vault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from crfapp.base.canonical import canonical, sha256
from crfapp.ledger.events import Signed
from crfapp.ledger.state import FormRow, FormRowRow, ItemRow, MadeUnderRow, StudyVersionRow
from crfapp.ledger.study_versions import form_version
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import FormKey, Scope
    from crfapp.study.study import Study

PAPER = "crfapp signature 1"
"""What the paper calls itself, so that its bytes are never taken for anything else."""

Json = dict[str, Any]
T = TypeVar("T", FormRow, FormRowRow, ItemRow, MadeUnderRow, StudyVersionRow)


class Answers(Protocol):
    """The tables that content is read from."""

    def get(self, table: type[T], *key: str | int) -> T | None:
        """The row with this key."""

    def find(self, table: type[T], **equal: str | int | None) -> Sequence[T]:
        """The rows whose columns equal these, ordered by key."""


class Signer(NamedTuple):
    """Who signs, as the events name them."""

    login: str
    name: str
    role: str


def is_signed(study: Study, form: str, item: str = "") -> bool:
    """Whether a form's answers, or one of them, are part of what is signed.

    All are but those of the form that holds the casebook's signature, and the signatures themselves.
    """
    if any(plan.casebook is not None and plan.casebook.form == form for plan in study.head.signing):
        return False
    place = study.items(form).get(item) if item else None
    return place is None or parse_type(place.item.type).kind is not Kind.SIGNATURE


def content_of(tables: Answers, study: Study, scope: Scope) -> list[Json]:
    """Everything that is recorded in a form, visit or casebook, form by form in the order of the key.

    A form that was begun holds its rows (voided ones too) and its items, hidden ones too: ``value``,
    ``missing``, ``unit``, ``origin``. What was never begun is not there. Which of it is signed says the
    version under which each form was begun, so no amendment changes what a signature stands under.
    """
    named = {name: part for name, part in scope._asdict().items() if part}
    begun = [(row.key, form_version(tables, study, row.key)) for row in tables.find(FormRow, **named)]
    return [_form(tables, version, key) for key, version in begun if is_signed(version, key.form)]


def _form(tables: Answers, study: Study, key: FormKey) -> Json:
    place = key._asdict()
    rows = [
        {"section": row.section, "row": row.row, "position": row.position, "voided": row.voided}
        for row in tables.find(FormRowRow, **place)
    ]
    items = [
        {
            "row": row.row,
            "item": row.item,
            "value": row.value,
            "missing": row.missing,
            "unit": row.unit,
            "origin": row.origin,
            "hidden": row.hidden,
        }
        for row in tables.find(ItemRow, **place)
        if is_signed(study, key.form, row.item)
    ]
    del place["subject"]
    return {**place, "rows": rows, "items": items}


def hash_of(content: list[Json]) -> str:
    """SHA-256 over the canonical bytes of a content."""
    return sha256(canonical(content))


def content_hash(tables: Answers, study: Study, scope: Scope) -> str:
    """The hash of what is recorded in a form, visit or casebook now."""
    return hash_of(content_of(tables, study, scope))


def paper(event: Signed, signer: Signer, *, site: str, pack: str) -> bytes:
    """The message of a signature: canonical JSON, UTF-8.

    ``event`` says what is signed; its ``public`` and ``signed`` are no part of it. ``pack`` is the hash of
    the study version in force. ``event.after`` is the hash of the last event before the act of signing, so
    the paper also says where in the chain it belongs.
    """
    message: Json = {
        "paper": PAPER,
        "site": site,
        "pack": pack,
        "scope": list(event.scope),
        "of": event.of,
        "about": event.about,
        "content": event.content,
        "signer": list(signer),
        "meaning": event.meaning,
        "statement": event.statement,
        "language": event.language,
        "signed_at": event.signed_at,
        "after": event.after,
        "signature": event.signature,
    }
    return canonical(message)


def paper_of(record: Record, site: str) -> bytes:
    """The message of a signature that stands in the ledger; ``site`` is the id of the site's first event.

    Its envelope names the signer and the study version, so a signature under another envelope does not
    verify either. TypeError where the event is no signature.
    """
    if not isinstance(record.event, Signed):
        raise TypeError("only a signature has a paper")
    who = record.envelope
    return paper(record.event, Signer(who.login, who.name, who.role), site=site, pack=who.pack)
