"""Which rows a form has: those of a log, the fixed ones of the pack, one for each row of another form."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from crfapp.form.graph import FormRowInfo
from crfapp.form.plan import tree_of
from crfapp.form.values import value_of
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import FormRowRow, ItemRow
from crfapp.study.language import RefKind, compile_expression
from crfapp.study.names import log_group
from crfapp.work.begun import forms_begun
from crfapp.work.units_then import as_asked_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crfapp.base.times import Moment
    from crfapp.form.plan_parts import FormPlan, Meaning
    from crfapp.study.language import Ref, Row, Source
    from crfapp.study.model import Rows, Section
    from crfapp.study.types import Value
    from crfapp.work.desk import Desk


def rows_of_form(desk: Desk, key: FormKey, plan: FormPlan) -> dict[str, list[FormRowInfo]]:
    """The rows that count, by group, from top to bottom."""
    return {
        section.section: list(_rows_of_section(desk, key, section, section.rows))
        for section in plan.form.sections
        if section.rows is not None and section.continues is None
    }


def _rows_of_section(desk: Desk, key: FormKey, section: Section, rows: Rows) -> list[FormRowInfo]:
    if rows.fixed:
        return [FormRowInfo(fixed, number, fixed) for number, fixed in enumerate(rows.fixed, 1)]
    if rows.each is not None:
        return _rows_for_each(desk, key, rows)
    mine = desk.tables.find(FormRowRow, **key._asdict(), section=section.section, voided=0)
    return [
        FormRowInfo(row.row, row.position, _label(desk, key, rows, row.row, row.position))
        for row in sorted(mine, key=lambda r: r.position)
    ]


def _label(desk: Desk, key: FormKey, rows: Rows, row: str, position: int) -> str:
    if rows.label is not None:
        stored = desk.stored(ItemKey(*key, row, rows.label.item))
        if stored is not None and stored.value:
            return stored.value
    return str(position)


def _rows_for_each(desk: Desk, key: FormKey, rows: Rows) -> list[FormRowInfo]:
    source = single_instance(desk, key.subject, rows.each or "")
    if source is None:
        return []
    where = _condition(rows.where) if rows.where else None
    groups = rows_of_form(desk, source, desk.forms.plan(source))
    return [
        info
        for info in groups.get(log_group(desk.study, source.form), ())
        if where is None or where(StoredRow(desk, source, info)) is True
    ]


@lru_cache(maxsize=256)
def _condition(where: str) -> Meaning:
    """A condition ready to run; it is asked whenever somebody looks at the rows."""
    return compile_expression(tree_of(where))


def labels_of_form(desk: Desk, key: FormKey) -> dict[str, str]:
    """What people call the rows of a form: key -> label or number."""
    plan = desk.forms.plan(key)
    return {info.key: info.label for group in rows_of_form(desk, key, plan).values() for info in group}


def single_instance(desk: Desk, subject: str, form: str) -> FormKey | None:
    """The one place where a subject's form of this kind was begun; the earliest where there are several."""
    began = forms_begun(desk, subject=subject, form=form)
    order = {visit.visit: place for place, visit in enumerate(desk.study.head.visits)}
    keys = sorted((row.key for row in began), key=lambda k: (order.get(k.visit, 0), k.visit_n, k.form_n))
    return keys[0] if keys else None


class StoredRow:
    """A row of a form that is not open, as a scope for expressions; ``reader`` is the form that asks."""

    def __init__(self, desk: Desk, key: FormKey, info: FormRowInfo, reader: FormKey | None = None) -> None:
        self._desk = desk
        self.key = key
        self._reader = reader or key
        self.info = info

    def value(self, ref: Ref) -> Value:
        """An item of this row, or of its form where it stands outside the rows; the row itself; P.NAME."""
        if ref.kind is RefKind.ROW:
            return self.info.key if ref.item == "KEY" else self.info.number
        if ref.kind is RefKind.PARAMETER:
            return self._desk.versions.at(self.key).parameter(ref.item)
        if ref.kind in (RefKind.VISIT, RefKind.SUBJECT):
            return self._desk.forms.outside(self.key).value(ref, "")
        plan = self._desk.forms.plan(self.key)
        planned = plan.items.get(ref.item)
        if planned is None:
            return None
        row = self.info.key if planned.group else ""
        place = ItemKey(*self.key, row, ref.item)
        value = recorded(self._desk, place)
        return as_asked_by(self._desk, self._desk.versions.at(self._reader), place, value)

    def missing_reason(self, ref: Ref) -> str | None:
        """The missing code at an item of this row."""
        stored = self._desk.stored(ItemKey(*self.key, self.info.key, ref.item))
        return None if stored is None or stored.hidden == 1 else stored.missing

    def rows(self, _source: Source) -> Sequence[Row]:
        """None: a stored row is only ever asked for its own items."""
        return ()

    def rows_holding(self, _source: Source, _item: str, _value: Value) -> Sequence[Row]:
        """None, for the same reason."""
        return ()

    def today(self) -> date:
        """The day at the site."""
        return self._desk.today

    def now(self) -> Moment:
        """The present at the site."""
        return self._desk.now


def recorded(desk: Desk, key: ItemKey) -> Value:
    """The value in force at an item; None where hidden, missing or not recorded."""
    row: ItemRow | None = desk.stored(key)
    if row is None or row.value is None or row.hidden == 1:
        return None
    planned = desk.forms.plan(key.of).items.get(key.item)
    return None if planned is None else value_of(row.value, planned.type)
