"""Joining a site with an invitation, instead of founding one: the file and its code, then who is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.joining_in import JoinStep
from crfapp.ui.entrance.face import Face
from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.first_run.path import StepPath
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.joining_in import JoiningIn, JoinView
    from crfapp.present.texts import Texts
    from crfapp.ui.preferences import Preferences

_SIZE = (680, 520)
_PLACES = {JoinStep.FILE: 0, JoinStep.WHO: 1, JoinStep.DONE: 2}


class JoinPage(Face):
    """``joined`` is told when the person leaves for the login page, ``given_up`` when they found a site."""

    joined = Signal()
    given_up = Signal()
    help_page = "first-run"

    def __init__(self, run: JoiningIn, say: Texts, preferences: Preferences) -> None:
        super().__init__(say, preferences, _SIZE)
        self._run = run
        self._step: JoinStep | None = None
        self.questions: dict[str, Question] = {}
        self.path = StepPath((say("Invitation"), say("Who you are")))
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
        if self._run.view.step is JoinStep.FILE:
            self.given_up.emit()
        else:
            self._run.back()

    def _go_on(self) -> None:
        if self._run.view.step is JoinStep.DONE:
            self.joined.emit()
        else:
            self._run.go_on()

    def _draw(self, view: JoinView) -> None:
        turned = view.step is not self._step
        if turned:
            self._turn(view)
        self.path.show_at(_PLACES[view.step])
        for name, question in self.questions.items():
            question.refuse(view.problems.get(name, ""))
            question.setEnabled(not view.busy)
        elsewhere = view.problems.get("", "")
        self.problem.text.setText(elsewhere)
        self.problem.setAccessibleName(elsewhere)
        self.problem.setVisible(bool(elsewhere))
        self.back.setVisible(view.step is not JoinStep.DONE)
        for button in (self.back, self.on):
            button.setEnabled(not view.busy)
        self.busy.setText(self.say("One moment…") if view.busy else "")
        if turned or (view.problems and not view.busy):
            QTimer.singleShot(0, self, self._focus)

    def _turn(self, view: JoinView) -> None:
        self._step = view.step
        for question in self.questions.values():
            self._column.removeWidget(question)
            question.hide()
            question.deleteLater()
        self.questions = {}
        say = self.say
        on = {JoinStep.FILE: say("Open the invitation"), JoinStep.WHO: say("Begin this workstation")}
        self.on.setText(on.get(view.step, say("Go to the login")))
        self.on.setAccessibleName(self.on.text())
        self._head(view)
        for name in self._run.fields:
            self._ask(name, view)

    def _head(self, view: JoinView) -> None:
        say, label = self.say, view.invited.label if view.invited is not None else ""
        if view.step is JoinStep.FILE:
            self.title.setText(say("Join a site with an invitation"))
            self.sentence.setText(
                say(
                    "An administrator makes the invitation on the first workstation, under Administration,"
                    " and tells you its code. It works once."
                )
            )
        elif view.step is JoinStep.WHO:
            self.title.setText(label)
            own = view.invited is not None and bool(view.invited.copy_of)
            self.sentence.setText(
                say("Your password at the site, and one that opens this copy from now on.")
                if own
                else say("Anybody who has a password at the site can begin this workstation with it.")
            )
        else:
            self.title.setText(say("This workstation is ready"))
            self.sentence.setText(
                say("Log in with your user name. Delete the invitation: it holds all records.")
            )

    def _ask(self, name: str, view: JoinView) -> None:
        say, words = self.say, _names(self.say)[name]
        if name == "file":
            control: QWidget = self._file(words, view)
        elif name in ("password", "new", "again"):
            field = PasswordField(words, say("Show the password"))
            self._wire(name, field.line)
            control = field
        else:
            line = Line(words, ltr=True)
            line.setText(view.values.get(name, ""))
            own = view.invited is not None and bool(view.invited.copy_of)
            line.setReadOnly(name == "login" and own)
            self._wire(name, line)
            control = line
        self.questions[name] = Question(words, control)
        self._column.addWidget(self.questions[name])

    def _file(self, words: str, view: JoinView) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().gap)
        line = Line(words, ltr=True)
        line.setText(view.values.get("file", ""))
        self._wire("file", line)
        choose = Button(self.say("Choose…"))
        choose.clicked.connect(lambda: self._choose(line))
        row.addWidget(line, 1)
        row.addWidget(choose)
        box.setFocusProxy(line)
        return box

    def _choose(self, line: Line) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.say("Which invitation?"), str(Path.home()))
        if name:
            line.setText(name)

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


def _names(say: Texts) -> dict[str, str]:
    return {
        "file": say("Invitation"),
        "code": say("Code of the invitation"),
        "login": say("User name"),
        "password": say("Password at the site"),
        "new": say("New password of this copy"),
        "again": say("The new password again"),
    }
