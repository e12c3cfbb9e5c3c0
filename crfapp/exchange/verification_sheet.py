"""What was compared with its source: one row for each answer that somebody verified, as it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.query_sheets import item_columns
from crfapp.exchange.row_facts import RowBook
from crfapp.exchange.sheets import Column, Sheet
from crfapp.exchange.subject_sheets import local_time
from crfapp.ledger.events import ItemEvent, VerificationDropped
from crfapp.ledger.state import MonitoringRow, VerifiedRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.keys import FormKey, ItemKey
    from crfapp.ledger.state import SubjectRow


def sdv_sheet(data: SiteData) -> Sheet:
    """Verifications against the source; those of answers that stay at the site stay there too."""
    say = data.say
    columns = (
        *item_columns(data),
        Column("STATE", say("done, changed since, or taken back")),
        Column("VALUE", say("The value that was compared")),
        Column("MISSING", say("The code that stood instead of a value")),
        Column("BY", say("Verified by")),
        Column("ROLE", say("Role at that time")),
        Column("AT", say("Verified at (local time)"), "datetime"),
        Column("MONITORING", say("Number of the monitoring visit, by its begin"), "number"),
        Column("CHANGED", say("Changed since, at (local time)"), "datetime"),
        Column("WORKSTATION", say("Workstation of the event that verified it")),
        Column("SEQ", say("Number of that event"), "number"),
    )
    return Sheet("SDV", say("Verification against the source"), columns, lambda: _rows(data))


def visit_numbers(rows: list[MonitoringRow]) -> dict[str, int]:
    """What people call monitoring visits: the first that began is number 1."""
    in_order = sorted(rows, key=lambda row: (row.began, row.monitoring))
    return {row.monitoring: number for number, row in enumerate(in_order, 1)}


def _rows(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    visits = visit_numbers(list(data.desk.tables.find(MonitoringRow)))
    for subject in data.subjects():
        found = [
            row
            for row in data.desk.tables.find(VerifiedRow, subject=subject.subject)
            if not data.confidential.keeps(row.form, row.item)
        ]
        if found:
            yield from _of_subject(data, subject, found, visits)


def _of_subject(
    data: SiteData, subject: SubjectRow, found: list[VerifiedRow], visits: dict[str, int]
) -> Iterator[tuple[Cell, ...]]:
    order = {form: place for place, form in enumerate(data.study.forms)}
    found.sort(key=lambda r: (data.order(r.visit), r.visit_n, order.get(r.form, 0), r.form_n, r.row, r.item))
    book, changed = RowBook(data, subject.subject), _changed(data, subject.subject)
    rows: dict[FormKey, dict[str, tuple[str, int]]] = {}
    for row in found:
        key = row.key.of
        if row.row and key not in rows:
            rows[key] = {fact.key: (fact.label, fact.number) for fact in book.rows(key)}
        label, number = rows[key].get(row.row, (row.row, None)) if row.row else ("", None)
        place: tuple[Cell, ...] = (data.site.code, subject.number, row.visit, row.visit_n)
        yield (
            *(*place, row.form, row.form_n, label, number, row.item),
            *(row.state, row.value, row.missing, row.name, row.role),
            local_time(row.at, data.site.zone),
            visits.get(row.monitoring),
            changed.get(row.key) if row.state == "changed" else None,
            *(row.node, row.seq),
        )


def _changed(data: SiteData, subject: str) -> dict[ItemKey, datetime]:
    """When each verification of a subject fell last."""
    found: dict[ItemKey, datetime] = {}
    for record in data.events.records(subject=subject, kinds={VerificationDropped.kind}):
        if isinstance(record.event, ItemEvent):
            found[record.event.place] = local_time(record.envelope.at, data.site.zone)
    return found
