"""Adverse events that are linked to a lesion or wound."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.work.rows import rows_of_form, single_instance
from crfapp.work.target_answers import Answers

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk


class LinkedEvent(NamedTuple):
    """One row of the log of events: ``label`` is its number, ``start`` and ``end`` days as they are recorded,
    perhaps in part; ``ongoing`` and ``serious`` as answered.
    """

    form: FormKey
    row: str
    label: str
    term: str
    start: str
    end: str
    ongoing: bool
    grade: str
    serious: bool


def events_of(desk: Desk, subject: str, target: str) -> tuple[LinkedEvent, ...]:
    """The events that the log links to a row of the registry, in the order of the log."""
    bound = desk.study.head.events
    if bound is None or bound.target is None:
        return ()
    key = single_instance(desk, subject, bound.form)
    if key is None:
        return ()
    answers = Answers(desk, subject, bound.form)
    plan = desk.forms.plan(key)
    found = []
    for infos in rows_of_form(desk, key, plan).values():
        for info in infos:
            if answers.text(key, info.key, bound.target) == target:
                term, start, end, grade = (
                    answers.text(key, info.key, item) or ""
                    for item in (bound.term, bound.start, bound.end, bound.grade)
                )
                ongoing, serious = (
                    answers.text(key, info.key, item) == "Y" for item in (bound.ongoing, bound.serious)
                )
                found.append(
                    LinkedEvent(key, info.key, info.label, term, start, end, ongoing, grade, serious)
                )
    return tuple(found)
