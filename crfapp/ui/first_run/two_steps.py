"""What joining a site and restoring one have in common: where it comes from, then who opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.entrance.face import Face
from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.first_run.path import StepPath
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.texts import Texts
    from crfapp.ui.preferences import Preferences


class Run(Protocol):
    """The presenter of two steps: its view has ``step``, ``values``, ``problems`` and ``busy``."""

    view: Any

    @property
    def fields(self) -> tuple[str, ...]:
        """What is asked at this step."""

    def watch(self, show: Callable[[Any], None]) -> None:
        """Have the page told of every change."""

    def write(self, name: str, text: str) -> None:
        """Take a field as it stands."""

    def back(self) -> None:
        """To the first step."""

    def go_on(self) -> None:
        """One step on."""


class TwoSteps(Face):
    """``ready`` is told when the person leaves for the login page, ``given_up`` when they found a site.

    ``steps`` are the first, the second and the one that says that all is done; ``room`` is the size of the
    card they stand on.
    """

    ready = Signal()
    given_up = Signal()
    help_page = "first-run"
    steps: tuple[str, str, str]
    room: tuple[int, int]

    def __init__(self, run: Run, say: Texts, preferences: Preferences) -> None:
        super().__init__(say, preferences, self.room)
        self._run = run
        self._step: str | None = None
        self.questions: dict[str, Question] = {}
        self.path = StepPath(self._path())
        self.body.addWidget(self.path)
        self.title = Words("", size="title", weight=600)
        self.sentence = Words("", "muted", wrap=True)
        self.body.addWidget(self.title)
        self.body.addWidget(self.sentence)
        self._column = QVBoxLayout()
        self._column.setSpacing(current().room)
        self.body.addLayout(self._column)
        self.body.addStretch(1)
        self.problem = InlineMessage("", "error")
        self.body.addWidget(self.problem)
        self.body.addLayout(self._foot())
        run.watch(self._draw)

    # ---- what each of them says itself

    def _path(self) -> tuple[str, str]:
        raise NotImplementedError

    def _names(self) -> Mapping[str, str]:
        raise NotImplementedError

    def _on_words(self, view: Any) -> str:
        raise NotImplementedError

    def _busy_words(self) -> str:
        raise NotImplementedError

    def _head(self, view: Any) -> None:
        raise NotImplementedError

    def _control(self, name: str, view: Any) -> QWidget:
        raise NotImplementedError

    def _pick(self) -> str:
        """Let a file or folder be chosen; empty where none was."""
        raise NotImplementedError

    # ---- what both do

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current().gap)
        self.back = Button(self.say("Back"))
        self.back.clicked.connect(self._back)
        row.addWidget(self.back)
        row.addStretch(1)
        self.busy = Words("", "muted", size="small")
        row.addWidget(self.busy)
        self.on = Button(self.say("Next"), "primary")
        self.on.clicked.connect(self._go_on)
        row.addWidget(self.on)
        return row

    def _back(self) -> None:
        if self._run.view.step == self.steps[0]:
            self.given_up.emit()
        else:
            self._run.back()

    def _go_on(self) -> None:
        if self._run.view.step == self.steps[-1]:
            self.ready.emit()
        else:
            self._run.go_on()

    def _draw(self, view: Any) -> None:
        turned = view.step is not self._step
        if turned:
            self._turn(view)
        self.path.show_at(self.steps.index(view.step))
        for name, question in self.questions.items():
            question.refuse(view.problems.get(name, ""))
            question.setEnabled(not view.busy)
        elsewhere = view.problems.get("", "")
        self.problem.text.setText(elsewhere)
        self.problem.setAccessibleName(elsewhere)
        self.problem.setVisible(bool(elsewhere))
        self.back.setVisible(view.step != self.steps[-1])
        for button in (self.back, self.on):
            button.setEnabled(not view.busy)
        self.busy.setText(self._busy_words() if view.busy else "")
        if turned or (view.problems and not view.busy):
            QTimer.singleShot(0, self, self._focus)

    def _turn(self, view: Any) -> None:
        self._step = view.step
        for question in self.questions.values():
            self._column.removeWidget(question)
            question.hide()
            question.deleteLater()
        self.questions = {}
        self.on.setText(self._on_words(view))
        self.on.setAccessibleName(self.on.text())
        self._head(view)
        for name in self._run.fields:
            self.questions[name] = Question(self._names()[name], self._control(name, view))
            self._column.addWidget(self.questions[name])

    def _line(self, name: str, view: Any, *, ltr: bool = True) -> Line:
        line = Line(self._names()[name], ltr=ltr)
        line.setText(view.values.get(name, ""))
        self._wire(name, line)
        return line

    def _password(self, name: str) -> PasswordField:
        field = PasswordField(self._names()[name], self.say("Show the password"))
        self._wire(name, field.line)
        return field

    def _chosen(self, name: str, view: Any) -> QWidget:
        """A line for a path, and a button that lets it be chosen."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().gap)
        line = self._line(name, view)
        choose = Button(self.say("Choose…"))
        choose.clicked.connect(lambda: self._choose(line))
        row.addWidget(line, 1)
        row.addWidget(choose)
        box.setFocusProxy(line)
        return box

    def _choose(self, line: Line) -> None:
        chosen = self._pick()
        if chosen:
            line.setText(chosen)

    def _wire(self, name: str, line: Line) -> None:
        line.textChanged.connect(lambda text: self._run.write(name, text))
        line.returnPressed.connect(lambda: self._entered(name))

    def _entered(self, name: str) -> None:
        """Enter in a question goes to the next one, and after the last one step on."""
        names = list(self.questions)
        after = names[names.index(name) + 1 :]
        if after:
            self.questions[after[0]].control.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._go_on()

    def _focus(self) -> None:
        refused = [question.control for question in self.questions.values() if question.refused]
        empty = [q.control for name, q in self.questions.items() if not self._run.view.values.get(name)]
        first = next(iter([*refused, *empty]), self.on)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
