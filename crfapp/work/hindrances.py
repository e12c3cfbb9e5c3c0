"""What stands in the way of signing or locking, all of it, so that it can be put right (REQ-307)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.signing import is_signed
from crfapp.ledger.state import FindingRow, FormRow, QueryRow, VisitRow
from crfapp.study.types import Kind
from crfapp.work.conflicts import conflicts
from crfapp.work.obligations import is_done
from crfapp.work.obstacles import PHOTOGRAPH, REQUIRED, obstacles
from crfapp.work.offered import forms_at
from crfapp.work.sign_plan import sign_off_of, sign_off_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import VisitKey
    from crfapp.work.desk import Desk

EMPTY, HARD, QUERY, INCOMPLETE, VISIT = "empty", "hard", "query", "incomplete", "visit"
CONTRADICTION, PICTURE = "contradiction", "picture"
_HELD = ("started", "missed", "merged")


class Hindrance(NamedTuple):
    """One thing in the way. ``what``: empty, picture (a photograph that the visit needs), hard, query,
    contradiction, incomplete, visit, and of locking more.

    ``key`` is the form, ``cell`` the question, ``about`` the check, the query, the visit or
    the photograph.
    """

    what: str
    key: FormKey | None = None
    cell: Cell | None = None
    about: str = ""


def in_the_way_of_signing(desk: Desk, scope: Scope) -> Iterator[Hindrance]:
    """Required questions without an answer, hard checks, open queries; and forms yet to be completed.

    Of one form only what is in it counts: it may be signed before it is complete, as where its own signature
    is what is missing.
    """
    for key in begun_forms(desk, scope):
        yield from _of_form(desk, key)
    yield from open_queries(desk, scope)
    yield from contradictions(desk, scope)
    if scope.level in ("visit", "casebook"):
        yield from incomplete_forms(desk, scope)
    if scope.level == "casebook":
        yield from _visits_to_come(desk, scope.subject)


def begun_forms(desk: Desk, scope: Scope) -> list[FormKey]:
    """The forms in a scope that are part of what is signed, in the order of their keys."""
    named = {name: part for name, part in scope._asdict().items() if part}
    keys = (row.key for row in desk.tables.find(FormRow, **named))
    return [key for key in keys if is_signed(desk.versions.at(key), key.form)]


def _of_form(desk: Desk, key: FormKey) -> Iterator[Hindrance]:
    graph = desk.forms.get(key)
    for name, cell in obstacles(desk, key):
        if name.startswith(PHOTOGRAPH):
            yield Hindrance(PICTURE, key, cell, name.removeprefix(PHOTOGRAPH))
            continue
        required = name.startswith(REQUIRED)
        if required and graph.plan.items[cell.item].type.kind is Kind.SIGNATURE:
            continue
        yield Hindrance(EMPTY if required else HARD, key, cell, "" if required else name)


def open_queries(desk: Desk, scope: Scope) -> Iterator[Hindrance]:
    """Questions of checks and of people that are not closed, in a scope.

    What checks say of the form of the signature itself is no question about what is signed.
    """
    named = {name: part for name, part in scope._asdict().items() if part}
    for row in desk.tables.find(FindingRow, **named, state="open"):
        if row.level == "Q" and is_signed(desk.versions.at(row.key.of), row.form):
            yield Hindrance(QUERY, row.key.of, None, row.check)
    for query in desk.tables.find(QueryRow, **named):
        if query.state != "closed":
            key = FormKey(*query.scope) if query.form else None
            yield Hindrance(QUERY, key, None, query.query)


def contradictions(desk: Desk, scope: Scope) -> Iterator[Hindrance]:
    """Questions that two workstations answered differently, and nobody decided (REQ-609)."""
    for one in conflicts(desk.tables, scope.subject):
        if scope.covers(one.key.of) and is_signed(desk.versions.at(one.key.of), one.key.form, one.key.item):
            yield Hindrance(CONTRADICTION, one.key.of, Cell(one.key.row, one.key.item))


def incomplete_forms(desk: Desk, scope: Scope) -> Iterator[Hindrance]:
    """Forms that the visits of a scope ask for and that are not complete; logs go on and never are."""
    own = sign_off_of(desk.study)
    for at in visits_in(desk, scope):
        for key in forms_at(desk, at):
            if (own is None or key.form != own.form) and not is_done(desk, key):
                yield Hindrance(INCOMPLETE, key)


def visits_in(desk: Desk, scope: Scope) -> list[VisitKey]:
    """The visits of a scope that took place or are known not to, in the order of their keys."""
    named = {name: part for name, part in scope._asdict().items() if part}
    rows = desk.tables.find(VisitRow, **named)
    return [row.key for row in rows if row.status in _HELD]


def _visits_to_come(desk: Desk, subject: str) -> Iterator[Hindrance]:
    """Visits before the one that ends the casebook of which nobody has said what became of them."""
    last = sign_off_visit(desk, subject, even_optional=True)
    order = desk.study.visit_order
    for slot in desk.slots(subject):
        scheduled = desk.study.visit(slot.visit).kind == "scheduled"
        before = last is None or order[slot.visit] < order[last.visit]
        if scheduled and before and slot.status in ("expected", "booked"):
            yield Hindrance(VISIT, None, None, slot.visit)
