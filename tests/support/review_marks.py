"""Marks that others set on answers, told as events: a verification, a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import ItemVerified, Signed
from crfapp.ledger.state import ItemRow

if TYPE_CHECKING:
    from crfapp.ledger.keys import ItemKey, VisitKey
    from tests.support.ward import Ward


def verified(ward: Ward, key: ItemKey) -> ItemVerified:
    """A monitor compared what stands there with its source."""
    row = ward.ledger.tables.get(ItemRow, *key)
    assert row is not None
    return ItemVerified(**key._asdict(), value=row.value, missing=row.missing, head=row.head)


def signed(visit: VisitKey) -> Signed:
    """An investigator signed a visit; how it is sealed is another matter."""
    told = {"meaning": "reviewed", "statement": "I have seen it", "language": "en", "content": "0" * 64}
    seal = {"signed_at": "2025-01-05T06:10:00Z", "after": "0" * 64, "public": "00", "signed": "00"}
    name = f"of {visit.subject}"
    return Signed(**visit._asdict(), signature=name, of="visit", **told, **seal)
