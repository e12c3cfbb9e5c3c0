"""Verification in the casebook: V verifies the question in focus and goes on, S leaves it for later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from crfapp.ui.casebook.rows import line_of

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.form_view import Patch
    from crfapp.ui.casebook.page import CasebookView
    from crfapp.ui.casebook.question import Question

KEYS = {"v": "verify", "ر": "verify", "s": "skip", "س": "skip"}
"""The letters; beside each the one on the same key of an Arabic keyboard."""


class Comparing(Protocol):
    """What the keys ask for (``present.source_marks.SourceActs``)."""

    def verify(self, key: FormKey, cell: Cell) -> Patch:
        """The answer agrees with its source."""

    def skip(self, key: FormKey, cell: Cell) -> None:
        """Leave it for later."""

    def following(self, key: FormKey, cell: Cell) -> Cell | None:
        """The next answer of the form that waits."""


class SourceKeys(QObject):
    """Listens to the form of a casebook that takes no answers from this person."""

    def __init__(self, view: CasebookView, source: Comparing) -> None:
        super().__init__(view)
        self._view, self._source = view, source
        view.form.installEventFilter(self)

    def redraw(self) -> None:
        """Somebody verified or asked elsewhere."""
        if self._view.form.entry is not None:
            self._view.form.entry.redraw(tuple(self._view.form.entry.questions))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters that no field took come up to the form."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not _chord(event):
            act, question = KEYS.get(event.text().lower()), self._view.form.question_in_focus()
            if act and question is not None and self._view.key is not None:
                self._act(act, self._view.key, question)
                return True
        return super().eventFilter(watched, event)

    def _act(self, act: str, key: FormKey, question: Question) -> None:
        entry = self._view.form.entry
        if act == "skip":
            self._source.skip(key, question.cell)
        elif entry is not None:
            patch = self._source.verify(key, question.cell)
            if patch.refusal is not None:
                question.refuse(patch.refusal)
                line_of(question).show_changes()
                return
            entry.take(patch, question)
        following = self._source.following(key, question.cell)
        if following is None or not self._view.form.jump(following):
            self._view.step_form(1)


def _chord(event: QKeyEvent) -> bool:
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(held)
