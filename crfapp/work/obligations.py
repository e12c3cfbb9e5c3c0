"""What is owed: tasks that checks set, forms that should have been completed by now, and what waits for a
second or a deciding person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from crfapp.ledger.fold_forms import MOVED
from crfapp.ledger.state import FindingRow, FormRow, SubjectRow, VisitRow
from crfapp.work.begun import forms_begun
from crfapp.work.findings import TASK
from crfapp.work.offered import forms_at, is_asked
from crfapp.work.outlines_apart import apart_at
from crfapp.work.second import checked_items, waiting_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.work.desk import Desk

SECOND_CHECK = "SECOND-CHECK"
"""The kind of obligation of a form in which an answer waits for a second person."""
OUTLINES_APART = "OUTLINES-APART"
"""The kind of obligation of a form in which two people's outlines of one area lie too far apart."""
OUTSTANDING = "FORMS"
"""The kind of obligation of a visit whose forms are not complete in time (GC-06)."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed for a subject. ``due``: by when, if there is a limit; ``finding`` where a check set it.

    ``forms`` are the forms that are not complete, where that is what is owed.
    """

    subject: str
    kind: str
    due: datetime | date | None = None
    finding: FindingRow | None = None
    visit: VisitKey | None = None
    forms: tuple[FormKey, ...] = ()


def owed_at_site(desk: Desk) -> Iterator[Owed]:
    """Everything owed for the subjects of the site, unordered."""
    for row in desk.tables.find(FindingRow, state="open"):
        if row.level == TASK:
            yield _of_task(row)
    for subject in desk.tables.find(SubjectRow):
        yield from _outstanding(desk, subject.subject)
        yield from _second(desk, subject.subject)
    yield from _outlines(desk)


def owed_for(desk: Desk, subject: str) -> Iterator[Owed]:
    """What is owed for one subject."""
    rows = desk.tables.find(FindingRow, subject=subject, state="open")
    yield from (_of_task(row) for row in rows if row.level == TASK)
    yield from _outstanding(desk, subject)
    yield from _second(desk, subject)
    yield from _outlines(desk, subject=subject)


def _of_task(row: FindingRow) -> Owed:
    due: datetime | date | None = None
    if row.due:
        instant = datetime.fromisoformat(row.due.removesuffix("Z"))
        due = instant.replace(tzinfo=UTC) if row.due.endswith("Z") else instant.date()
    return Owed(row.subject, row.task or row.check, due, row)


def _outstanding(desk: Desk, subject: str) -> Iterator[Owed]:
    """Visits that took place longer ago than the study allows and have forms that are not complete."""
    generic = desk.study.head.generic
    if generic is None:
        return
    clinic, today = desk.clinic, desk.today
    for row in desk.tables.find(VisitRow, subject=subject, status="started"):
        day = date.fromisoformat(row.date or "")
        if desk.study.visit(row.visit).kind == "log" or clinic.working_days(day, today) <= generic.workdays:
            continue
        open_forms = tuple(key for key in forms_at(desk, row.key) if not is_done(desk, key))
        if open_forms:
            yield Owed(subject, OUTSTANDING, visit=row.key, forms=open_forms)


def _second(desk: Desk, subject: str) -> Iterator[Owed]:
    """Answers that wait for a second person, form by form (REQ-414)."""
    forms = dict.fromkeys(form for form, _ in checked_items(desk.study))
    for form in forms:
        for row in forms_begun(desk, subject=subject, form=form):
            if waiting_of(desk, row.key):
                yield Owed(subject, SECOND_CHECK, visit=row.key.at, forms=(row.key,))


def _outlines(desk: Desk, **subject: str) -> Iterator[Owed]:
    """Areas of which somebody has to say whose outline counts, form by form."""
    for key in dict.fromkeys(found.place.of for found in apart_at(desk, **subject)):
        yield Owed(key.subject, OUTLINES_APART, visit=key.at, forms=(key,))


def is_done(desk: Desk, key: FormKey) -> bool:
    """Whether nothing is left to do in a form: it is complete, or a log, which goes on."""
    row = desk.tables.get(FormRow, *key)
    if row is not None and row.status == MOVED:
        return not is_asked(desk, key)
    if desk.study.visit(key.visit).kind == "log":
        return True
    return row is not None and row.status == "complete"
