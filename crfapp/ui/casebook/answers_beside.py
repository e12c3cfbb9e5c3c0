"""Two answers to one question: what each workstation recorded, and which of them is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.icons import status_pixmap
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, FlowRow, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.acts_view import AnswerLine
    from crfapp.ui.fields import Say


class AnswersBeside(QWidget):
    """Shows each answer with a button; ``decided`` carries the answer's key and the reason."""

    decided = Signal(str, str)

    def __init__(self, answers: Sequence[AnswerLine], say: Say, parent: QWidget, *, may_decide: bool) -> None:
        super().__init__(parent)
        self.say = say
        self.prompt: ReasonPrompt | None = None
        self.buttons: list[Button] = []
        tokens = current()
        self.setAccessibleName(say("Different answers"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, tokens.gap, 0, tokens.gap)
        self.column.setSpacing(tokens.hair)
        self._head()
        for line in answers:
            self.column.addWidget(Words(line.value, weight=600, wrap=True, parent=self))
            self.column.addWidget(Words(line.by, "muted", size="small", wrap=True, parent=self))
            if may_decide:
                self.column.addWidget(self._button(line), 0, Qt.AlignmentFlag.AlignLeading)

    def refuse(self, sentence: str) -> None:
        """It was refused: say why, and keep what was written."""
        if self.prompt is not None:
            self.prompt.say_again(sentence)

    def _head(self) -> None:
        box = QWidget(self)
        row = FlowRow(box, gap=current().hair)
        row.setContentsMargins(0, 0, 0, 0)
        mark = QLabel(box)
        mark.setPixmap(status_pixmap("conflict", self.devicePixelRatioF()))
        row.addWidget(mark)
        row.addWidget(Words(self.say("Different answers"), "error", weight=600, parent=box))
        self.column.addWidget(box)

    def _button(self, line: AnswerLine) -> Button:
        button = Button(self.say("This one is right…"), parent=self)
        button.setAccessibleName(f"{line.value}: {button.text()}")
        button.clicked.connect(lambda: self._ask(line))
        self.buttons.append(button)
        return button

    def _ask(self, line: AnswerLine) -> None:
        if self.prompt is not None:
            self.column.removeWidget(self.prompt)
            self.prompt.hide()
            self.prompt.deleteLater()
        question = self.say("Why is {value} right?", value=line.value)
        self.prompt = ReasonPrompt(question, (), self.say, go=self.say("Record it"), narrow=True, parent=self)
        self.prompt.given.connect(lambda why: self.decided.emit(line.key, why))
        self.prompt.withheld.connect(self._withheld)
        self.column.addWidget(self.prompt)
        self.prompt.show()
        self.prompt.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _withheld(self) -> None:
        if self.prompt is not None:
            self.prompt.hide()
            self.prompt.deleteLater()
            self.prompt = None
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
