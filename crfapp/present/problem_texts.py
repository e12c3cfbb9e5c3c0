"""Every coded problem in the words of the clinic: what is wrong, and what to do about it."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

from crfapp.present.amendment_words import AMENDMENT_WORDS
from crfapp.present.backup_words import BACKUP_WORDS
from crfapp.present.bringing_words import BRINGING_WORDS
from crfapp.present.copy_words import COPY_WORDS
from crfapp.present.disk_words import DISK_WORDS
from crfapp.present.exchange_words import EXCHANGE_WORDS
from crfapp.present.label_words import LABEL_WORDS
from crfapp.present.outside_words import OUTSIDE_WORDS
from crfapp.present.photograph_words import PHOTOGRAPH_WORDS
from crfapp.present.picture_words import PICTURE_WORDS
from crfapp.present.planimetry_words import PLANIMETRY_WORDS
from crfapp.present.problem_words import DOING_WORDS, READING_WORDS
from crfapp.present.qualification_words import QUALIFICATION_WORDS
from crfapp.present.safety_words import SAFETY_WORDS
from crfapp.present.signing_words import SIGNING_WORDS
from crfapp.present.texts import isolated
from crfapp.present.verifying_words import VERIFYING_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.base.problems import AppProblem, Code
    from crfapp.present.texts import Texts

_ALL_WORDS = {
    **AMENDMENT_WORDS,
    **BACKUP_WORDS,
    **BRINGING_WORDS,
    **COPY_WORDS,
    **DISK_WORDS,
    **DOING_WORDS,
    **EXCHANGE_WORDS,
    **LABEL_WORDS,
    **OUTSIDE_WORDS,
    **PHOTOGRAPH_WORDS,
    **PICTURE_WORDS,
    **PLANIMETRY_WORDS,
    **QUALIFICATION_WORDS,
    **READING_WORDS,
    **SAFETY_WORDS,
    **SIGNING_WORDS,
    **VERIFYING_WORDS,
}


class ProblemText(NamedTuple):
    """English texts of one code.

    ``what`` holds always. ``exact`` says the same with its facts filled in and takes its place where
    all of them are known.
    """

    what: str
    todo: str
    exact: str = ""


PROBLEM_TEXTS: dict[Code, ProblemText] = {code: ProblemText(*words) for code, words in _ALL_WORDS.items()}


def problem_text(problem: AppProblem, say: Texts) -> tuple[str, str]:
    """What is wrong and what to do, in the person's language."""
    return code_text(problem.code, problem.facts, say)


def code_text(code: Code, facts: Mapping[str, str | int], say: Texts) -> tuple[str, str]:
    """The same for a problem that was found but not raised."""
    words = PROBLEM_TEXTS[code]
    wanted = {name for _, name, _, _ in Formatter().parse(words.exact) if name}
    known = {name: isolated(str(facts[name])) for name in wanted if facts.get(name, "") not in _unknown(name)}
    what = say(words.exact, **known) if words.exact and set(known) == wanted else say(words.what)
    return what, say(words.todo)


def _unknown(name: str) -> tuple[str | int, ...]:
    """What stands for not knowing; lines count from 1, and line 0 is none."""
    return ("", 0) if name == "line" else ("",)
