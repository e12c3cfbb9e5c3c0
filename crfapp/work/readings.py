"""Blind readings as they stand: who reads what in which order, who saw whose lesions, what was said.

Nothing here says to a reader whose lesion a case is, at which visit, or what anybody else said of it.
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from crfapp.base.canonical import sha256
from crfapp.form.plan import tree_of
from crfapp.ledger.events import Case
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import (
    CaseReadRow,
    CaseSettledRow,
    ItemRow,
    OutlineRow,
    ReadingRow,
    TrailRow,
)
from crfapp.study.language import compile_expression
from crfapp.work.outlines_apart import most_apart
from crfapp.work.outside import ElsewhereScope, OutsideForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.plan_parts import Meaning
    from crfapp.study.language import Ref
    from crfapp.study.targets import Score
    from crfapp.work.desk import Desk

Question = Literal["percent", "class", "area"]
READERS = 2
"""So many people judge each case."""


class Reading(NamedTuple):
    """A reading; ``closed`` is the instant, empty while it goes on."""

    reading: str
    title: str
    question: Question
    cases: tuple[Case, ...]
    readers: tuple[str, ...]
    seed: str
    at: str
    login: str
    closed: str


class Judged(NamedTuple):
    """A case with what its readers said: in the order of the readers, None where one did not yet.

    ``counts`` is what counts: what was settled; the mean of two percents, or the class both chose, where they
    do not differ; None while that is open. ``differs``: both are there and lie too far apart. ``by`` and ``why``
    are who settled it, and the reason.
    """

    case: Case
    answers: tuple[str | None, ...]
    places: tuple[int, ...]
    differs: bool
    counts: str | None
    by: str = ""
    why: str = ""


def readings(desk: Desk) -> tuple[Reading, ...]:
    """All readings of the site, the newest first."""
    return tuple(sorted(map(_reading, desk.tables.find(ReadingRow)), key=lambda one: one.at, reverse=True))


def reading_of(desk: Desk, reading: str) -> Reading | None:
    """One reading; None where there is no such."""
    row = desk.tables.get(ReadingRow, reading)
    return None if row is None else _reading(row)


def order_for(reading: Reading, login: str) -> tuple[str, ...]:
    """The cases in the order in which this reader sees them: by chance, another one for each reader."""

    def chance(case: str) -> str:
        return sha256(f"{reading.seed}|{login}|{case}".encode())

    return tuple(sorted((case.case for case in reading.cases), key=chance))


def next_for(desk: Desk, reading: Reading, login: str) -> tuple[str, int] | None:
    """The first case that this reader has not judged, and its place counted from 1; None at the end."""
    done = {row.which for row in desk.tables.find(CaseReadRow, reading=reading.reading, login=login)}
    ordered = order_for(reading, login)
    return next(((case, at) for at, case in enumerate(ordered, 1) if case not in done), None)


def has_seen(desk: Desk, login: str, case: Case) -> bool:
    """Whether somebody drew an outline of this lesion or scored it, and so knows whose it is (REQ-931)."""
    targets = desk.study.head.targets
    if targets is None:
        return False
    if desk.tables.find(OutlineRow, subject=case.subject, row=case.target, login=login):
        return True
    said = ((score.form, score.item) for score in targets.scores)
    measured = ((targets.measure.form, item) for item in _measured(desk))
    for form, item in (*said, *measured):
        for row in desk.tables.find(ItemRow, subject=case.subject, form=form, row=case.target, item=item):
            told = desk.tables.get(TrailRow, *row.head)
            if told is not None and told.login == login:
                return True
    return False


def is_blind(desk: Desk, login: str, reading: Reading) -> bool:
    """Whether somebody knows none of the lesions of a reading."""
    return not any(has_seen(desk, login, case) for case in reading.cases)


def judged(desk: Desk, reading: Reading) -> tuple[Judged, ...]:
    """All cases with what was said, in the order in which the reading names them."""
    rows = desk.tables.find(CaseReadRow, reading=reading.reading)
    said = {(row.which, row.login): row for row in rows}
    settled = {row.which: row for row in desk.tables.find(CaseSettledRow, reading=reading.reading)}
    limit = most_apart(desk) or Decimal(0)
    found = []
    for case in reading.cases:
        mine = [said.get((case.case, login)) for login in reading.readers]
        answers = tuple(None if row is None else row.answer for row in mine)
        places = tuple(0 if row is None else row.place for row in mine)
        told = [answer for answer in answers if answer is not None]
        whole = len(told) == len(reading.readers)
        differs = whole and _differ(reading.question, told, limit)
        end = settled.get(case.case)
        counts = end.answer if end else _both(reading.question, told) if whole and not differs else None
        by, why = (end.login, end.reason or "") if end else ("", "")
        found.append(Judged(case, answers, places, differs, counts, by, why))
    return tuple(found)


def to_settle(desk: Desk, reading: Reading) -> tuple[Judged, ...]:
    """The cases on which both readers differ and nobody has decided yet."""
    return tuple(one for one in judged(desk, reading) if one.differs and one.counts is None)


def score_of(desk: Desk) -> Score | None:
    """The score that readers give: the first one that the pack binds."""
    targets = desk.study.head.targets
    return targets.scores[0] if targets is not None and targets.scores else None


def classes_of(desk: Desk) -> tuple[str, ...]:
    """The classes of the score, in their order; none where the pack has none."""
    score = score_of(desk)
    if score is None or score.of_class is None:
        return ()
    return desk.study.codes(desk.study.place(score.form, score.of_class).item.codes or "")


def class_of(desk: Desk, percent: str) -> str | None:
    """The class into which the pack puts a percent, by its own rule; None where it puts it into none."""
    score, value = score_of(desk), figure(percent)
    if score is None or score.of_class is None or value is None:
        return None
    rule = desk.study.place(score.form, score.of_class).item.is_
    if rule is None:
        return None

    def bind(ref: Ref) -> Meaning | None:
        return (lambda _scope: value) if (ref.form, ref.item) == ("", score.item) else None

    scope = ElsewhereScope(OutsideForm(desk, FormKey("", "", 0, score.form, 0)))
    found = compile_expression(tree_of(rule), bind=bind)(scope)
    return found if isinstance(found, str) else None


def figure(text: str) -> Decimal | None:
    """A percent as a number; None for what is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _reading(row: ReadingRow) -> Reading:
    cases = tuple(Case(*case) for case in json.loads(row.cases))
    question = cast("Question", row.question)
    readers = tuple(json.loads(row.readers))
    return Reading(row.reading, row.title, question, cases, readers, row.seed, row.at, row.login, row.closed)


def _measured(desk: Desk) -> Iterator[str]:
    targets = desk.study.head.targets
    if targets is not None:
        yield from (targets.measure.outline, targets.measure.length, targets.measure.width)


def _differ(question: Question, told: list[str], limit: Decimal) -> bool:
    if question == "class":
        return len(set(told)) > 1
    figures = [found for text in told if (found := figure(text)) is not None]
    return len(figures) == len(told) and max(figures) - min(figures) > limit


def _both(question: Question, told: list[str]) -> str:
    """What counts where readers agree: the class they chose, or the mean of their percents."""
    if question == "class":
        return told[0]
    figures = [Decimal(text) for text in told]
    return f"{sum(figures) / len(figures):.1f}"
