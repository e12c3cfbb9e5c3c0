"""Which forms a visit asks for: those of the schedule, less those whose condition does not hold.

A form that the running logs hold is one log for the whole study, wherever the schedule names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.plan import tree_of
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FormRow
from crfapp.study.language import compile_expression
from crfapp.work.outside import OutsideForm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crfapp.base.times import Moment
    from crfapp.study.language import Ref, Row, Source
    from crfapp.study.model import VisitForm
    from crfapp.study.study import Study
    from crfapp.study.types import Value
    from crfapp.work.desk import Desk


def home_of(study: Study, key: FormKey) -> FormKey:
    """Where a form really stands: in the running logs, if they hold it, else where it is named."""
    for visit in study.head.visits:
        if visit.kind == "log" and key.form in {held.form for held in visit.forms}:
            return FormKey(key.subject, visit.visit, 1, key.form, 1)
    return key


def forms_at(desk: Desk, at: VisitKey) -> list[FormKey]:
    """The forms of a visit occurrence in their order; begun ones stay, whatever became of the condition."""
    begun = {row.key for row in desk.tables.find(FormRow, subject=at.subject)}
    found: list[FormKey] = []
    for held in desk.study.visit(at.visit).forms:
        home = home_of(desk.study, FormKey(*at, held.form, 1))
        numbers = sorted(key.form_n for key in begun if key[:4] == home[:4])
        if numbers or _asked(desk, at, held):
            found += [home._replace(form_n=n) for n in numbers or [1]]
    return found


def _asked(desk: Desk, at: VisitKey, held: VisitForm) -> bool:
    if held.when is None:
        return not held.optional or desk.study.visit(at.visit).kind == "log"
    return compile_expression(tree_of(held.when))(_VisitScope(desk, at)) is True


class _VisitScope:
    """A visit as the scope of a condition; it has no items of its own."""

    def __init__(self, desk: Desk, at: VisitKey) -> None:
        self._outside = OutsideForm(desk, FormKey(*at, "", 0))

    def value(self, ref: Ref) -> Value:
        return self._outside.value(ref, "")

    def missing_reason(self, ref: Ref) -> str | None:
        return self._outside.missing_reason(ref, "")

    def rows(self, source: Source) -> Sequence[Row]:
        return self._outside.rows(source)  # type: ignore[return-value]  # scopes of the same shape

    def today(self) -> date:
        return self._outside.today()

    def now(self) -> Moment:
        return self._outside.now()
