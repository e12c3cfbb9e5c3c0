"""Every event of the ledger as a row that a person can read: who, when, where, what it was before, why.

The events of the site stand first, then subject by subject in the order of their hybrid time: so the
answer that an event replaced is known without keeping more than one subject in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED, STAYS, detail_of, kind_words
from crfapp.exchange.confidential import covered, said_by_camera
from crfapp.exchange.query_threads import stays_said
from crfapp.exchange.row_facts import RowBook
from crfapp.exchange.sheets import Column, Sheet
from crfapp.exchange.subject_sheets import local_time
from crfapp.ledger.events import (
    KINDS,
    Event,
    FindingConfirmed,
    FindingRaised,
    FindingSettled,
    FormEvent,
    ItemEvent,
    LateDecided,
    QueryEvent,
    QueryRaised,
    Redacted,
    RedactionAsked,
    RedactionDeclined,
    RowAdded,
    RowVoided,
    ScopeEvent,
    ValueRecorded,
    VisitEvent,
)
from crfapp.ledger.keys import FormKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import EventId, ItemKey
    from crfapp.ledger.state import SubjectRow
    from crfapp.work.sentences import Say

    Answer = tuple[str | None, str | None]

_OF_SUBJECTS = frozenset(kind for kind, event in KINDS.items() if event.model_fields["subject"].is_required())
_FINDINGS = (FindingRaised, FindingSettled, FindingConfirmed)
_NOTHING: tuple[None, None] = (None, None)


def audit_sheet(data: SiteData, wanted: Callable[[Record], bool] = lambda _record: True) -> Sheet:
    """One row for each event of every chain that is ``wanted``."""
    return Sheet("Audit", data.say("Audit trail"), _columns(data.say), lambda: _rows(data, wanted))


def subject_trail(data: SiteData, subject: SubjectRow) -> Iterator[tuple[Record, dict[str, Cell]]]:
    """Every event about one subject, oldest first, with its cells by the names of the sheet's columns."""
    names = [column.name for column in _columns(data.say)]
    for record, row in _about(data, subject, kind_words(data.say)):
        yield record, dict(zip(names, row, strict=True))


def _columns(say: Say) -> tuple[Column, ...]:
    return (
        *_who_columns(say),
        Column("KIND", say("Kind of event")),
        Column("WHAT", say("What happened"), width=26),
        *_where_columns(say),
        Column("OLD", say("Answer before")),
        Column("OLD_MISSING", say("Why it was missing before")),
        Column("NEW", say("Answer from here on")),
        Column("TYPED", say("As it was typed")),
        Column("MISSING", say("Why it is missing")),
        Column("REASON", say("Reason for the change"), width=30),
        Column("CHECK", say("Check")),
        Column("DETAIL", say("Further facts"), width=40),
        Column("REDACTED", say("What was taken away from the record later")),
        Column("ACT", say("Events of one command share this")),
        Column("WORKSTATION", say("Workstation: the chain the event is in")),
        Column("SEQ", say("Its place in the chain"), "number"),
        Column("PREVHASH", say("SHA-256 of the event before it in the chain"), width=66),
    )


def _who_columns(say: Say) -> tuple[Column, ...]:
    return (
        Column("UTC", say("When, UTC"), "datetime"),
        Column("LOCAL", say("When, local time"), "datetime"),
        Column("ZONE", say("Time zone")),
        Column("LOGIN", say("Login")),
        Column("NAME", say("Name")),
        Column("ROLE", say("Role at that time")),
        Column("ORGANISATION", say("Organisation")),
    )


def _where_columns(say: Say) -> tuple[Column, ...]:
    return (
        Column("SUBJID", say("Subject number")),
        Column("VISIT", say("Visit")),
        Column("VISITN", say("Number of the visit, where it repeats"), "number"),
        Column("FORM", say("Form")),
        Column("FORMN", say("Number of the form, where it repeats"), "number"),
        Column("ROW", say("Row, as people call it")),
        Column("ITEM", say("Item")),
    )


def _rows(data: SiteData, wanted: Callable[[Record], bool]) -> Iterator[tuple[Cell, ...]]:
    words = kind_words(data.say)
    site = _Reader(data, "", "", words)
    for record in data.events.records(kinds=KINDS.keys() - _OF_SUBJECTS):
        if record.event.subject is None and wanted(record):
            yield site.row(record)
    for subject in data.subjects():
        for record, row in _about(data, subject, words):
            if wanted(record):
                yield row


def _about(
    data: SiteData, subject: SubjectRow, words: dict[str, str]
) -> Iterator[tuple[Record, tuple[Cell, ...]]]:
    """One subject's events in their order; each is read, because what follows was this before."""
    reader = _Reader(data, subject.subject, subject.number, words)
    records = list(data.events.records(subject=subject.subject))
    records.sort(key=lambda r: (r.envelope.hybrid, r.envelope.node, r.envelope.seq))
    for record in records:
        yield record, reader.row(record)


class _Reader:
    """Reads one subject's events in order and remembers what stood where."""

    def __init__(self, data: SiteData, subject: str, number: str, words: dict[str, str]) -> None:
        self._data = data
        self._number = number
        self._words = words
        self._book = RowBook(data, subject)
        self._labels: dict[FormKey, dict[str, str]] = {}
        self._at: dict[ItemKey, Answer] = {}
        self._by_event: dict[EventId, Answer] = {}
        self._staying: set[EventId | str] = set()

    def row(self, record: Record) -> tuple[Cell, ...]:
        """The row of one event."""
        event, envelope = record.event, record.envelope
        stays = self._stays(event)
        if stays:
            self._staying.add(envelope.id)
        return (
            *_who(record),
            event.kind,
            self._words[event.kind],
            self._number,
            *self._where(event),
            *self._answers(record, stays),
            self._told(record, "reason", event.reason, stays),
            event.check if isinstance(event, _FINDINGS) else None,
            self._detail(record, stays),
            ", ".join(sorted(record.redacted - event.proof_fields)),
            envelope.act,
            envelope.node,
            envelope.seq,
            envelope.prev,
        )

    def _stays(self, event: Event) -> bool:
        keeps = self._data.confidential.keeps
        match event:
            case FormEvent():
                return keeps(event.form, event.item if isinstance(event, ItemEvent) else "")
            case QueryRaised() | QueryEvent():
                return stays_said(self._data, event)
            case ScopeEvent():
                return keeps(event.form)
            case RedactionAsked() | Redacted() | LateDecided():
                return self._names_staying(event)
            case RedactionDeclined():
                return event.redaction in self._staying
            case _:
                return False

    def _names_staying(self, event: RedactionAsked | Redacted | LateDecided) -> bool:
        """Whether the event that this one names stays; it was read before, being about the same subject."""
        stays = event.of in self._staying
        if stays and isinstance(event, RedactionAsked):
            self._staying.add(event.redaction)
        return stays

    def _where(self, event: Event) -> tuple[Cell, ...]:
        if isinstance(event, ScopeEvent):
            return self._scope(event)
        if not isinstance(event, VisitEvent):
            return (None,) * 6
        if not isinstance(event, FormEvent):
            return (event.visit, event.visit_n, None, None, None, None)
        row = event.row if isinstance(event, ItemEvent | RowAdded | RowVoided) else ""
        item = event.item if isinstance(event, ItemEvent) else None
        return (event.visit, event.visit_n, event.form, event.form_n, self._label(event.key, row), item)

    def _scope(self, event: ScopeEvent) -> tuple[Cell, ...]:
        """As far as it goes, and of a query also the item."""
        scope = event.scope
        visit = (scope.visit, scope.visit_n) if scope.visit else (None, None)
        form = (scope.form, scope.form_n) if scope.form else (None, None)
        if not isinstance(event, QueryRaised) or not event.item:
            return (*visit, *form, None, None)
        return (*visit, *form, self._label(FormKey(*scope), event.row), event.item)

    def _label(self, key: FormKey, row: str) -> str:
        if not row:
            return ""
        if key not in self._labels:
            self._labels[key] = {fact.key: fact.label for fact in self._book.rows(key)}
        return self._labels[key].get(row, row)

    def _answers(self, record: Record, stays: bool) -> tuple[Cell, ...]:
        """OLD, OLD_MISSING, NEW, TYPED, MISSING."""
        event = record.event
        if not isinstance(event, ItemEvent):
            return (None,) * 5
        old = self._at.get(event.place, _NOTHING)
        if not isinstance(event, ValueRecorded):
            return (_masked(old[0], stays), old[1], None, None, None)
        replaced = [self._by_event[head] for head in event.supersedes if head in self._by_event]
        old = replaced[0] if replaced else old
        gone = self._data.say(REDACTED) if "value" in record.redacted else None
        new: Answer = (gone or event.value, event.missing)
        self._at[event.place] = self._by_event[record.envelope.id] = new
        hidden = stays or bool(said_by_camera(self._data.confidential, event))
        typed = self._told(record, "typed", event.typed, hidden)
        return (_masked(old[0], stays), old[1], _masked(new[0], stays), typed, event.missing)

    def _told(self, record: Record, name: str, text: str | None, stays: bool) -> str | None:
        """A told text; that it stays at the site, or that it was made unreadable."""
        return self._data.say(REDACTED) if name in record.redacted else _masked(text or None, stays)

    def _detail(self, record: Record, stays: bool) -> str:
        event = record.event
        quotes = isinstance(event, FindingRaised) and self._data.confidential.keeps_sentence(event.check)
        if stays or quotes:
            return STAYS
        confidential = self._data.confidential
        proofs = event.proof_fields if covered(confidential, event) else frozenset()
        return detail_of(record, self._data.say, stays=proofs | said_by_camera(confidential, event))


def _masked(text: str | None, stays: bool) -> str | None:
    return STAYS if stays and text is not None else text


def _who(record: Record) -> tuple[Cell, ...]:
    envelope = record.envelope
    return (
        local_time(envelope.at, "UTC"),
        local_time(envelope.at, envelope.zone),
        envelope.zone,
        envelope.login,
        envelope.name,
        envelope.role,
        envelope.organisation,
    )
