"""How strongly signs of a checklist showed, day by day and dose by dose.

What was asked and not there is a score of 0; what was not asked has no score, and is left out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import ItemRow, VisitRow
from crfapp.study.types import Kind
from crfapp.work.begun import forms_begun
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.study.targets import Checklist, Dosing
    from crfapp.work.desk import Desk

_YES = {"Y": 1, "N": 0}


class SignScore(NamedTuple):
    """One sign at one target of a checklist.

    ``dose``: how many doses came before it; ``days`` since the last of them, -1 where none was given yet.
    """

    key: FormKey
    day: date
    dose: int
    days: int
    target: str
    label: str
    sign: str
    score: int


def sign_scores(desk: Desk, subject: str) -> tuple[SignScore, ...]:
    """Every score of a subject's checklists, in the order of days; none where the study has no checklist."""
    checklist = desk.study.head.checklist
    if checklist is None:
        return ()
    doses = dose_days(desk, subject)
    found = [
        score
        for form in forms_begun(desk, subject=subject, form=checklist.form)
        for score in _of_form(desk, checklist, form.key, doses)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.dose, one.key, one.label)))


def dose_days(desk: Desk, subject: str) -> list[date]:
    """The days on which a subject was given a dose, in their order."""
    days = [
        day
        for dosing in desk.study.head.dosing
        for form in forms_begun(desk, subject=subject, form=dosing.form)
        if (day := _given_on(desk, dosing, form.key)) is not None
    ]
    return sorted(days)


def _given_on(desk: Desk, dosing: Dosing, key: FormKey) -> date | None:
    given, start = desk.stored(ItemKey(*key, "", dosing.given)), desk.stored(ItemKey(*key, "", dosing.start))
    if given is None or given.value != "Y" or given.hidden == 1 or start is None or not start.value:
        return None
    return date.fromisoformat(start.value[:10])


def _of_form(desk: Desk, checklist: Checklist, key: FormKey, doses: list[date]) -> Iterator[SignScore]:
    visit = desk.tables.get(VisitRow, *key.at)
    if visit is None or not visit.date:
        return
    day = date.fromisoformat(visit.date)
    ahead = checklist.when is not None and _code(desk, ItemKey(*key, "", checklist.when)) in checklist.before
    before = [given for given in doses if given < day or (given == day and not ahead)]
    days = (day - before[-1]).days if before else -1
    labels = labels_of_form(desk, key)
    for row in desk.tables.find(ItemRow, **key._asdict()):
        score = _score(desk, row) if row.item in checklist.signs and row.row in labels else None
        if score is not None:
            yield SignScore(key, day, len(before), days, row.row, labels[row.row], row.item, score)


def _score(desk: Desk, row: ItemRow) -> int | None:
    if row.value is None or row.hidden == 1:
        return None
    if desk.study.field(row.form, row.item).kind is Kind.YESNO:
        return _YES.get(row.value)
    return int(row.value) if row.value.isdigit() else None


def _code(desk: Desk, key: ItemKey) -> str:
    row = desk.stored(key)
    return (row.value or "") if row is not None and row.hidden != 1 else ""
