"""What keeps a form, visit, casebook or site from being locked (REQ-607)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import FormRow, LockRow, SubjectRow, VisitRow
from crfapp.work.hindrances import (
    INCOMPLETE,
    Hindrance,
    begun_forms,
    contradictions,
    incomplete_forms,
    open_queries,
)
from crfapp.work.obstacles import obstacles
from crfapp.work.sign_plan import CURRENT, wanted
from crfapp.work.verification_standing import planned_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk

SIGNATURE, VERIFICATION, UNLOCKING, UNLOCKED = "signature", "verification", "unlocking", "unlocked"


def in_the_way_of_locking(desk: Desk, scope: Scope) -> Iterator[Hindrance]:
    """Everything: not complete, open queries, signatures, verification, wishes to unlock below it.

    A site is locked when all its casebooks are.
    """
    if scope.level == "site":
        yield from _casebooks(desk)
        return
    yield from _incomplete(desk, scope)
    yield from open_queries(desk, scope)
    yield from contradictions(desk, scope)
    yield from _signatures(desk, scope)
    yield from _unverified(desk, scope)
    for row in desk.tables.find(LockRow, subject=scope.subject):
        if row.asked and _inside(row.scope, scope):
            yield Hindrance(UNLOCKING, about=row.scope.level)


def _inside(one: Scope, outer: Scope) -> bool:
    """Whether a scope is another one or lies in it."""
    return all(not wide or wide == narrow for wide, narrow in zip(outer, one, strict=True))


def _casebooks(desk: Desk) -> Iterator[Hindrance]:
    for subject in desk.tables.find(SubjectRow):
        row = desk.tables.get(LockRow, *Scope(subject.subject))
        if row is None or row.state != "locked":
            yield Hindrance(UNLOCKED, about=subject.number)


def _incomplete(desk: Desk, scope: Scope) -> Iterator[Hindrance]:
    """Forms that are not complete; a log that goes on until it is locked has nothing in the way."""
    if scope.level == "form":
        yield from _form_incomplete(desk, FormKey(*scope))
        return
    yield from incomplete_forms(desk, scope)
    if scope.level == "visit" and desk.tables.get(VisitRow, *scope[:3]) is None:
        yield Hindrance("visit", about=scope.visit)
    for key in begun_forms(desk, scope):
        if desk.study.visit(key.visit).kind == "log":
            yield from _form_incomplete(desk, key)


def _form_incomplete(desk: Desk, key: FormKey) -> Iterator[Hindrance]:
    row = desk.tables.get(FormRow, *key)
    log = desk.study.visit(key.visit).kind == "log"
    done = row is not None and row.status == "complete"
    if row is None or not (done or log) or next(obstacles(desk, key), None) is not None:
        yield Hindrance(INCOMPLETE, key)


def _signatures(desk: Desk, scope: Scope) -> Iterator[Hindrance]:
    """Signatures that the plan asks for inside the scope and that are not current."""
    found = {
        (one.scope, one.plan.meaning): one.state
        for one in wanted(desk, scope.subject)
        if one.plan.required and _inside(one.scope, scope)
    }
    if scope.level == "casebook":  # it is asked for even where its form is not reached yet
        plans = (plan.meaning for plan in desk.study.head.signing if plan.casebook and plan.required)
        found |= {(scope, meaning): found.get((scope, meaning), "") for meaning in plans}
    for (at, meaning), state in found.items():
        if state != CURRENT:
            yield Hindrance(SIGNATURE, FormKey(*at) if at.form else None, about=meaning)


def _unverified(desk: Desk, scope: Scope) -> Iterator[Hindrance]:
    """Forms with an answer that the plan wants compared with its source, and that was not as it is now."""
    subject = desk.tables.get(SubjectRow, scope.subject)
    if subject is None:
        return
    form = FormKey(*scope) if scope.form else None
    planned = planned_items(desk, subject, form)
    open_forms = (one.key.of for one in planned if one.state != "done" and scope.covers(one.key.of))
    for key in dict.fromkeys(open_forms):
        yield Hindrance(VERIFICATION, key)
