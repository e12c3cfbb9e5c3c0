"""What an event of the ledger says to a person: who, when, where, what was before and after, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED, kind_words
from crfapp.form.values import shown
from crfapp.ledger.events import (
    FormEvent,
    ItemEvent,
    ItemVerified,
    QueryEvent,
    RowAdded,
    RowVoided,
    ScopeEvent,
    ValueRecorded,
    VisitEvent,
)
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import QueryRow, SubjectRow
from crfapp.present.event_facts import fact_words
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES, UNIT_SIGNS
from crfapp.study.types import Kind
from crfapp.work.doubt import in_doubt
from crfapp.work.reading_items import field_of, manner_of
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.chain import Envelope, Record
    from crfapp.ledger.events import Event
    from crfapp.present.workplace import Workplace


class EventWords:
    """Events in the language of one person. What nobody needs (ids, hashes, other forms) is left out."""

    def __init__(self, at: Workplace) -> None:
        self._at = at
        self.kinds = kind_words(at.texts)
        self._numbers = {row.subject: row.number for row in at.tables.find(SubjectRow)}
        self._labels: dict[FormKey, dict[str, str]] = {}

    def kind(self, kind: str) -> str:
        """What happened, of which kind it is."""
        return self.kinds.get(kind, kind)

    def number(self, subject: str) -> str:
        """What people call a subject."""
        if subject not in self._numbers:
            row = self._at.tables.get(SubjectRow, subject)
            return row.number if row is not None else subject
        return self._numbers[subject]

    def where(self, event: Event) -> tuple[str, ...]:
        """Subject, visit, form, row and question, as far as it goes."""
        place = self.place(event)
        if place is None or not place.subject:
            return ()
        texts, parts = self._at.study_texts, [isolated(self.number(place.subject))]
        if place.visit:
            several = f" {place.visit_n}" if place.visit_n > 1 else ""
            parts.append(texts.visit(place.visit) + several)
        if place.form:
            parts.append(texts.form(place.form) + (f" {place.form_n}" if place.form_n > 1 else ""))
        if place.row:
            parts.append(isolated(self._row(place.of, place.row)))
        if place.item:
            parts.append(texts.item(place.form, place.item))
        return tuple(parts)

    def place(self, event: Event) -> ItemKey | None:
        """Where an event belongs, the rest empty; a word in a query belongs where the query does."""
        if isinstance(event, QueryEvent):
            asked = self._at.tables.get(QueryRow, event.query)
            return None if asked is None else ItemKey(*asked.scope, asked.row, asked.item)
        return place_of(event)

    def after(self, record: Record) -> str:
        """What stood there from then on, or what the event says."""
        event = record.event
        if isinstance(event, ValueRecorded | ItemVerified):
            if "value" in record.redacted:
                return self._at.texts(REDACTED)
            return self.answer(event.place, event.value, event.missing, getattr(event, "unit", None))
        return fact_words(record, self.kinds, self._at)

    def answer(self, place: ItemKey, value: str | None, missing: str | None, unit: str | None = None) -> str:
        """An answer as its form shows it; of an older version of the study as it was recorded."""
        at = self._at
        if missing is not None:
            return at.study_texts.code(at.study.head.missing, missing)
        if value is None:
            return at.texts("no answer")
        planned = self._planned(place)
        if planned is None or planned.type.kind is Kind.NOTE:
            return value
        try:
            text = shown(value, field_of(at.desk, place.of, planned), manner_of(at.desk, place.of))
        except (ValueError, ArithmeticError):  # the item was of another type when it was answered
            return value
        sign = "" if unit else UNIT_SIGNS.get(planned.item.unit or "", planned.item.unit or "")
        return isolated(f"{text} {sign}".strip())

    def why(self, record: Record) -> str:
        """The reason as it was given."""
        return self._at.texts(REDACTED) if "reason" in record.redacted else record.event.reason or ""

    def _planned(self, place: ItemKey) -> PlanItem | None:
        at = self._at
        if place.form not in at.study.forms or place.visit not in at.study.visits:
            return None
        return at.desk.forms.plan(place.of).items.get(place.item)

    def _row(self, key: FormKey, row: str) -> str:
        if key not in self._labels:
            known = key.form in self._at.study.forms
            self._labels[key] = labels_of_form(self._at.desk, key) if known else {}
        label = self._labels[key].get(row)
        if label:
            return label
        texts = self._at.study_texts
        sections = self._at.study.form(key.form).sections if key.form in self._at.study.forms else ()
        fixed = [texts.row(key.form, s.section, row) for s in sections if s.rows and row in s.rows.fixed]
        return fixed[0] if fixed else self._at.texts("row")


def place_of(event: Event) -> ItemKey | None:
    """Where an event says that it belongs; None where it is of no subject."""
    match event:
        case ItemEvent():
            return event.place
        case RowAdded() | RowVoided():
            return ItemKey(*event.key, event.row, "")
        case FormEvent():
            return ItemKey(*event.key, "", "")
        case ScopeEvent():
            return ItemKey(*event.scope, getattr(event, "row", ""), getattr(event, "item", ""))
        case VisitEvent():
            return ItemKey(*event.at, "", 0, "", "")
        case _:
            return ItemKey(event.subject, "", 0, "", 0, "", "") if event.subject else None


def who_words(at: Workplace, envelope: Envelope) -> str:
    """A name with the role of that time; and where it is in doubt, because the workstation was revoked."""
    role = at.texts(ROLES.get(envelope.role, envelope.role))
    who = at.texts("{name}, {role}", name=envelope.name, role=role)
    if in_doubt(at.tables, envelope.id):
        return at.texts("{who}; written after this workstation was revoked", who=who)
    return who


def when_words(at: Workplace, envelope: Envelope) -> str:
    """Day and time on the site's wall, as it was then, with the zone."""
    return instant_words(at, envelope.at, envelope.offset, envelope.zone)


def instant_words(at: Workplace, instant: str, offset: int, zone: str) -> str:
    """The same of an instant that stands in a table (UTC text), with its offset in minutes."""
    local = datetime.fromisoformat(instant).astimezone(UTC).astimezone(timezone(timedelta(minutes=offset)))
    day, time = at.texts.date(local.date()), at.texts.clock(local)
    return at.texts("{day}, {time} ({zone})", day=day, time=time, zone=zone)
