"""What the study wants signed, what of it waits, and what a signature states (REQ-304, 306).

Everything here is read from the tables alone: no form is opened, so that a whole site can be looked through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import FormRow, PolicyRow, SignatureRow, VisitRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import VisitKey
    from crfapp.study.signing import SignaturePlan, SignOff
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk

ENGLISH = "en"
UNSIGNED, OUTDATED, CURRENT = "unsigned", "outdated", "current"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A signature that the plan asks for. ``state``: unsigned, outdated, current.

    ``last`` is the last signature of this meaning there, ``due`` the day until which it is wanted: so many
    days after the visit; None where no visit says when.
    """

    scope: Scope
    plan: SignaturePlan
    state: str
    last: SignatureRow | None = None
    due: date | None = None

    def late(self, today: date) -> bool:
        """Whether it is overdue."""
        return self.state != CURRENT and self.due is not None and today > self.due


def plan_of(study: Study, scope: Scope, meaning: str) -> SignaturePlan:
    """The plan of a meaning; NOT_IN_PLAN where this is not signed with it."""
    for plan in plans_for(study, scope):
        if plan.meaning == meaning:
            return plan
    raise RefusedError(Code.NOT_IN_PLAN, meaning=meaning, level=scope.level)


def plans_for(study: Study, scope: Scope) -> tuple[SignaturePlan, ...]:
    """The plans by which a form, visit or casebook is signed."""
    return tuple(plan for plan in study.head.signing if _fits(plan, scope))


def _fits(plan: SignaturePlan, scope: Scope) -> bool:
    match scope.level:
        case "form":
            return scope.form in plan.forms
        case "visit":
            return scope.visit in plan.visits
        case "casebook":
            return plan.casebook is not None
        case _:
            return False


def statement_of(study: Study, meaning: str, language: str) -> str:
    """What is stated by signing: in the language of the window and in English, each once."""
    said = (study.texts(one).statement(meaning) for one in (language, ENGLISH))
    return "\n".join(dict.fromkeys(said))


def last_signature(desk: Desk, scope: Scope, meaning: str) -> SignatureRow | None:
    """The newest signature of a meaning over exactly this; None before the first."""
    rows = desk.tables.find(SignatureRow, **scope._asdict())
    mine = [row for row in rows if row.meaning == meaning]
    return max(mine, key=lambda row: (row.at, row.seq), default=None)


def wanted(desk: Desk, subject: str) -> Iterator[Wanted]:
    """What the plan asks for of one subject, current or not: of forms that were begun, visits, the casebook.

    What the plan only offers is there once it was signed.
    """
    reader = _Reader(desk, subject)
    for form in desk.tables.find(FormRow, subject=subject):
        day = reader.days.get(form.key.at) or form.changed[: len("2025-01-05")]
        yield from reader.asked(Scope(*form.key), day)
    for key, day in reader.days.items():
        yield from reader.asked(Scope(*key), day)
    at = sign_off_visit(desk, subject)
    yield from reader.asked(Scope(subject), reader.days[at] if at is not None else "", begun=at is not None)


class _Reader:
    """The signatures of one subject, and the days of the visits they are due after."""

    def __init__(self, desk: Desk, subject: str) -> None:
        self._study = desk.study
        self._sign_days = policy_of(desk).sign_days
        rows = desk.tables.find(VisitRow, subject=subject, status="started")
        self.days = {row.key: row.date or "" for row in rows}
        found = sorted(desk.tables.find(SignatureRow, subject=subject), key=lambda row: (row.at, row.seq))
        self._last = {(row.scope, row.meaning): row for row in found}

    def asked(self, scope: Scope, day: str, *, begun: bool = True) -> Iterator[Wanted]:
        """What is asked for at one place."""
        for plan in plans_for(self._study, scope):
            row = self._last.get((scope, plan.meaning))
            if row is None and not (plan.required and begun):
                continue
            state = UNSIGNED if row is None else CURRENT if row.state == "valid" else OUTDATED
            within = self._sign_days if plan.within is None else plan.within
            due = date.fromisoformat(day) + timedelta(days=within) if day else None
            yield Wanted(scope, plan, state, row, due)


def sign_off_of(study: Study) -> SignOff | None:
    """The form of the casebook's signature; None where the study has none."""
    return next((plan.casebook for plan in study.head.signing if plan.casebook is not None), None)


def sign_off_visit(desk: Desk, subject: str, *, even_optional: bool = False) -> VisitKey | None:
    """The visit at which a casebook is signed: the last begun one that holds the form for it.

    A visit that only offers the form counts where it is asked for, as when a subject never got further.
    """
    found = sign_off_of(desk.study)
    if found is None:
        return None
    offered = {
        visit.visit: held.optional
        for visit in desk.study.head.visits
        for held in visit.forms
        if held.form == found.form
    }
    rows = desk.tables.find(VisitRow, subject=subject, status="started")
    begun = [row.key for row in rows if row.visit in offered]
    begun.sort(key=lambda key: (not offered[key.visit], desk.study.visit_order[key.visit], key.visit_n))
    if not begun or (offered[begun[-1].visit] and not even_optional):
        return None
    return begun[-1]


def policy_of(desk: Desk) -> PolicyRow:
    """The site's rules; their defaults where none were set."""
    return desk.tables.get(PolicyRow, "site") or PolicyRow("site", "")
