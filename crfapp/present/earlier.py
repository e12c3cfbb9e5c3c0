"""What the same question was answered at the visits before: in the inspector, and beside the field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crfapp.exchange.origin_words import source_words
from crfapp.form.values import shown
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import ItemRow, VisitRow
from crfapp.present.texts import isolated
from crfapp.present.words import UNIT_SIGNS
from crfapp.work.measure_source import source_of
from crfapp.work.reading_items import field_of, manner_of

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace


class Earlier(NamedTuple):
    """One answer at an earlier visit; ``day`` is ISO text, empty where the visit has none."""

    visit: str
    day: str
    text: str


def earlier_answers(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> list[Earlier]:
    """The same question, in the same row, at the visits before this one; the first visit first."""
    order = {visit: place for place, visit in enumerate(at.study.visits)}
    days = {row.key[1:]: row.date or "" for row in at.tables.find(VisitRow, subject=key.subject)}
    here = days.get((key.visit, key.visit_n))

    def place(visit: str, n: int) -> tuple[int, int]:
        return order.get(visit, 0), n

    def is_before(visit: str, n: int) -> bool:
        day = days.get((visit, n))
        if day and here and day != here:
            return day < here
        return place(visit, n) < place(key.visit, key.visit_n)

    rows = at.tables.find(ItemRow, subject=key.subject, form=key.form, row=cell.row, item=cell.item)
    before = [row for row in rows if is_before(row.visit, row.visit_n)]
    others = [row for row in before if row.value is not None and not row.hidden]
    others.sort(key=lambda row: (*place(row.visit, row.visit_n), row.form_n))
    field, manner = field_of(at.desk, key, planned), manner_of(at.desk, key)
    return [
        Earlier(row.visit, days.get((row.visit, row.visit_n), ""), shown(row.value or "", field, manner))
        for row in others
    ]


def beside_words(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> str:
    """How a measure came about, then the answer of the last visit; empty where there is neither."""
    source = source_words(at.texts, source_of(at.desk, ItemKey(*key, *cell)))
    return " · ".join(filter(None, (source, previous_words(at, key, cell, planned))))


def previous_words(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> str:
    """``5 Jan: 61.5 kg``: the answer of the last visit that has one; empty where none has.

    Only for items whose pack says ``previous: show``.
    """
    if planned.item.previous is None:
        return ""
    found = earlier_answers(at, key, cell, planned)
    if not found:
        return ""
    last = max(found, key=lambda one: one.day)
    unit = UNIT_SIGNS.get(planned.item.unit or "", planned.item.unit or "")
    day = at.texts.short_date(date.fromisoformat(last.day)) if last.day else at.study_texts.visit(last.visit)
    return at.texts("{visit}: {value}", visit=day, value=isolated(f"{last.text} {unit}".strip()))
