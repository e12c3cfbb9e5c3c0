"""Every form that was begun: where it stands, whether it was moved, whether it was on paper first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.exchange.sheets import Column, Sheet
from crfapp.exchange.subject_sheets import local_time
from crfapp.ledger.state import MoveRow, PaperRow, SubjectRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import FormRow


def forms_sheet(data: SiteData) -> Sheet:
    """One row for each begun form that may leave; a form moved away stands here with where it went."""
    say = data.say
    columns = (
        Column("SITE", say("Site")),
        Column("SUBJID", say("Subject number")),
        Column("VISIT", say("Visit")),
        Column("VISITN", say("Number of the visit, where it repeats"), "number"),
        Column("FORM", say("Form")),
        Column("FORMN", say("Number of the form, where it repeats"), "number"),
        Column("STATUS", say("open, complete, or moved: entered for the wrong subject")),
        Column("CHANGED", say("Since when (local time)"), "datetime"),
        Column("MOVED", say("TO: moved away from here; FROM: brought here")),
        Column("OTHER_SUBJID", say("Subject number where it went, or came from")),
        Column("OTHER_VISIT", say("Visit where it went, or came from")),
        Column("MOVE_REASON", say("How it came to be entered there"), width=40),
        Column("MOVED_AT", say("Moved at (local time)"), "datetime"),
        Column("MOVED_BY", say("Moved by")),
        Column("AGREED_BY", say("Agreed to by")),
        Column("NOT_TAKEN", say("Answers that could not be recorded where it went"), "number"),
        Column("PAPER", say("Y: transcribed from paper")),
        Column("OBSERVED_BY", say("Observed by, as the paper says")),
        Column("OBSERVED", say("Observed at (local time), as the paper says"), "datetime"),
        Column("LATE_REASON", say("Why it was entered late"), width=40),
    )
    return Sheet("Forms", say("Forms"), columns, lambda: _rows(data))


def _rows(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    tables = data.desk.tables
    numbers = {row.subject: row.number for row in tables.find(SubjectRow)}
    for subject in data.subjects():
        away = tables.find(MoveRow, subject=subject.subject, state="done")
        here = tables.find(MoveRow, to_subject=subject.subject, state="done")
        for form in data.forms(subject.subject):
            if not data.confidential.keeps(form.form):
                yield (
                    *_place(data, subject.number, form),
                    *_moved(data, form.key, [*away, *here], numbers),
                    *_paper(tables.get(PaperRow, *form.key)),
                )


def _place(data: SiteData, number: str, form: FormRow) -> tuple[Cell, ...]:
    changed = local_time(form.changed, data.site.zone)
    return (data.site.code, number, form.visit, form.visit_n, form.form, form.form_n, form.status, changed)


def _moved(data: SiteData, key: FormKey, moves: list[MoveRow], numbers: dict[str, str]) -> tuple[Cell, ...]:
    """The last move that this form had a part in."""
    mine = [row for row in moves if key in (row.key, row.to)]
    if not mine:
        return (None,) * 8
    row = max(mine, key=lambda one: one.moved_at)
    way, other = ("TO", row.to) if row.key == key else ("FROM", row.key)
    at = local_time(row.moved_at, data.site.zone)
    who = (row.moved_name, row.decided_name, row.left or None)
    return (way, numbers.get(other.subject, ""), other.visit, row.reason, at, *who)


def _paper(row: PaperRow | None) -> tuple[Cell, ...]:
    if row is None:
        return (None,) * 4
    return ("Y", row.observer, datetime.fromisoformat(row.observed), row.reason)
