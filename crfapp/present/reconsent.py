"""A subject consents again: from then on visits that have not begun follow the version in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.present.acts import typed_day
from crfapp.present.form_view import Patch, Refusal
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.work.amendment import NoteReconsent
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace

RECONSENT = "reconsent"


def awaits_consent(at: Workplace, subject: str) -> bool:
    """Whether a subject still follows an earlier version, for whoever may note the consent."""
    own = at.desk.versions.of_subject(subject).hash
    return at.actor.may(Right.ENROL) and own != at.study.in_force.hash


def reconsent_question(at: Workplace) -> tuple[str, str]:
    """What is asked first, and what tells it."""
    say, version = at.texts, isolated(at.study.head.version)
    asked = say(
        "On which day did the subject consent to version {version}? Write it as 2025-01-31.", version=version
    )
    return asked, say("Note it")


def reconsent(at: Workplace, subject: str, day: str) -> Patch:
    """Record it, with the day as it was typed."""
    try:
        at.send(NoteReconsent(subject=subject, date=typed_day(at, day)))
    except AppProblem as problem:
        what, todo = problem_text(problem, at.texts)
        return Patch(refusal=Refusal(problem.code.value, f"{what} {todo}".strip()))
    return Patch(saved=at.texts.clock(at.now.local), status_changed=True)
