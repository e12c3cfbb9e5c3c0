"""What the program writes where something was signed: the place of the signature, and the sign-off form.

Nobody types these: who signed, when, how many queries were open, how many forms not complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.findings import must_answer
from crfapp.form.graph import Answer, Cell
from crfapp.form.values import value_of
from crfapp.ledger.events import Event, FormCompleted, ValueRecorded
from crfapp.ledger.keys import FormKey, ItemKey, Scope
from crfapp.ledger.state import FormRow
from crfapp.study.types import Kind
from crfapp.work.consequences import follow
from crfapp.work.heads import heads_of
from crfapp.work.hindrances import incomplete_forms, open_queries
from crfapp.work.obstacles import obstacles
from crfapp.work.readiness import begin_form
from crfapp.work.sign_plan import sign_off_of, sign_off_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk

PROGRAM = "program"
"""The origin of an answer that the program gave by itself (REQ-407)."""


def written_by_signing(desk: Desk, scope: Scope, login: str) -> Iterator[Event]:
    """Everything that is written because something was signed: here, and on the form of the signature."""
    if scope.level == "form":
        yield from _signature_of_form(desk, FormKey(*scope), login)
        return
    key = sign_off_form(desk, scope)
    if key is not None:
        yield from _sign_off(desk, key, scope, login)


def sign_off_form(desk: Desk, scope: Scope) -> FormKey | None:
    """The form on which a signature of a casebook stands, or of a visit that offers the form for itself."""
    found = sign_off_of(desk.study)
    if found is None:
        return None
    if scope.level == "casebook":
        at = sign_off_visit(desk, scope.subject, even_optional=True)
        return FormKey(*at, found.form, 1) if at is not None else None
    held = next((one for one in desk.study.visit(scope.visit).forms if one.form == found.form), None)
    offered = held is not None and held.optional
    return FormKey(scope.subject, scope.visit, scope.visit_n, found.form, 1) if offered else None


def _signature_of_form(desk: Desk, key: FormKey, login: str) -> Iterator[Event]:
    graph = desk.forms.get(key)
    for cell in list(graph.cells()):
        state = graph.state(cell)
        signature = graph.plan.items[cell.item].type.kind is Kind.SIGNATURE
        if signature and state is not None and state.visible:
            yield from _write(desk, key, cell, login)


def _sign_off(desk: Desk, key: FormKey, scope: Scope, login: str) -> Iterator[Event]:
    found = sign_off_of(desk.study)
    assert found is not None  # noqa: S101 - whoever asks has its key
    told = (
        (found.queries, str(sum(1 for _ in open_queries(desk, scope)))),
        (found.incomplete, str(sum(1 for _ in incomplete_forms(desk, scope)))),
        (found.at, str(desk.now)),
        (found.signature, login),
    )
    for item, text in told:
        if item is not None:
            yield from _write(desk, key, Cell("", item), text)
    graph, row = desk.forms.get(key), desk.tables.get(FormRow, *key)
    if row is not None and row.status != "complete" and next(obstacles(desk, key), None) is None:
        answers = sum(not must_answer(graph.kept(cell)) for cell in graph.cells())
        yield desk.lay(FormCompleted(**key._asdict(), answers=answers))


def _write(desk: Desk, key: FormKey, cell: Cell, text: str) -> Iterator[Event]:
    """An answer of the program, with what follows of it; nothing where it says what is there."""
    stored = desk.stored(ItemKey(*key, *cell))
    if stored is not None and (stored.value, stored.hidden) == (text, 0):
        return
    yield from begin_form(desk, key)
    place = {**key._asdict(), "row": cell.row, "item": cell.item}
    heads = heads_of(desk, ItemKey(*key, *cell))
    told = {"value": text, "origin": PROGRAM, "captured_at": desk.stamp(), "supersedes": heads}
    yield desk.lay(ValueRecorded(**place, **told))
    graph = desk.forms.get(key)
    kind = graph.plan.items[cell.item].type
    changed = graph.answer(cell, Answer(value_of(text, kind), text, None))
    yield from follow(desk, key, changed, asked=cell)
