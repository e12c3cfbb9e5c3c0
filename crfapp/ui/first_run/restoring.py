"""Restoring a site from a backup, instead of founding one: where the backups are, then what opens them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.restoring_in import RestoreStep
from crfapp.ui.choosing import choose_folder
from crfapp.ui.entrance.face import Face
from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.first_run.path import StepPath
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words
from crfapp.ui.widgets.options import RadioList

if TYPE_CHECKING:
    from crfapp.present.restoring_in import RestoreView, RestoringIn
    from crfapp.present.texts import Texts
    from crfapp.ui.preferences import Preferences

_SIZE = (680, 620)
_PLACES = {RestoreStep.PLACE: 0, RestoreStep.KEY: 1, RestoreStep.DONE: 2}


class RestorePage(Face):
    """``restored`` is told when the person leaves for the login page, ``given_up`` when they found a site."""

    restored = Signal()
    given_up = Signal()

    def __init__(self, run: RestoringIn, say: Texts, preferences: Preferences) -> None:
        super().__init__(say, preferences, _SIZE)
        self._run = run
        self._step: RestoreStep | None = None
        self.questions: dict[str, Question] = {}
        self.path = StepPath((say("Backup"), say("What opens it")))
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
        if self._run.view.step is RestoreStep.PLACE:
            self.given_up.emit()
        else:
            self._run.back()

    def _go_on(self) -> None:
        if self._run.view.step is RestoreStep.DONE:
            self.restored.emit()
        else:
            self._run.go_on()

    def _draw(self, view: RestoreView) -> None:
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
        self.back.setVisible(view.step is not RestoreStep.DONE)
        for button in (self.back, self.on):
            button.setEnabled(not view.busy)
        self.busy.setText(self.say("Checking every link of the records…") if view.busy else "")
        if turned or (view.problems and not view.busy):
            QTimer.singleShot(0, self, self._focus)

    def _turn(self, view: RestoreView) -> None:
        self._step = view.step
        for question in self.questions.values():
            self._column.removeWidget(question)
            question.hide()
            question.deleteLater()
        self.questions = {}
        say = self.say
        on = {RestoreStep.PLACE: say("Look into the folder"), RestoreStep.KEY: say("Restore the site")}
        self.on.setText(on.get(view.step, say("Go to the login")))
        self.on.setAccessibleName(self.on.text())
        self._head(view)
        for name in self._run.fields:
            self.questions[name] = Question(_names(say)[name], self._control(name, view))
            self._column.addWidget(self.questions[name])

    def _head(self, view: RestoreView) -> None:
        say = self.say
        if view.step is RestoreStep.PLACE:
            self.title.setText(say("Restore a site from a backup"))
            self.sentence.setText(
                say("The folder that was set as second place, or the site's own folder of the lost computer.")
            )
        elif view.step is RestoreStep.KEY:
            self.title.setText(view.label)
            self.sentence.setText(
                say("An administrator's password opens it, or the recovery sheet, or shares of the key.")
            )
        else:
            self.title.setText(say("The site works again"))
            self.sentence.setText(view.told)

    def _control(self, name: str, view: RestoreView) -> QWidget:
        words = _names(self.say)[name]
        if name == "folder":
            return self._folder(words, view)
        if name == "copy":
            group = RadioList(view.choices)
            group.setAccessibleName(words)
            group.show_value(view.values.get("copy", ""))
            group.chosen.connect(lambda code: self._run.write("copy", code))
            return group
        if name == "password":
            field = PasswordField(words, self.say("Show the password"))
            self._wire(name, field.line)
            return field
        line = Line(words, ltr=name != "reason")
        line.setText(view.values.get(name, ""))
        self._wire(name, line)
        return line

    def _folder(self, words: str, view: RestoreView) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().gap)
        line = Line(words, ltr=True)
        line.setText(view.values.get("folder", ""))
        self._wire("folder", line)
        choose = Button(self.say("Choose…"))
        choose.clicked.connect(lambda: self._choose(line))
        row.addWidget(line, 1)
        row.addWidget(choose)
        box.setFocusProxy(line)
        return box

    def _choose(self, line: Line) -> None:
        chosen = choose_folder(self, self.say("In which folder are the backups?"), Path.home())
        if chosen is not None:
            line.setText(str(chosen))

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
        "folder": say("Folder with the backups"),
        "copy": say("Which backup?"),
        "login": say("User name"),
        "password": say("Your password"),
        "paper": say("Or: recovery sheet, or shares one after the other"),
        "reason": say("Why is the site restored?"),
    }
