"""The signs of one subject over the checklists: scored, asked and none, not asked, and of which event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import ItemKey
from crfapp.present.address import Address
from crfapp.present.palette import CASEBOOK
from crfapp.present.safety_view import SignCell, SignLine, SignMatrix
from crfapp.present.texts import isolated
from crfapp.work.begun import forms_begun
from crfapp.work.owed_notices import number_of
from crfapp.work.rows import labels_of_form
from crfapp.work.signs import event_log, is_there, linked, score_of, sign_group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace

NOT_ASKED = "·"
"""Stands where nobody asked: that is another thing than none."""


def sign_matrix(at: Workplace, subject: str) -> SignMatrix | None:
    """The matrix; None where the study has no checklist, or none was begun. Signs that were never there are
    left out."""
    list_ = at.study.head.checklist
    if list_ is None:
        return None
    begun = [row.key for row in forms_begun(at.desk, subject=subject, form=list_.form)]
    keys = sorted(begun, key=lambda key: (str(at.desk.visit_date(key) or ""), key.visit_n, key.form_n))
    if not keys:
        return None
    events = _events(at, subject)
    lines = []
    for row, label in _targets(at, keys).items():
        for item in list_.signs:
            cells = tuple(_cell(at, ItemKey(*key, row, item), events) for key in keys)
            if any(cell.there or cell.event for cell in cells):
                asked = [key for key in keys if score_of(at.desk, ItemKey(*key, row, item))]
                last = asked[-1] if asked else keys[-1]
                title = f"{isolated(label)} {at.study_texts.item(list_.form, item)}"
                lines.append(SignLine(title, cells, Address(CASEBOOK, *last, row=row, item=item)))
    columns = tuple(_column(at, key) for key in keys)
    return SignMatrix(isolated(number_of(at.desk, subject)), columns, tuple(lines))


def _targets(at: Workplace, keys: Sequence[FormKey]) -> dict[str, str]:
    found: dict[str, str] = {}
    group = sign_group(at.desk)
    for key in keys:
        rows = {row.info.key for row in at.desk.forms.get(key).rows_in(group)} if group else {""}
        labels = labels_of_form(at.desk, key)
        found |= {row: labels.get(row, "") for row in rows}
    return dict(sorted(found.items(), key=lambda one: one[1]))


def _events(at: Workplace, subject: str) -> Mapping[str, str]:
    key = event_log(at.desk, subject)
    plan = at.desk.forms.get(key)
    return {
        row.info.key: f"{key.form} {row.info.number}"
        for group in plan.plan.groups
        if group
        for row in plan.rows_in(group)
    }


def _cell(at: Workplace, place: ItemKey, events: Mapping[str, str]) -> SignCell:
    score, said = score_of(at.desk, place), linked(at.desk, place)
    event = events.get(said.event_row, "") if said is not None else ""
    return SignCell(score or NOT_ASKED, is_there(score), isolated(event) if event else "")


def _column(at: Workplace, key: FormKey) -> str:
    day = at.desk.visit_date(key)
    return at.texts.short_date(day) if day is not None else at.study_texts.visit(key.visit)
