"""Signatures as a sheet: name, role, local time with zone, meaning, statement, how they stand (REQ-301)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.form_sheets import place_columns
from crfapp.exchange.sheets import Column, Sheet
from crfapp.ledger.state import SignatureRow
from crfapp.work.own_signatures import OWN_STATEMENTS
from crfapp.work.signature_words import because_words, local_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData


def signatures_sheet(data: SiteData) -> Sheet:
    """One row a signature, also those that a change has outdated; of forms that stay at the site none."""
    say = data.say
    by_name = {column.name: column for column in place_columns(say)}
    columns = (
        *(by_name[name] for name in ("SITE", "SUBJID", "VISIT", "VISITN")),
        Column("FORM", say("Form")),
        by_name["FORMN"],
        Column("OF", say("What is signed: form, visit, casebook, monitoring or delegation")),
        Column("MEANING", say("Code of what the signature means")),
        Column("MEANINGTXT", say("What the signature means"), width=30),
        Column("STATEMENT", say("What was stated by signing"), width=60),
        Column("BY", say("Signed by"), width=24),
        Column("ROLE", say("Role of the signer then")),
        Column("ORGANISATION", say("Organisation of the signer"), width=24),
        Column("AT", say("Signed at (local time)"), "datetime"),
        Column("ZONE", say("Time zone of the local time")),
        Column("STATE", say("valid, or outdated by a later change")),
        Column("BECAUSE", say("Why it is outdated"), width=30),
        Column("WORKSTATION", say("Workstation of the event")),
        Column("SEQ", say("Number of the event"), "number"),
    )
    return Sheet("Signatures", say("Signatures"), columns, lambda: _rows(data))


def _rows(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    for subject in data.subjects():
        rows = data.desk.tables.find(SignatureRow, subject=subject.subject)
        for row in sorted(rows, key=lambda row: (row.at, row.seq)):
            if not (row.form and data.confidential.keeps(row.form)):
                yield _row(data, row, subject.number)
    for row in data.desk.tables.find(SignatureRow, subject=""):
        yield _row(data, row, "")


def _row(data: SiteData, row: SignatureRow, number: str) -> tuple[Cell, ...]:
    texts = data.study.texts(data.desk.language)
    own = row.meaning in OWN_STATEMENTS
    return (
        *(data.site.code, number, row.visit, row.visit_n or None, row.form, row.form_n or None),
        *(row.of, row.meaning, "" if own else texts.meaning(row.meaning), row.statement),
        *(row.name, row.role, row.organisation),
        *(local_time(row).replace(tzinfo=None, microsecond=0), row.zone),
        *(row.state, because_words(row, data.say), row.node, row.seq),
    )
