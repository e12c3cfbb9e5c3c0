"""Forms to be moved to the subject they belong to, as lines for Today: to be agreed to, to be carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import MoveRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.form_notes import may_decide
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import isolated
from crfapp.present.today_view import OwedLine
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace


def move_lines(at: Workplace) -> tuple[OwedLine, ...]:
    """What waits for this person, the earliest request first."""
    asked = [row for row in at.tables.find(MoveRow, state="asked") if may_decide(at, row)]
    agreed = list(at.tables.find(MoveRow, state="agreed")) if at.actor.may(Right.RECORD) else []
    return tuple(_line(at, row) for row in sorted([*asked, *agreed], key=lambda row: row.asked_at))


def _line(at: Workplace, row: MoveRow) -> OwedLine:
    say, texts = at.texts, at.study_texts
    form = texts.form(row.form)
    if row.state == "asked":
        what = say("{form} was entered for the wrong subject: agree or not", form=form)
    else:
        what = say("{form} can be moved now: it was agreed to", form=form)
    numbers = [at.tables.get(SubjectRow, subject) for subject in (row.subject, row.to_subject)]
    here, there = (isolated(found.number if found is not None else "") for found in numbers)
    to = say("to {subject}, {visit}", subject=there, visit=texts.visit(row.to_visit))
    return OwedLine(
        title=f"{here} · {what}",
        text=f"{to} · {isolated(row.asked_name)}: {row.reason or ''}",
        due="",
        visit=texts.visit(row.visit),
        address=Address(CASEBOOK, *row.key),
        pill="warn",
    )
