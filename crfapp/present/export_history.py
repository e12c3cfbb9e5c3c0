"""Workbooks that were handed over before, from the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.ledger.events import WorkbookExported
from crfapp.present.exchange_view import EarlierExport

if TYPE_CHECKING:
    from crfapp.ledger.chain import Envelope
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

_HASH_SHOWN = 12
_MOST = 20


def earlier_exports(at: Workplace) -> tuple[EarlierExport, ...]:
    """The latest exports, newest first, with who made them."""
    found = [
        (record.envelope, record.event)
        for record in at.events.records(kinds={WorkbookExported.kind})
        if isinstance(record.event, WorkbookExported)
    ]
    found.sort(key=lambda one: one[0].hybrid, reverse=True)
    return tuple(_line(envelope, event, at.texts) for envelope, event in found[:_MOST])


def _line(envelope: Envelope, event: WorkbookExported, say: Texts) -> EarlierExport:
    at = datetime.fromisoformat(envelope.at).astimezone(ZoneInfo(envelope.zone))
    return EarlierExport(
        when=f"{say.date(at.date())} {at:%H:%M}",
        who=envelope.name,
        file=event.file,
        rows=say.number(event.rows),
        hash=short_hash(event.sha256),
        sha256=event.sha256,
    )


def short_hash(sha256: str) -> str:
    """The beginning of a hash in groups of four, as people compare it over the telephone."""
    shown = sha256[:_HASH_SHOWN]
    return " ".join(shown[n : n + 4] for n in range(0, len(shown), 4))
