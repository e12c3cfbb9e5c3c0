"""What ends a subject's visits: a day recorded in a form, after which those to come are cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from crfapp.base.dates import PartialDate
from crfapp.form.plan import tree_of
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import ItemRow
from crfapp.study.language import compile_expression
from crfapp.work.begun import forms_begun
from crfapp.work.outside import ElsewhereScope, OutsideForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.study.model import End
    from crfapp.work.desk import Desk
    from crfapp.work.schedule import Slot

TO_COME = ("expected", "booked")
Ending = tuple[date, "End"]


def ends_of(desk: Desk, subject: str) -> list[Ending]:
    """The days after which this subject's visits are cancelled, with what the pack says of each."""
    if not desk.study.head.ends:
        return []
    found: list[Ending] = []
    for end in desk.study.head.ends:
        form, _, item = end.date.partition(".")
        if not forms_begun(desk, subject=subject, form=form):
            continue
        rows = desk.tables.find(ItemRow, subject=subject, form=form, item=item)
        found += [
            (PartialDate.parse(row.value).lo, end)
            for row in rows
            if row.value is not None and row.hidden != 1
        ]
    return found


def without_ended(desk: Desk, subject: str, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The schedule, with the visits to come cancelled that lie beyond an end and that nothing keeps."""
    ends = ends_of(desk, subject)

    def is_ended(slot: Slot) -> bool:
        day = slot.booked or slot.planned
        if slot.status not in TO_COME or day is None:
            return False
        return any(day > last and not _kept(desk, subject, slots, slot, end) for last, end in ends)

    return tuple(replace(slot, status="cancelled") if is_ended(slot) else slot for slot in slots)


def _kept(desk: Desk, subject: str, slots: Sequence[Slot], slot: Slot, end: End) -> bool:
    if end.keeps is None:
        return False
    outside = OutsideForm(desk, FormKey(subject, slot.visit, slot.visit_n, "", 0), slots)
    return compile_expression(tree_of(end.keeps))(ElsewhereScope(outside)) is True
