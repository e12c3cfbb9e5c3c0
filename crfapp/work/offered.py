"""Which forms a visit asks for: those of the schedule, less those whose condition does not hold.

A form that the running logs hold is one log for the whole study, wherever the schedule names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.plan import tree_of
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FormRow, VisitRow
from crfapp.study.language import compile_expression
from crfapp.work.outside import ElsewhereScope, OutsideForm

if TYPE_CHECKING:
    from crfapp.study.model import VisitForm
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk


_NOT_HELD = ("missed", "merged", "cancelled")


def home_of(study: Study, key: FormKey) -> FormKey:
    """Where a form really stands: in the running logs, if they hold it, else where it is named."""
    for visit in study.head.visits:
        if visit.kind == "log" and key.form in {held.form for held in visit.forms}:
            return FormKey(key.subject, visit.visit, 1, key.form, 1)
    return key


def forms_at(desk: Desk, at: VisitKey) -> list[FormKey]:
    """The forms of a visit occurrence in their order; begun ones stay, whatever became of the condition.

    A visit that did not take place keeps its own form, and what was begun in it before. What a merged one
    holds besides is asked in the visit it went into.
    """
    begun = {row.key for row in desk.tables.find(FormRow, subject=at.subject)}
    found: list[FormKey] = []
    for held in held_at(desk, at):
        home = home_of(desk.study, FormKey(*at, held.form, 1))
        numbers = sorted(key.form_n for key in begun if key[:4] == home[:4])
        if numbers or _asked(desk, at, held):
            found += [home._replace(form_n=n) for n in numbers or [1]]
    return found


def held_at(desk: Desk, at: VisitKey) -> tuple[VisitForm, ...]:
    """What a visit holds, with the forms of visits that were merged into it."""
    own = _holds(desk, at)
    row = desk.tables.get(VisitRow, *at)
    if row is not None and row.status in _NOT_HELD:
        visit_form = desk.study.head.visit_items.status.partition(".")[0]
        begun = {form.form for form in desk.tables.find(FormRow, **at._asdict())}
        return tuple(held for held in own if held.form == visit_form or held.form in begun)
    names = {held.form for held in own}
    return own + tuple(
        held
        for merged in merged_into(desk, at)
        for held in _holds(desk, at._replace(visit=merged, visit_n=1))
        if held.form not in names
    )


def _holds(desk: Desk, at: VisitKey) -> tuple[VisitForm, ...]:
    """What the version holds under which a visit stands; what it does not know another one does."""
    study = desk.versions.of_visit(at)
    return (study if at.visit in study.visits else desk.study).visit(at.visit).forms


def merged_into(desk: Desk, at: VisitKey) -> list[str]:
    """The visits that were merged into one, in the order of the schedule."""
    rows = desk.tables.find(VisitRow, subject=at.subject, status="merged", why=at.visit)
    return sorted((row.visit for row in rows), key=lambda visit: desk.study.visit_order[visit])


def is_asked(desk: Desk, key: FormKey) -> bool:
    """Whether a visit asks for a form by itself, begun or not."""
    return any(held.form == key.form and _asked(desk, key.at, held) for held in held_at(desk, key.at))


def _asked(desk: Desk, at: VisitKey, held: VisitForm) -> bool:
    if held.when is None:
        return not held.optional or desk.study.visit(at.visit).kind == "log"
    outside = OutsideForm(desk, FormKey(*at, "", 0))
    return compile_expression(tree_of(held.when))(ElsewhereScope(outside)) is True
