"""The questions of one act, where the act belongs: no dialog, and nothing behind it is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, Question, SecretLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words
from crfapp.ui.widgets.options import CheckList, OptionGroup, RadioList

if TYPE_CHECKING:
    from crfapp.present.acts import Act, ActState, AskedField
    from crfapp.present.texts import Texts


class ActForm(QWidget):
    """Shows an :class:`ActState`: questions, or how an act ended. ``wanted`` carries the answers."""

    wanted = Signal(dict)
    given_up = Signal()

    def __init__(self, say: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._act: Act | None = None
        tokens = current()
        self.questions: dict[str, Question] = {}
        self.title = Words("", weight=600, parent=self)
        self.note = Words("", "muted", size="small", wrap=True, parent=self)
        self.problem = InlineMessage("", "error", parent=self)
        self.done = Words("", "ok", weight=600, wrap=True, parent=self)
        for words in (self.title, self.note):
            words.hide()  # nothing is asked yet, and their empty lines would leave a gap
        self.secret = SecretBox(say, self)
        self.go = Button("", "primary", parent=self)
        self.back = Button(say("Not now"), parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.pad)
        self._grid.setVerticalSpacing(tokens.room)
        for place in (0, 1):
            self._grid.setColumnStretch(place, 1)
        foot = QHBoxLayout()
        foot.setSpacing(tokens.gap)
        foot.addWidget(self.go)
        foot.addWidget(self.back)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addLayout(self._grid)
        column.addWidget(self.problem)
        column.addWidget(self.done)
        column.addWidget(self.secret)
        column.addLayout(foot)
        self.go.clicked.connect(lambda: self.wanted.emit(self.filled()))
        self.back.clicked.connect(self.given_up)
        self.secret.handed_over.connect(self.given_up)

    def show_state(self, state: ActState) -> None:
        """Show the act, or its end; nothing where there is neither."""
        act = state.act
        turned = act != self._act
        if turned:
            self._turn(act)
        problems = dict(state.problems)
        for key, question in self.questions.items():
            question.refuse(problems.get(key, ""))
        self._tell(problems.get("", ""), state.done)
        self.secret.show_secret(state.secret)
        for button in (self.go, self.back):
            button.setVisible(act is not None)
            button.setEnabled(not state.busy)
        if act is not None:
            self.go.setText(self._say("One moment…") if state.busy else act.go)
            self.go.setAccessibleName(self.go.text())
        self.setVisible(act is not None or bool(state.done or state.secret))
        if self.isVisible() and (turned or problems) and act is not None:
            self._focus_first()
            QTimer.singleShot(0, self, self._reveal)
        elif state.secret:
            self.secret.copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def filled(self) -> dict[str, str]:
        """The answers as they stand."""
        return {key: _value(question.control) for key, question in self.questions.items()}

    def _turn(self, act: Act | None) -> None:
        self._act = act
        for question in self.questions.values():
            question.hide()
            self._grid.removeWidget(question)
            question.deleteLater()
        self.questions = {}
        place = 0
        for field in act.fields if act is not None else ():
            question = self.questions[field.key] = self._question(field)
            whole = field.kind in ("choice", "choices") or field.key in ("reason", "finding")
            place += place % 2 if whole else 0
            self._grid.addWidget(
                question, place // 2, place % 2, 1, 2 if whole else 1, Qt.AlignmentFlag.AlignTop
            )
            place += 2 if whole else 1
        self.title.setText(act.title if act is not None else "")
        self.title.setVisible(act is not None)
        self.note.setText(act.note if act is not None else "")
        self.note.setVisible(act is not None and bool(act.note))
        self.setAccessibleName(self.title.text())

    def _question(self, field: AskedField) -> Question:
        control: QWidget
        if field.kind in ("choice", "choices"):
            group: OptionGroup = (CheckList if field.kind == "choices" else RadioList)(field.choices)
            group.setAccessibleName(field.label)
            group.show_value(field.value)
            control = group
        else:
            secret = field.kind == "secret"
            line = SecretLine(field.label) if secret else Line(field.label, ltr=field.kind == "code")
            line.setText(field.value)
            line.returnPressed.connect(lambda: self._next(field.key))
            control = line
        return Question(field.label, control, remark=field.remark, parent=self)

    def _tell(self, problem: str, done: str) -> None:
        self.problem.text.setText(problem)
        self.problem.setAccessibleName(problem)
        self.problem.setVisible(bool(problem))
        self.done.setText(done)
        self.done.setVisible(bool(done))

    def _next(self, key: str) -> None:
        """Enter goes to the next question, and in the last one does what the act says."""
        keys = list(self.questions)
        after = keys[keys.index(key) + 1 :]
        if after:
            _focus(self.questions[after[0]].control)
        else:
            self.go.click()

    def _reveal(self) -> None:
        """Bring the whole form into sight, and then what has the keyboard."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        focused = self.focusWidget() or QGuiApplication.focusObject()
        if around is not None:
            around.ensureWidgetVisible(self)
            if isinstance(focused, QWidget) and self.isAncestorOf(focused):
                around.ensureWidgetVisible(focused)

    def _focus_first(self) -> None:
        refused = [question for question in self.questions.values() if question.refused]
        first = next(iter(refused or self.questions.values()), None)
        if first is None:
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            _focus(first.control)


class SecretBox(QWidget):
    """A secret for one login, shown once. ``handed_over`` takes it away for ever."""

    handed_over = Signal()

    def __init__(self, say: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self._say = say
        words = say(
            "This secret opens the records once. Write it down or read it out to the person: it is shown"
            " nowhere else, and not again."
        )
        self.line = Line(say("The secret for one login"), ltr=True, parent=self)
        self.line.setReadOnly(True)
        self.copy = Button(say("Copy"), parent=self)
        self.over = Button(say("The person has it"), "primary", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.gap)
        column.addWidget(Words(words, "warn", wrap=True, parent=self))
        row = QHBoxLayout()
        row.setSpacing(tokens.gap)
        row.addWidget(self.line, 1)
        row.addWidget(self.copy)
        row.addWidget(self.over)
        column.addLayout(row)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.line.text()))
        self.over.clicked.connect(self.handed_over)

    def show_secret(self, secret: str) -> None:
        """Show it, or take it away."""
        self.line.setText(secret)
        self.setVisible(bool(secret))


def _value(control: QWidget) -> str:
    if isinstance(control, OptionGroup):
        return control.value()
    return control.text() if isinstance(control, Line) else ""


def _focus(control: QWidget) -> None:
    if isinstance(control, OptionGroup):
        control.focus_first()
    else:
        control.setFocus(Qt.FocusReason.OtherFocusReason)
