"""Keys that spare keys: an answer that was whole with one press goes on, ``=`` repeats the row above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from crfapp.form.graph import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.form_view import SectionView
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Question


class Answering(Protocol):
    """Who records what was typed."""

    page: OpenForm

    def answered(self, question: Question, typed: str) -> None:
        """A field was left with a new text."""


class QuickKeys(QObject):
    """``step_wanted`` carries a question that is answered and has nothing to say."""

    step_wanted = Signal(object)

    def __init__(self, entry: Answering) -> None:
        super().__init__()
        self._entry = entry

    def picked(self, question: Question) -> None:
        """One key was the whole answer: on to the next, unless something is to be said about it here."""
        if question.just_saved and question.refusal is None and not question.open_findings:
            self.step_wanted.emit(question)

    def repeat(self, question: Question) -> None:
        """Record the answer of the row above as this one's, and go on as after typing it."""
        page = self._entry.page
        above = row_above(page.sections(), question.cell)
        state = page.state(above) if above is not None else None
        text = (state.code or state.text) if state is not None else ""
        if text and question.answerable and not question.answered:
            self._entry.answered(question, text)
            self.picked(question)


def row_above(sections: Sequence[SectionView], cell: Cell) -> Cell | None:
    """The same question in the row before, in the order of the form; None in the first row."""
    for section in sections:
        keys = [row.key for row in section.rows]
        if cell.row in keys[1:]:
            return Cell(keys[keys.index(cell.row) - 1], cell.item)
    return None
