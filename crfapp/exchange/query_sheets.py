"""Queries of checks and of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED, STAYS
from crfapp.exchange.form_sheets import place_columns
from crfapp.exchange.query_threads import (
    CHECK,
    PERSON,
    asked_first,
    queries_of,
    thread_of,
    thread_of_check,
)
from crfapp.exchange.row_facts import RowBook
from crfapp.exchange.sheets import Column, Sheet
from crfapp.ledger.keys import EventId, FormKey
from crfapp.ledger.state import FindingRow, QueryRow
from crfapp.work.redaction import redacted_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.work.sentences import Say


def queries_sheet(data: SiteData) -> Sheet:
    """One row for each question at an item, form, visit or subject: of a check, or of a person."""
    say = data.say
    columns = (
        *item_columns(data),
        Column("KIND", say("Who asks: a check or a person")),
        Column("CHECK", say("Check")),
        Column("LEVEL", say("H: stops completion, Q: asks, W: warns, T: task"), width=8),
        Column("TEXT", say("What was shown or asked"), width=60),
        Column("STATE", say("open, confirmed or settled; of a person open, answered or closed")),
        Column("REASON", say("Why the answer is right"), width=40),
        *_thread_columns(say),
        Column("QUERY", say("Query of a person: its identifier")),
        Column("WORKSTATION", say("Workstation of the event that raised it")),
        Column("SEQ", say("Number of that event"), "number"),
    )
    return Sheet("Queries", say("Queries"), columns, lambda: _question_rows(data))


def _thread_columns(say: Say) -> tuple[Column, ...]:
    """The columns of :class:`crfapp.exchange.query_threads.Thread`."""
    return (
        Column("RAISED_BY", say("Raised by"), width=24),
        Column("RAISED_ROLE", say("Role of whoever asked")),
        Column("RAISED_AT", say("Asked at (local time)"), "datetime"),
        Column("ANSWER", say("Last answer"), width=60),
        Column("ANSWERED_BY", say("Answered by"), width=24),
        Column("ANSWERED_AT", say("Answered at (local time)"), "datetime"),
        Column("ASKED_AGAIN", say("What was asked when it was opened again last"), width=60),
        Column("CLOSED_BY", say("Closed by"), width=24),
        Column("CLOSED_AT", say("Closed at (local time)"), "datetime"),
        Column("CLOSING", say("Last words"), width=40),
        Column("AGE_DAYS", say("Days from asking to closing, or to this workbook"), "number"),
    )


def item_columns(data: SiteData) -> tuple[Column, ...]:
    """Where an item stands, for sheets over all forms."""
    say = data.say
    by_name = {column.name: column for column in place_columns(say)}
    place = [by_name[name] for name in ("SITE", "SUBJID", "VISIT", "VISITN")]
    row = [by_name[name] for name in ("FORMN", "ROW", "ROWN")]
    return (*place, Column("FORM", say("Form")), *row, Column("ITEM", say("Item")))


def _question_rows(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    order = {form: place for place, form in enumerate(data.study.forms)}
    gone = redacted_texts(data.desk.tables)
    for subject in data.subjects():
        found: list[FindingRow | QueryRow] = [
            row
            for row in data.desk.tables.find(FindingRow, subject=subject.subject)
            if not data.confidential.keeps(row.form, row.item)
        ]
        found += queries_of(data, subject.subject)
        found.sort(key=lambda r: (data.order(r.visit), r.visit_n, order.get(r.form, 0), r.form_n, r.seq))
        book = RowBook(data, subject.subject)
        rows: dict[FormKey, dict[str, tuple[str, int]]] = {}
        for row in found:
            key = FormKey(*row[:5]) if isinstance(row, FindingRow) else FormKey(*row[1:6])
            if row.row and key not in rows:
                rows[key] = {fact.key: (fact.label, fact.number) for fact in book.rows(key)}
            label, number = rows[key].get(row.row, (row.row, None)) if row.row else ("", None)
            visit = (row.visit, row.visit_n) if row.visit else (None, None)
            form = (row.form, row.form_n) if row.form else (None, None)
            place: tuple[Cell, ...] = (data.site.code, subject.number, *visit, *form)
            yield (*place, label, number, row.item, *_question(data, row, gone), row.node, row.seq)


def _question(
    data: SiteData, row: FindingRow | QueryRow, gone: frozenset[tuple[EventId, str]]
) -> tuple[Cell, ...]:
    if isinstance(row, QueryRow):
        asked = (PERSON, None, None, asked_first(data, row), row.state, None)
        return (*asked, *thread_of(data, row), row.query)
    text = REDACTED if (EventId(row.node, row.seq), "text") in gone else row.text
    text = STAYS if data.confidential.keeps_sentence(row.check) else text
    said = (CHECK, row.check, row.level, text, row.state, row.reason)
    return (*said, *thread_of_check(data, row), None)
