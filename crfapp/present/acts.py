"""An act that asks for a few words first: its questions, what is wrong, and days as people type them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.form.dates_typed import read_date
from crfapp.form.reading import Field, Manner, Reading
from crfapp.present.problem_texts import problem_text
from crfapp.study.types import ItemType, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

FieldKind = Literal["line", "code", "choice", "choices", "secret"]


@dataclass(frozen=True, slots=True)
class AskedField:
    """One question of an act. ``code`` is a line of the machine's kind (days, numbers), left to right;
    ``secret`` hides what is typed.

    ``choices`` are codes with words; several chosen ones are joined by ``;``.
    """

    key: str
    label: str
    kind: FieldKind = "line"
    value: str = ""
    remark: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What is going to be done: its title, what to know before, the questions, the words on the button."""

    key: str
    title: str
    go: str
    fields: tuple[AskedField, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActState:
    """The act that is open, if any, and how the last one went.

    ``problems`` are sentences by field; the one under ``""`` stands below all. ``secret`` is shown once.
    """

    act: Act | None = None
    problems: tuple[tuple[str, str], ...] = ()
    done: str = ""
    secret: str = ""
    busy: bool = False


PLACES: Mapping[Code, str] = {
    Code.REASON_NEEDED: "reason",
    Code.REASON_TOO_SHORT: "reason",
}
"""At which question a refusal stands, where an act has it."""


def place_of(code: Code, act: Act | None, places: Mapping[Code, str] = PLACES) -> str:
    """The question that a refusal belongs to; empty where it concerns the act as a whole."""
    wanted = places.get(code, "")
    asked = {field.key for field in act.fields} if act is not None else set()
    return wanted if wanted in asked else ""


def typed_day(at: Workplace, text: str) -> str:
    """A day as people type it (12 Jan 2025, 2025-01-12) as ISO; empty stays empty. RefusedError."""
    if not text.strip():
        return ""
    reading = read_date(text, Field(ItemType(Kind.DATE)), Manner(zone=at.desk.zone))
    if not isinstance(reading, Reading):
        raise RefusedError(Code.NOT_A_DATE if reading.code is Code.DATE_INCOMPLETE else reading.code)
    return reading.text


def day_words(at: Workplace, iso: str) -> str:
    """An ISO day, or the day of an ISO stamp at the site, in words; empty stays empty."""
    if not iso:
        return ""
    if len(iso) > len("2025-01-12"):
        return at.texts.date(
            datetime.fromisoformat(iso).astimezone(UTC).astimezone(ZoneInfo(at.site.zone)).date()
        )
    return at.texts.date(date.fromisoformat(iso))


def act_sentence(problem: AppProblem, say: Texts) -> str:
    """Why an act was refused, and what to do; a missing reason is asked for in the words of an act."""
    if problem.code is Code.REASON_NEEDED:
        return say("Say why; it is kept with what you do.")
    if problem.code is Code.OFF_SCALE and "low" in problem.facts:  # a rule, and no scale of a form
        return say("From {low} to {high}.", low=problem.facts["low"], high=problem.facts["high"])
    return " ".join(problem_text(problem, say))
