"""One case as a reader sees it: the photographs, the question, and nothing of whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.present.reading_view import SittingView
from crfapp.work.readings import classes_of, judged, score_of

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.work.readings import Reading


class Counted(NamedTuple):
    """How many cases are done, of how many."""

    done: int
    all: int


def sit(
    at: Workplace, one: Reading, name: str, place: str, counted: Counted, *, said: str = "", before: str = ""
) -> SittingView:
    """The case of this name. ``before`` is the case that this reader has just judged."""
    case = next(case for case in one.cases if case.case == name)
    answer = _own_answer(at, one, before)
    return SittingView(
        reading=one.reading,
        case=name,
        title=one.title,
        place=place,
        done=counted.done,
        all=counted.all,
        earlier=case.earlier,
        later=case.later,
        ask=_question(at, one),
        choices=_choices(at, one),
        said=said,
        before=before,
        before_answer=answer_words(at, one, answer) if answer is not None else "",
    )


def answer_words(at: Workplace, one: Reading, answer: str) -> str:
    """A percent, or a class in words."""
    score = score_of(at.desk)
    if one.question == "percent" or score is None or score.of_class is None:
        return f"{answer} %"
    return at.study_texts.code(at.study.place(score.form, score.of_class).item.codes or "", answer)


def _own_answer(at: Workplace, one: Reading, case: str) -> str | None:
    found = next((each for each in judged(at.desk, one) if each.case.case == case), None)
    if found is None:
        return None
    return dict(zip(one.readers, found.answers, strict=True)).get(at.actor.login)


def _question(at: Workplace, one: Reading) -> str:
    if one.question == "class":
        return at.texts("How much of the lesion on the left has its colour again on the right?")
    return at.texts("How many percent of the lesion on the left have their colour again on the right?")


def _choices(at: Workplace, one: Reading) -> tuple[tuple[str, str], ...]:
    if one.question != "class":
        return ()
    return tuple((code, answer_words(at, one, code)) for code in classes_of(at.desk))
