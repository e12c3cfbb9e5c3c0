"""Findings of checks as queries; and, with headers only, the sheets of what is not recorded yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED
from crfapp.exchange.form_sheets import place_columns
from crfapp.exchange.row_facts import RowBook
from crfapp.exchange.sheets import Column, Sheet
from crfapp.ledger.keys import EventId
from crfapp.ledger.state import FindingRow
from crfapp.work.redaction import redacted_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.keys import FormKey

STAYS = "site only"
"""Stands in a cell instead of what stays at the site; the same word in every language."""


def queries_sheet(data: SiteData) -> Sheet:
    """One row for each finding at an item: open, confirmed with its reason, or settled."""
    say = data.say
    columns = (
        *_item_columns(data),
        Column("CHECK", say("Check")),
        Column("LEVEL", say("H: stops completion, Q: asks, W: warns, T: task"), width=8),
        Column("TEXT", say("What was shown"), width=60),
        Column("STATE", say("open, confirmed or settled")),
        Column("REASON", say("Why the answer is right"), width=40),
        Column("WORKSTATION", say("Workstation of the event that raised it")),
        Column("SEQ", say("Number of that event"), "number"),
    )
    return Sheet("Queries", say("Queries"), columns, lambda: _finding_rows(data))


def _item_columns(data: SiteData) -> tuple[Column, ...]:
    say = data.say
    by_name = {column.name: column for column in place_columns(say)}
    place = [by_name[name] for name in ("SITE", "SUBJID", "VISIT", "VISITN")]
    row = [by_name[name] for name in ("FORMN", "ROW", "ROWN")]
    return (*place, Column("FORM", say("Form")), *row, Column("ITEM", say("Item")))


def _finding_rows(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    order = {form: place for place, form in enumerate(data.study.forms)}
    gone = redacted_texts(data.desk.tables)
    for subject in data.subjects():
        found = [
            row
            for row in data.desk.tables.find(FindingRow, subject=subject.subject)
            if not data.confidential.keeps(row.form, row.item)
        ]
        found.sort(key=lambda r: (data.order(r.visit), r.visit_n, order.get(r.form, 0), r.form_n, r.seq))
        book = RowBook(data, subject.subject)
        rows: dict[FormKey, dict[str, tuple[str, int]]] = {}
        for row in found:
            key = row.key.of
            if row.row and key not in rows:
                rows[key] = {fact.key: (fact.label, fact.number) for fact in book.rows(key)}
            label, number = rows[key].get(row.row, (row.row, None)) if row.row else ("", None)
            text = REDACTED if (EventId(row.node, row.seq), "text") in gone else row.text
            text = STAYS if data.confidential.keeps_sentence(row.check) else text
            place: tuple[Cell, ...] = (data.site.code, subject.number, row.visit, row.visit_n)
            yield (
                *(*place, row.form, row.form_n, label, number, row.item),
                *(row.check, row.level, text, row.state, row.reason, row.node, row.seq),
            )


def sdv_sheet(data: SiteData) -> Sheet:
    """Verifications against the source."""
    say = data.say
    more = (
        Column("STATE", say("Verified, or changed since")),
        Column("BY", say("Verified by")),
        Column("AT", say("Verified at (local time)"), "datetime"),
    )
    return Sheet("SDV", say("Verification against the source"), (*_item_columns(data), *more), tuple, _none)


def signatures_sheet(data: SiteData) -> Sheet:
    """Signatures of forms and casebooks."""
    say = data.say
    columns = (
        *_item_columns(data)[:6],
        Column("MEANING", say("What the signature says"), width=30),
        Column("BY", say("Signed by")),
        Column("AT", say("Signed at (local time)"), "datetime"),
        Column("STATE", say("Valid, or outdated by a change")),
    )
    return Sheet("Signatures", say("Signatures"), columns, tuple, _none)


def photographs_sheet(data: SiteData) -> Sheet:
    """Photographs by the hash of their content."""
    say = data.say
    columns = (
        *_item_columns(data),
        Column("TAKEN", say("Taken at (local time)"), "datetime"),
        Column("SHA256", say("SHA-256 of the photograph"), width=66),
    )
    return Sheet("Photographs", say("Photographs"), columns, tuple, _none)


def _none() -> int:
    return 0
