"""What came of a closed reading: whose lesions they were, what counts, and how far the readers agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import PersonRow, PhotographRow, SubjectRow
from crfapp.present.reading_view import ResultLine, ResultsView
from crfapp.present.texts import N_, isolated
from crfapp.work.reading_agreement import (
    ICC_AGREEMENT,
    ICC_CONSISTENCY,
    LINEAR,
    QUADRATIC,
    agreement_of,
)
from crfapp.work.readings import Judged, Reading, class_of, judged, score_of
from crfapp.work.targets import targets_of

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.work.reading_agreement import Agreed

_FIGURES = {
    ICC_AGREEMENT: N_("Same figure: ICC(2,1)"),
    ICC_CONSISTENCY: N_("Same order: ICC(3,1)"),
    LINEAR: N_("Same class: kappa, linear weights"),
    QUADRATIC: N_("Same class: kappa, quadratic weights"),
}


def results_of(at: Workplace, reading: Reading) -> ResultsView:
    """Everything about a closed reading."""
    return ResultsView(
        reading.title,
        tuple(_name(at, login) for login in reading.readers),
        tuple(_line(at, reading, one) for one in judged(at.desk, reading)),
        tuple(_agreed(at, one) for one in agreement_of(at.desk, reading)),
    )


def _line(at: Workplace, reading: Reading, one: Judged) -> ResultLine:
    say, case = at.texts, one.case
    subject = at.tables.get(SubjectRow, case.subject)
    labels = {target.row: target.label for target in targets_of(at.desk, case.subject)}
    shot = at.tables.get(PhotographRow, case.subject, case.later)
    note = ""
    if one.by:
        note = say("decided by {name}: {reason}", name=isolated(_name(at, one.by)), reason=isolated(one.why))
    elif one.differs:
        note = say("not decided")
    return ResultLine(
        subject.number if subject is not None else "",
        labels.get(case.target, ""),
        at.study_texts.visit(shot.visit) if shot is not None else "",
        tuple("" if answer is None else _words(at, reading, answer) for answer in one.answers),
        "" if one.counts is None else _counts(at, reading, one.counts),
        note,
    )


def _counts(at: Workplace, reading: Reading, answer: str) -> str:
    """What counts, with its class where it is a percent."""
    words = _words(at, reading, answer)
    found = class_of(at.desk, answer) if reading.question == "percent" else None
    return at.texts.listed((words, _class_words(at, found))) if found else words


def _words(at: Workplace, reading: Reading, answer: str) -> str:
    return f"{answer} %" if reading.question == "percent" else _class_words(at, answer)


def _class_words(at: Workplace, code: str) -> str:
    score = score_of(at.desk)
    if score is None or score.of_class is None:
        return code
    return at.study_texts.code(at.study.place(score.form, score.of_class).item.codes or "", code)


def _agreed(at: Workplace, one: Agreed) -> tuple[str, str, str]:
    say, found = at.texts, one.estimate
    if found is None:
        return say(_FIGURES[one.figure]), say("nothing can be said"), ""
    value, low, high = (f"{part + 0.0:.2f}".replace("-0.00", "0.00") for part in found[:3])
    figure = f"{value} ({low} – {high})"
    return say(_FIGURES[one.figure]), figure, say.many("{count} case", "{count} cases", found.cases)


def _name(at: Workplace, login: str) -> str:
    row = at.tables.get(PersonRow, login)
    return row.name if row is not None else login
