"""Rows of the trail as lines that a person reads; only the events that are shown are opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED
from crfapp.exchange.origin_words import origin_words
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.keys import EventId
from crfapp.ledger.trail import local_time
from crfapp.present.address import Address
from crfapp.present.audit_view import AuditLine
from crfapp.present.event_words import EventWords
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import N_
from crfapp.present.words import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import ItemKey
    from crfapp.ledger.state import TrailRow
    from crfapp.present.trail_port import Trail
    from crfapp.present.workplace import Workplace

PAST = "past"
"""The page that shows a form as it was."""


class AuditLines:
    """Makes lines at one workplace."""

    def __init__(self, at: Workplace, trail: Trail) -> None:
        self._at, self._trail = at, trail
        self.words = EventWords(at)

    def of(self, rows: Iterable[TrailRow]) -> tuple[AuditLine, ...]:
        """The lines of some rows, in their order."""
        records = self._trail.open([EventId(row.node, row.seq) for row in rows])
        heads = [head for record in records for head in self._replaced(record)]
        before = {record.envelope.id: record for record in self._trail.open(dict.fromkeys(heads))}
        return tuple(self._line(record, before) for record in records)

    def _line(self, record: Record, before: dict[EventId, Record]) -> AuditLine:
        at, envelope, event = self._at, record.envelope, record.event
        place = self.words.place(event)
        where = self.words.where(event)
        when = self._when(record)
        old = [before[head] for head in self._replaced(record) if head in before]
        return AuditLine(
            when=when,
            zone=envelope.zone,
            who=envelope.name or envelope.login,
            role=at.texts(ROLES.get(envelope.role, envelope.role)),
            subject=" · ".join(where[:2]),
            place=" · ".join(where[2:]),
            kind=self.words.kind(event.kind),
            before=self._answer(old[0]) if old else "",
            after=self.words.after(record),
            why=self._why(record),
            address=address_of(CASEBOOK, place) if place is not None and place.subject else None,
            past=past_of(place, envelope.id) if place is not None and place.form else None,
        )

    def _replaced(self, record: Record) -> tuple[EventId, ...]:
        event = record.event
        return event.supersedes if isinstance(event, ValueRecorded) else ()

    def _answer(self, record: Record) -> str:
        event = record.event
        if "value" in record.redacted:
            return self._at.texts(REDACTED)
        return (
            self.words.answer(event.place, event.value, event.missing, event.unit)
            if isinstance(event, ValueRecorded)
            else ""
        )

    def _why(self, record: Record) -> str:
        event, say = record.event, self._at.texts
        parts = [self.words.why(record)]
        if isinstance(event, ValueRecorded):
            parts.append(origin_words(say, event.origin, N_("worked out by the form")))
            if event.prompted_by:
                parts.append(say("after check {check}", check=event.prompted_by))
            if event.query:
                parts.append(say("after a query"))
        return "; ".join(part for part in parts if part)

    def _when(self, record: Record) -> str:
        local, say = local_time(record.envelope), self._at.texts
        return f"{say.date(local.date())} {say.clock(local)}"


def address_of(page: str, place: ItemKey) -> Address:
    """Where to go to see a place."""
    return Address(
        page,
        place.subject,
        place.visit,
        place.visit_n or 1,
        place.form,
        place.form_n or 1,
        place.row,
        place.item,
    )


def past_of(place: ItemKey, event: EventId) -> Address:
    """The form at a place as it was when an event had just been recorded."""
    return replace(address_of(PAST, place), moment=f"{event.node}:{event.seq}")
