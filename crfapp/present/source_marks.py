"""Marks of verification in the casebook, for whoever verifies: beside each question, and by its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.ledger.keys import EventId, ItemKey
from crfapp.ledger.state import SubjectRow, VerifiedRow
from crfapp.present.form_view import Patch, Refusal
from crfapp.present.problem_texts import problem_text
from crfapp.present.source_form import SourceForm
from crfapp.study.verification import OFFERED, verification_plan
from crfapp.work.roles import Right
from crfapp.work.verification import VerifyItem
from crfapp.work.verification_standing import day_of, open_queries, stands_there

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import ItemRow
    from crfapp.present.workplace import Workplace


def source_mark(at: Workplace, key: FormKey, cell: Cell, stored: ItemRow | None) -> str:
    """done, changed, queried or planned, for whoever verifies; empty where nothing is compared.

    ``cell`` stands in a row that counts; ``stored`` is what is recorded there.
    """
    if stored is None or not at.actor.may(Right.VERIFY) or not stands_there(stored):
        return ""
    plan = verification_plan(at.study_at(key))
    offer = plan.offer(key.form, cell.item)
    subject = at.tables.get(SubjectRow, key.subject) if offer in OFFERED else None
    if subject is None or not plan.wants(subject.number, day_of(at.desk, subject, key.at), offer):
        return ""
    mark = at.tables.get(VerifiedRow, *stored.key)
    if mark is not None and mark.state == "done":
        return "done"
    if stored.key in open_queries(at.desk, key.subject):
        return "queried"
    return "changed" if mark is not None and mark.state == "changed" else "planned"


class SourceActs:
    """What the keys of verification do in the casebook."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._passed: set[ItemKey] = set()

    def verify(self, key: FormKey, cell: Cell) -> Patch:
        """The answer agrees with its source."""
        stored = self._at.desk.stored(ItemKey(*key, *cell))
        head = stored.head if stored is not None else EventId("", 0)
        try:
            self._at.send(VerifyItem(key=key, row=cell.row, item=cell.item, head=head))
        except AppProblem as problem:
            what, todo = problem_text(problem, self._at.texts)
            return Patch(refusal=Refusal(problem.code.value, f"{what} {todo}".strip()))
        return Patch(cells=frozenset({cell}), saved=self._at.texts.clock(self._at.now.local))

    def skip(self, key: FormKey, cell: Cell) -> None:
        """Leave it for later."""
        self._passed.add(ItemKey(*key, *cell))

    def following(self, key: FormKey, cell: Cell) -> Cell | None:
        """The next answer of the form that waits; None where none does."""
        subject = self._at.tables.get(SubjectRow, key.subject)
        if subject is None:
            return None
        return SourceForm(self._at, key, subject).next_after(cell, frozenset(self._passed))
