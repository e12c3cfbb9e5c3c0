"""What every step of the assistant is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, Question
from crfapp.ui.theme import current
from crfapp.ui.widgets import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.present.first_run import FirstRun, Step
    from crfapp.present.texts import Texts
    from crfapp.work.ports import Clock


class StepPage(QWidget):
    """One step: a title, a sentence, and its questions. ``wants_on``: Enter in the last field."""

    step: Step
    wants_on = Signal()

    def __init__(self, run: FirstRun, say: Texts, clock: Clock) -> None:
        super().__init__()
        self.run, self.say, self.clock = run, say, clock
        self.questions: dict[str, Question] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(current().room)
        self.build()
        self.column.addStretch(1)

    def build(self) -> None:
        """Put the questions of this step into the column."""
        raise NotImplementedError

    def head(self, title: str, sentence: str) -> None:
        """The words above the questions."""
        self.column.addWidget(Words(title, size="title", weight=600))
        self.column.addWidget(Words(sentence, "muted", wrap=True))

    def side_by_side(self, *names: str) -> None:
        """Questions that were asked, beside each other where the last of them stands."""
        row = QHBoxLayout()
        row.setSpacing(current().pad)
        for name in names:
            question = self.questions[name]
            self.column.removeWidget(question)
            row.addWidget(question, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def ask(self, name: str, words: str, control: QWidget, remark: str = "") -> Question:
        """Add a question whose problem the presenter knows by ``name``."""
        question = Question(words, control, remark=remark)
        self.questions[name] = question
        self.column.addWidget(question)
        return question

    def line(self, name: str, words: str, *, ltr: bool = False, remark: str = "") -> Line:
        """Add a question that is answered in one line."""
        line = Line(words, ltr=ltr)
        line.setText(self.run.view.values.get(name, ""))
        line.textChanged.connect(lambda text: self.run.write(name, text))
        line.returnPressed.connect(lambda: self.entered(name))
        self.ask(name, words, line, remark)
        return line

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Each sentence beside its question."""
        for name, question in self.questions.items():
            question.refuse(problems.get(name, ""))

    def first_stop(self) -> QWidget | None:
        """Where the keyboard goes: the first refused field, or the first empty one, or the first."""
        refused = [question.control for question in self.questions.values() if question.refused]
        empty = [q.control for name, q in self.questions.items() if not self.run.view.values.get(name)]
        every = [question.control for question in self.questions.values()]
        return next(iter(refused + empty + every), None)

    def entered(self, name: str) -> None:
        """Enter in a question goes to the next one, and after the last to the next step."""
        names = list(self.questions)
        after = names[names.index(name) + 1 :]
        if after:
            self.questions[after[0]].control.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.wants_on.emit()
