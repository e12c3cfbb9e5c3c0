"""The thread of a query in plain words: what was asked, answered, corrected, closed, and what one may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED
from crfapp.form.values import shown
from crfapp.ledger.events import FindingConfirmed, FindingRaised, FindingSettled, ValueRecorded
from crfapp.ledger.keys import EventId
from crfapp.ledger.state import FindingRow, QueryRow
from crfapp.present.finding_words import finding_words
from crfapp.present.query_view import AskView, ThreadLine, ThreadView
from crfapp.present.query_words import (
    SAID_WORDS,
    STATE_TONES,
    STATE_WORDS,
    address_of,
    age_words,
    days_of,
    notes_of,
    opened_at,
    title_of,
    when_said,
    where_words,
    who_said,
)
from crfapp.present.texts import isolated
from crfapp.work.queries import may_settle
from crfapp.work.reading_items import field_of, manner_of
from crfapp.work.redaction import is_redacted
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.form.graph import Cell
    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import ItemKey, Scope
    from crfapp.present.workplace import Workplace

_OF_CHECKS = tuple(event.kind for event in (FindingRaised, FindingSettled, FindingConfirmed))
_SEPARATOR = "\x1f"
"""Parts the key of a query of a check; no identifier holds it."""


def key_of_line(row: QueryRow | FindingRow) -> str:
    """What names a query to a page: its identifier, or the place and the check."""
    if isinstance(row, QueryRow):
        return row.query
    return _SEPARATOR.join(map(str, (*row.key, row.check)))


def found_by(at: Workplace, key: str) -> QueryRow | FindingRow | None:
    """The query that a page names."""
    if _SEPARATOR not in key:
        return at.tables.get(QueryRow, key)
    subject, visit, visit_n, form, form_n, row, item, check = key.split(_SEPARATOR)
    return at.tables.get(FindingRow, subject, visit, int(visit_n), form, int(form_n), row, item, check)


def threads_at(at: Workplace, scope: Scope, cell: Cell | None = None) -> tuple[ThreadView, ...]:
    """What people asked about exactly this place, what is not closed first, then the newest first."""
    row, item = cell if cell is not None else ("", "")
    place = (*scope, row, item)
    found = [one for one in at.tables.find(QueryRow, subject=scope.subject) if one[1:8] == place]
    found.sort(key=lambda one: one.opened, reverse=True)
    found.sort(key=lambda one: one.state == "closed")
    return tuple(thread_of(at, one) for one in found)


def answered_checks_at(at: Workplace, scope: Scope, cell: Cell) -> tuple[ThreadView, ...]:
    """What the site answered to checks at a question; a person may ask about it again."""
    if not at.actor.may(Right.ASK):
        return ()
    rows = at.tables.find(FindingRow, **scope._asdict(), row=cell.row, item=cell.item, state="confirmed")
    return tuple(thread_of_check(at, row) for row in rows if row.level == "Q")


def asked_at(at: Workplace, scope: Scope, cell: Cell | None = None) -> AskView:
    """Everything asked about one place, and whether this person may ask more."""
    again = answered_checks_at(at, scope, cell) if cell is not None else ()
    place = _SEPARATOR.join(map(str, (*scope, *(cell or ()))))
    return AskView(place, at.actor.may(Right.ASK), (*threads_at(at, scope, cell), *again))


def thread(at: Workplace, row: QueryRow | FindingRow) -> ThreadView:
    """The thread of either kind of query."""
    return thread_of(at, row) if isinstance(row, QueryRow) else thread_of_check(at, row)


def thread_of(at: Workplace, row: QueryRow) -> ThreadView:
    """A query of a person."""
    settles = may_settle(row, at.actor)
    return ThreadView(
        key=row.query,
        title=title_of(at, row),
        where=where_words(at, row),
        state=row.state,
        state_words=at.texts(STATE_WORDS[row.state]),
        tone=STATE_TONES.get(row.state, "muted"),
        age=age_words(at, days_of(at, row, row.opened)),
        lines=tuple(line for _, line in sorted([*_said(at, row), *_corrected(at, row)])),
        address=address_of(row),
        may_answer=at.actor.may(Right.ANSWER) and row.state == "open",
        may_close=settles and row.state != "closed",
        may_reopen=settles and row.state != "open",
        wants_words=row.state == "open",
    )


def thread_of_check(at: Workplace, row: FindingRow) -> ThreadView:
    """A query of a check: each time it asked, what was answered, and that it closed itself."""
    opened = opened_at(at, row)
    return ThreadView(
        key=key_of_line(row),
        title=title_of(at, row),
        where=where_words(at, row),
        state=row.state,
        state_words=at.texts(STATE_WORDS[row.state]),
        tone=STATE_TONES.get(row.state, "muted"),
        age=age_words(at, days_of(at, row, opened)) if row.state == "open" else "",
        lines=tuple(line for _, line in sorted([*_fired(at, row), *_prompted(at, row)])),
        address=address_of(row),
        check=row.check,
        may_answer=at.actor.may(Right.RECORD) and row.state == "open",
        may_put_again=at.actor.may(Right.ASK) and row.state != "settled",
    )


Placed = tuple[tuple[str, int], ThreadLine]
"""A line with its place in the order of the ledger."""


def _said(at: Workplace, row: QueryRow) -> Iterator[Placed]:
    for note in notes_of(at, row.query):
        what, who = at.texts(SAID_WORDS[note.what]), who_said(at, note.name, note.role)
        when, text = when_said(at, note.at, note.offset), note.text or ""
        if not text and is_redacted(at.tables, EventId(note.node, note.seq), "text"):
            text = at.texts(REDACTED)
        yield (note.hybrid, note.seq), ThreadLine(note.what, what, text, who, when)


def _corrected(at: Workplace, row: QueryRow) -> Iterator[Placed]:
    yield from _changes(at, row, lambda event: event.query == row.query)


def _prompted(at: Workplace, row: FindingRow) -> Iterator[Placed]:
    yield from _changes(at, row, lambda event: event.prompted_by == row.check)


def _changes(
    at: Workplace, row: QueryRow | FindingRow, led_to: Callable[[ValueRecorded], bool]
) -> Iterator[Placed]:
    """The corrections that a query led to: what stood there, and what was put in its place."""
    before: dict[ItemKey, str] = {}
    kinds = (ValueRecorded.kind,)
    for record in at.events.records(subject=row.subject, kinds=kinds, item=row.item or None):
        event = record.event
        if not isinstance(event, ValueRecorded) or not _is_about(row, event):
            continue
        place, value = event.place, _value_words(at, event)
        if led_to(event):
            what = at.texts(
                "Changed from {before} to {after}",
                before=isolated(before.get(place, "") or at.texts("no answer")),
                after=isolated(value or at.texts("no answer")),
            )
            yield _placed(at, record, "corrected", what, event.reason or "")
        before[place] = value


def _is_about(row: QueryRow | FindingRow, event: ValueRecorded) -> bool:
    """Whether an answer lies where the query is about: at its item, or anywhere in what it is about."""
    if row.item and (row.row, row.item) != (event.row, event.item):
        return False
    return row.scope.covers(event.key) if isinstance(row, QueryRow) else event.key == row.key.of


def _value_words(at: Workplace, event: ValueRecorded) -> str:
    if event.missing is not None:
        return at.study_texts.code(at.study.head.missing, event.missing)
    planned = at.desk.forms.plan(event.key).items.get(event.item)
    if event.value is None or planned is None:
        return event.value or ""
    return shown(event.value, field_of(at.desk, event.key, planned), manner_of(at.desk, event.key))


def _fired(at: Workplace, row: FindingRow) -> Iterator[Placed]:
    say = at.texts
    for record in at.events.records(subject=row.subject, kinds=_OF_CHECKS, item=row.item):
        event = record.event
        if not isinstance(event, FindingRaised | FindingSettled | FindingConfirmed):
            continue
        if event.check != row.check or event.place != row.key:
            continue
        if isinstance(event, FindingRaised):
            check = say("Asked by check {check}", check=isolated(row.check))
            words = finding_words(at, row) if record.envelope.id == (row.node, row.seq) else event.text or ""
            yield _placed(at, record, "raised", check, words, program=True)
        elif isinstance(event, FindingConfirmed):
            yield _placed(at, record, "answered", say("It is right"), event.reason or "")
        else:
            words = say("The answer does not offend any more.")
            yield _placed(at, record, "settled", say("Closed itself"), words, program=True)


def _placed(
    at: Workplace, record: Record, kind: str, what: str, text: str, *, program: bool = False
) -> Placed:
    envelope = record.envelope
    who = at.texts("the program") if program else who_said(at, envelope.name, envelope.role)
    when = when_said(at, envelope.at, envelope.offset)
    return (envelope.hybrid, envelope.seq), ThreadLine(kind, what, text, who, when)
