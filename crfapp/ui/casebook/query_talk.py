"""Asking and answering in the casebook: about the question in focus, a form, a visit, the casebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crfapp.ledger.keys import Scope

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.ui.casebook.page import CasebookView


class QueryTalk(QObject):
    """Turns the inspector to what is asked, and brings what is written there to the presenter.

    ``about`` is what the inspector speaks of: a question of a form, or something as a whole.
    """

    def __init__(self, view: CasebookView) -> None:
        super().__init__(view)
        self._view = view
        self.about: tuple[Scope, Cell | None] | None = None
        view.form.focused.connect(self._question_focused)
        view.form.head.query_wanted.connect(self.ask_about_form)
        view.card.query_wanted.connect(self.ask_about_visit)
        view.inspector.said.connect(self._say)
        view.inspector.left.connect(self._go_back)
        view.inspector.decided.connect(self._decide)

    def open_query(self) -> None:
        """F2: the lines for a question about what is in focus, or for the answer to what is open there."""
        question = self._view.form.question_in_focus()
        entry = self._view.form.entry
        if question is not None and entry is not None and self._view.key is not None:
            self.about = Scope(*self._view.key), question.cell
            self._view.inspector.show_inspection(entry.page.inspect(question.cell))
            self._bring()
        elif self._view.key is not None:
            self.ask_about_form()
        else:
            self.ask_about_visit()

    def ask_about_form(self) -> None:
        """About the open form as a whole."""
        if self._view.key is not None:
            self._speak_of(Scope(*self._view.key))

    def ask_about_visit(self) -> None:
        """About the open visit as a whole."""
        visit, n = self._view.at
        if visit:
            self._speak_of(Scope(self._view.subject, visit, n))

    def ask_about_casebook(self) -> None:
        """About the subject's casebook as a whole."""
        if self._view.subject:
            self._speak_of(Scope(self._view.subject))

    def refresh(self) -> None:
        """Something was said or answered elsewhere: show where everything stands."""
        view = self._view
        if view.form.entry is not None and view.key is not None:
            view.form.entry.redraw(tuple(view.form.entry.questions))
            view.form.head.show_head(view.form.entry.page.head())
        view.reread()
        self._show()

    # ---- inside

    def _speak_of(self, scope: Scope) -> None:
        self.about = scope, None
        self._show()
        self._bring()

    def _bring(self) -> None:
        self._view.bring_inspector("queries")
        self._view.inspector.write_query()

    def _show(self) -> None:
        """The inspector, as what it speaks of now stands."""
        if self.about is None or (self._view.inspector.shown is None and self.about[1] is not None):
            return
        scope, cell = self.about
        entry = self._view.form.entry
        if cell is None:
            self._view.inspector.show_inspection(self._view.casebook.inspect_scope(scope))
        elif entry is not None and self._view.key is not None and scope == Scope(*self._view.key):
            self._view.inspector.show_inspection(entry.page.inspect(cell))

    def _question_focused(self, cell: Cell) -> None:
        if self._view.key is not None:
            self.about = Scope(*self._view.key), cell

    def _say(self, act: str, key: str, text: str) -> None:
        acts, asked, about = self._view.casebook.acts, self._view.inspector.asking, self.about
        if about is None or asked is None:
            return
        match act:
            case "ask":
                refused = acts.ask(*about, text)
            case "answer":
                refused = acts.answer(key, text)
            case "close":
                refused = acts.close(key, text)
            case _:
                refused = acts.reopen(key, text)
        if refused:
            asked.refuse(key, refused)
            return
        asked.said(key)
        self.refresh()
        self._go_back()

    def _decide(self, answer: str, why: str) -> None:
        """Which of several answers is right."""
        entry, beside = self._view.form.entry, self._view.inspector.answers
        if entry is None or beside is None:
            return
        patch = entry.page.acts.decide(answer, why)
        if patch.refusal is not None:
            beside.refuse(patch.refusal.text)
            return
        self.refresh()
        self._go_back()

    def _go_back(self) -> None:
        """The keyboard goes back to the question, or to the top of the form."""
        cell = self.about[1] if self.about is not None else None
        if cell is not None:
            self._view.form.jump(cell)
        elif self._view.key is not None:
            self._view.form.focus_first()
        else:
            self._view.card.focus_first()
