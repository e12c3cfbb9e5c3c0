"""What the study wants signed, what of it waits, and what a signature states (REQ-304, 306).

Everything here is read from the tables alone: no form is opened, so that a whole site can be looked through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import FormRow, PolicyRow, SignatureRow, VisitRow

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def study_in(desk: Desk, scope: Scope) -> Study:
    """The version of the study whose plan says how a form, visit or casebook is signed."""
    if scope.form:
        return desk.versions.at(FormKey(*scope))
    if scope.visit:
        return desk.versions.of_visit(VisitKey(*scope[:3]))
    return desk.versions.of_subject(scope.subject)


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


def wanted(desk: Desk, subject: str = "", *, offers: bool = False) -> Iterator[Wanted]:
    """What the plan asks for, current or not: of forms that were begun, of visits, of casebooks.

    Of one subject, or of the whole site: then a few reads do for all. What the plan only offers is there
    once it was signed; with ``offers`` before that too.
    """
    reader = _Reader(desk, {"subject": subject} if subject else {})
    for version in desk.versions.loaded():
        for plan in version.head.signing:
            for scope, day in reader.places(plan, offers=offers):
                if study_in(desk, scope) is version:
                    yield reader.asked(scope, plan, day)


class _Reader:
    """The signatures of a subject or the site, and the places at which a plan asks for one."""

    def __init__(self, desk: Desk, whose: dict[str, str]) -> None:
        self._desk, self._whose = desk, whose
        self._sign_days = policy_of(desk).sign_days
        found = sorted(desk.tables.find(SignatureRow, **whose), key=lambda row: (row.at, row.seq))
        self._last = {(row.scope, row.meaning): row for row in found if row.subject}

    def places(self, plan: SignaturePlan, *, offers: bool) -> Iterator[tuple[Scope, str]]:
        """Where something is signed by a plan, with the day of the visit it belongs to."""
        if plan.forms:
            yield from self._forms(plan)
            return
        found = dict(self._visits(plan)) if plan.required or offers else {}
        if plan.casebook is not None and plan.required:
            found |= {Scope(subject): day for subject, day in self._reached().items()}
        signed_once = (scope for scope, meaning in self._last if meaning == plan.meaning)
        yield from (dict.fromkeys(signed_once, "") | found).items()

    def _forms(self, plan: SignaturePlan) -> Iterator[tuple[Scope, str]]:
        """Begun forms; a log belongs to no day, there the day on which it was begun or completed counts."""
        for form in plan.forms:
            for row in self._desk.tables.find(FormRow, **self._whose, form=form):
                visit = self._desk.tables.get(VisitRow, *row.key.at)
                day = visit.date if visit is not None else None
                yield Scope(*row.key), day or row.changed[: len("2025-01-05")]

    def _visits(self, plan: SignaturePlan) -> Iterator[tuple[Scope, str]]:
        for visit in plan.visits:
            for row in self._desk.tables.find(VisitRow, **self._whose, visit=visit, status="started"):
                yield Scope(*row.key), row.date or ""

    def _reached(self) -> dict[str, str]:
        """The subjects whose visit for the sign-off has begun, with the day of the last such visit."""
        found: dict[str, str] = {}
        for visit, optional in sign_off_visits(self._desk.study).items():
            if not optional:
                rows = self._desk.tables.find(VisitRow, **self._whose, visit=visit, status="started")
                for row in rows:
                    found[row.subject] = max(found.get(row.subject, ""), row.date or "")
        return found

    def asked(self, scope: Scope, plan: SignaturePlan, day: str) -> Wanted:
        """How a signature stands at one place."""
        row = self._last.get((scope, plan.meaning))
        state = UNSIGNED if row is None else CURRENT if row.state == "valid" else OUTDATED
        within = self._sign_days if plan.within is None else plan.within
        due = date.fromisoformat(day) + timedelta(days=within) if day else None
        return Wanted(scope, plan, state, row, due)


def sign_off_visits(study: Study) -> dict[str, bool]:
    """The visits that hold the form of the casebook's signature, and whether they only offer it."""
    found = sign_off_of(study)
    return {
        visit.visit: held.optional
        for visit in study.head.visits
        for held in visit.forms
        if found is not None and held.form == found.form
    }


def sign_off_of(study: Study) -> SignOff | None:
    """The form of the casebook's signature; None where the study has none."""
    return next((plan.casebook for plan in study.head.signing if plan.casebook is not None), None)


def sign_off_visit(desk: Desk, subject: str, *, even_optional: bool = False) -> VisitKey | None:
    """The visit at which a casebook is signed: the last begun one that holds the form for it.

    A visit that only offers the form counts where it is asked for, as when a subject never got further.
    """
    offered = sign_off_visits(desk.study)
    rows = desk.tables.find(VisitRow, subject=subject, status="started")
    begun = [row.key for row in rows if row.visit in offered]
    begun.sort(key=lambda key: (not offered[key.visit], desk.study.visit_order[key.visit], key.visit_n))
    if not begun or (offered[begun[-1].visit] and not even_optional):
        return None
    return begun[-1]


def policy_of(desk: Desk) -> PolicyRow:
    """The site's rules; their defaults where none were set."""
    return desk.tables.get(PolicyRow, "site") or PolicyRow("site", "")
