"""What people asked and answered, as it leaves: one row a query, and nothing about what stays at the site."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from crfapp.exchange.audit_words import REDACTED
from crfapp.exchange.subject_sheets import local_time
from crfapp.ledger.events import QueryEvent, QueryRaised
from crfapp.ledger.keys import EventId
from crfapp.ledger.state import QueryNoteRow, QueryRow, TrailRow
from crfapp.work.queries import CLOSED
from crfapp.work.redaction import is_redacted

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.events import Event
    from crfapp.ledger.state import FindingRow

PERSON, CHECK = "person", "check"
"""Who asked; the same words in every language."""


class Thread(NamedTuple):
    """The cells of a query from who asked it to how old it is.

    They stand in the order of the sheet; what has not happened is empty.
    """

    raised_by: Cell = None
    raised_role: Cell = None
    raised_at: Cell = None
    answer: Cell = None
    answered_by: Cell = None
    answered_at: Cell = None
    asked_again: Cell = None
    closed_by: Cell = None
    closed_at: Cell = None
    closing: Cell = None
    age: Cell = None


def stays_asked(data: SiteData, row: QueryRow) -> bool:
    """Whether a query is about what never leaves the site; then its words do not leave either (REQ-808)."""
    return bool(row.form) and data.confidential.keeps(row.form, row.item)


def stays_said(data: SiteData, event: Event) -> bool:
    """Whether an event is a word in the thread of such a query."""
    if not isinstance(event, QueryRaised | QueryEvent):
        return False
    row = data.desk.tables.get(QueryRow, event.query)
    return row is not None and stays_asked(data, row)


def queries_of(data: SiteData, subject: str) -> list[QueryRow]:
    """What people asked about a subject and what may leave of it."""
    return [row for row in data.desk.tables.find(QueryRow, subject=subject) if not stays_asked(data, row)]


def notes_of(data: SiteData, query: str) -> list[QueryNoteRow]:
    """What was said in a query, in order; what was made unreadable says so."""
    tables, said = data.desk.tables, []
    for note in sorted(tables.find(QueryNoteRow, query=query), key=lambda one: (one.hybrid, one.seq)):
        gone = note.text is None and is_redacted(tables, EventId(note.node, note.seq), "text")
        said.append(note._replace(text=data.say(REDACTED)) if gone else note)
    return said


def thread_of(data: SiteData, row: QueryRow) -> Thread:
    """Who asked, the last answer, the last word of asking again, and how it was closed."""
    last = {note.what: note for note in notes_of(data, row.query)}
    raised, answer, again = last["raised"], last.get("answered"), last.get("reopened")
    closing = last.get("closed") if row.state == CLOSED else None
    return Thread(
        raised.name,
        raised.role,
        local_time(raised.at, data.site.zone),
        answer.text if answer else None,
        answer.name if answer else None,
        local_time(answer.at, data.site.zone) if answer else None,
        again.text if again else None,
        closing.name if closing else None,
        local_time(closing.at, data.site.zone) if closing else None,
        closing.text if closing else None,
        _age(data, row.opened, row.changed if closing else None),
    )


def asked_first(data: SiteData, row: QueryRow) -> str | None:
    """The words with which it was raised."""
    return next((note.text for note in notes_of(data, row.query)), None)


def thread_of_check(data: SiteData, row: FindingRow) -> Thread:
    """When a check asked, and how long that has stood open."""
    place = data.desk.tables.get(TrailRow, row.node, row.seq)
    if place is None:
        return Thread()
    age = _age(data, place.at, None) if row.state == "open" else None
    return Thread(raised_at=local_time(place.at, data.site.zone), age=age)


def _age(data: SiteData, opened: str, closed: str | None) -> int:
    """Days at the site from asking to closing, or to the making of the workbook."""
    zone = ZoneInfo(data.site.zone)
    end = data.making.at.utc if closed is None else datetime.fromisoformat(closed)
    return (end.astimezone(zone).date() - datetime.fromisoformat(opened).astimezone(zone).date()).days
