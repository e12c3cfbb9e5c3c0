"""Which question the person is at: what the inspector beside the form is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from crfapp.ui.casebook.canvas import Canvas
    from crfapp.ui.casebook.question import Question

_REST = 40
"""Milliseconds the keyboard rests on a question before the inspector asks about it."""


class Attention(QObject):
    """Follows the keyboard over a canvas; ``focused`` carries the cell it rests on."""

    focused = Signal(object)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._told = False
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._tell)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def forget(self) -> None:
        """Another form begins: nothing has been told of it."""
        self._told = False

    def come(self) -> None:
        """Tell soon where the person is, also while the window is behind another."""
        self._rest.start()

    def question(self) -> Question | None:
        """The question the keyboard is on, or will be on when the window comes to the front again."""
        here = self._canvas.window().focusWidget()
        index = self._canvas.index_of(here)
        if index < 0 or here is None:
            return None
        asked = self._canvas.widget_at(index).questions()
        inside = (q for q in asked if q.editor is here or q.editor.isAncestorOf(here))
        return next(inside, asked[0] if len(asked) == 1 else None)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._canvas.isAncestorOf(new):
            index = self._canvas.index_of(new)
            if index >= 0:
                self._canvas.reveal(index)
            self.come()

    def _tell(self) -> None:
        """The question in focus; the first one of a new form where the keyboard is on none."""
        if not self._canvas.isVisible():
            return  # the person has left meanwhile, and the records may be closed
        question = self.question()
        if question is None and not self._told:
            shown = (q for line in self._canvas.widgets() for q in line.questions() if q.visible)
            question = next(shown, None)
        self._told = True
        if question is not None:
            self.focused.emit(question.cell)
