"""Tab and Shift+Tab: head, obstacles, and the questions in the order of the form, built or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.ui.casebook.rows import line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.ui.casebook.canvas import Canvas
    from crfapp.ui.casebook.question import Question
    from crfapp.ui.casebook.walk import Walk


class Tabbing:
    """Where Tab goes within a form. ``above``: the places for the keyboard over the questions."""

    def __init__(self, canvas: Canvas, walk: Walk, above: Callable[[], Sequence[QWidget]]) -> None:
        self._canvas, self._walk, self._above = canvas, walk, above

    def move(self, question: Question | None, *, forward: bool) -> bool:
        """To the next or previous place; False where the form ends."""
        here = QApplication.focusWidget()
        if here is None:
            return False
        if self._canvas.isAncestorOf(here):
            return self._inside(question, here, 1 if forward else -1)
        above = list(self._above())
        place = above.index(here) + (1 if forward else -1) if here in above else -1
        if 0 <= place < len(above):
            above[place].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return forward and self._walk.enter(-1, 1)

    def _inside(self, question: Question | None, here: QWidget, step: int) -> bool:
        """Tab leaves a field as Enter does: a reason that is wanted is asked for first."""
        if question is not None and question.editor.isAncestorOf(here):
            question.editor.report()
            messages = line_of(question).messages
            if question.refusal is not None and messages is not None and messages.prompt is not None:
                self._canvas.settle()
                messages.prompt.line.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        if self._walk.tab(step):
            return True
        above = list(self._above())
        if step < 0 and above:
            above[-1].setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        return False
