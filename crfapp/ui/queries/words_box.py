"""Where a question or an answer is written: a few lines, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.ui.fields.longtext import LongInput
from crfapp.ui.theme import current
from crfapp.ui.theme.style import field_panel
from crfapp.ui.widgets import Button, FlowRow, InlineMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.widgets.button import Variant

Drafts = dict[str, str]
"""What was begun and not said, by what it is about: nothing is lost when one looks at something else."""


class Act(NamedTuple):
    """One thing to do with the words. ``key``: ask, answer, close or reopen."""

    key: str
    title: str
    variant: Variant = "plain"


class WordsBox(QWidget):
    """Lines to write and buttons below. ``done`` carries the act and the words.

    Ctrl+Enter is the first act, Escape goes back (``left``).
    """

    done = Signal(str, str)
    left = Signal()

    def __init__(self, name: str, place: str, acts: Sequence[Act], drafts: Drafts, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self._place, self._acts, self._drafts = place, tuple(acts), drafts
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.gap, 0, tokens.gap)
        column.setSpacing(tokens.gap)
        self.box = LongInput(name, self)
        self.box.setPlaceholderText(name)
        self.box.setPlainText(drafts.get(place, ""))
        self.box.textChanged.connect(self._keep)
        column.addWidget(self.box)
        self.refusal = InlineMessage("", "error", parent=self)
        self.refusal.hide()
        column.addWidget(self.refusal)
        holder = QWidget(self)
        flow = FlowRow(holder)
        self.buttons: dict[str, Button] = {}
        for act in self._acts:
            button = Button(act.title, act.variant, parent=holder)
            button.setObjectName(act.key)
            button.clicked.connect(lambda _on=False, key=act.key: self._do(key))
            flow.addWidget(button)
            self.buttons[act.key] = button
        self.buttons[self._acts[0].key].setToolTip("Ctrl+Enter")
        column.addWidget(holder)
        self.setFocusProxy(self.box)
        self.box.entered.connect(self.update)
        self.box.moved_on.connect(self.update)

    def write(self) -> None:
        """Give the keyboard to the lines, behind what is there."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.moveCursor(QTextCursor.MoveOperation.End)

    def refuse(self, sentence: str) -> None:
        """Say why it was not done; the words stay."""
        self.refusal.text.setText(sentence)
        self.refusal.setAccessibleName(sentence)
        self.refusal.show()
        self.write()

    def said(self) -> None:
        """What was written is in the ledger now."""
        self._drafts.pop(self._place, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter says it, Escape leaves it as it is."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._do(self._acts[0].key)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The panel below the lines."""
        mark = "plain" if self.refusal.isHidden() else "error"
        field_panel(
            QPainter(self),
            self.box.geometry(),
            current(),
            mark=mark,
            focused=self.box.hasFocus(),
            closed=False,
        )

    def _do(self, key: str) -> None:
        self.done.emit(key, self.box.toPlainText())

    def _keep(self) -> None:
        self._drafts[self._place] = self.box.toPlainText()
        self.refusal.hide()
        self.update()
