"""Asking, answering, closing: what the casebook and the page of queries have done in a person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.form.graph import Cell
from crfapp.ledger.events import PackageTakenIn, QueryEvent, QueryRaised
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import FindingRow, QueryRow
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import N_
from crfapp.present.threads import found_by
from crfapp.work.entry import ConfirmFinding
from crfapp.work.queries import AnswerQuery, CloseQuery, RaiseQuery, ReopenQuery
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.work.bus import Outcome
    from crfapp.work.cases import Command

MARKS = {"open": N_("query open"), "answered": N_("query answered")}


class Asking:
    """Acts on queries; every one gives back the sentence of a refusal, or nothing where it was done.

    It also knows, without asking the tables for every question on a page, where something is not closed.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._subject = ""
        self._waiting: tuple[QueryRow, ...] | None = None
        workplace.listen(self._notice)

    @property
    def may_ask(self) -> bool:
        """Whether this person raises queries."""
        return self._at.actor.may(Right.ASK)

    def ask(self, scope: Scope, cell: Cell | None, text: str) -> str:
        """Raise a query about a question, or about a form, a visit or a casebook as a whole."""
        row, item = cell if cell is not None else ("", "")
        return self._do(RaiseQuery(scope=scope, row=row, item=item, text=text))

    def answer(self, key: str, text: str) -> str:
        """Answer a person; or say why an answer is right that a check asks about."""
        row = found_by(self._at, key)
        if isinstance(row, FindingRow):
            place = {"row": row.row, "item": row.item, "check": row.check}
            return self._do(ConfirmFinding(key=row.key.of, **place, reason=text))
        return self._do(AnswerQuery(query=key, text=text))

    def close(self, key: str, text: str) -> str:
        """The person is content."""
        return self._do(CloseQuery(query=key, text=text))

    def reopen(self, key: str, text: str) -> str:
        """Ask again; about what the site answered to a check, a person's query takes over and names it."""
        row = found_by(self._at, key)
        if isinstance(row, FindingRow):
            said = self._at.texts("{check}: {text}", check=row.check, text=text.strip())
            return self.ask(Scope(*row.key.of), Cell(row.row, row.item), said if text.strip() else "")
        return self._do(ReopenQuery(query=key, text=text))

    def mark(self, key: FormKey, cell: Cell) -> str:
        """Whether something is asked about a question: ``open``, ``answered`` or nothing."""
        return self._strongest([row for row in self._of(key.subject) if row[1:8] == (*key, *cell)])

    def form_marks(self, subject: str) -> dict[FormKey, str]:
        """The forms of a subject in which something is not closed, at a question or as a whole."""
        held: dict[FormKey, list[QueryRow]] = {}
        for row in self._of(subject):
            held.setdefault(FormKey(*row[1:6]), []).append(row)
        return {key: self._strongest(rows) for key, rows in held.items()}

    def open_at(self, key: FormKey, cell: Cell) -> str | None:
        """The query that a correction here answers."""
        found = [row for row in self._of(key.subject) if row.state == "open" and row[1:8] == (*key, *cell)]
        return min(found, key=lambda row: (row.opened, row.query)).query if found else None

    def forget(self) -> None:
        """Look anew."""
        self._waiting = None

    def _of(self, subject: str) -> tuple[QueryRow, ...]:
        if self._waiting is None or subject != self._subject:
            rows = self._at.tables.find(QueryRow, subject=subject)
            self._subject, self._waiting = subject, tuple(row for row in rows if row.state != "closed")
        return self._waiting

    def _strongest(self, rows: list[QueryRow]) -> str:
        states = {row.state for row in rows}
        return "open" if "open" in states else "answered" if states else ""

    def _notice(self, outcome: Outcome) -> None:
        if any(isinstance(event, QueryRaised | QueryEvent | PackageTakenIn) for event in outcome.events):
            self.forget()

    def _do(self, command: Command) -> str:
        try:
            self._at.send(command)
        except AppProblem as problem:
            return " ".join(part for part in problem_text(problem, self._at.texts) if part)
        return ""
