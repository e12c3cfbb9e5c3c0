"""The steps between the password and the work, each on the card on which one logs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.entrance.face import Face
from crfapp.ui.entrance.lines import PasswordField, Question
from crfapp.ui.exchange.parts import RuleList
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from crfapp.present.coming_in import ComingIn, ComingInView
    from crfapp.present.texts import Texts
    from crfapp.ui.preferences import Preferences

_SIZE = (500, 420)


class StepsPage(Face):
    """One step at a time; which, and what it says, is the presenter's."""

    def __init__(self, coming: ComingIn, say: Texts, preferences: Preferences) -> None:
        super().__init__(say, preferences, _SIZE)
        tokens = current()
        self._coming = coming
        self._place = (0, 0)
        self.title = Words("", size="title", weight=600)
        self.step = Words("", "muted", size="small")
        self.text = Words("", wrap=True)
        self.lines = LineList()
        self.fields = PasswordFields(say)
        self.problem = InlineMessage("", "error")
        self.go = Button("", "primary")
        self.out = Button("")
        head = QHBoxLayout()
        head.setSpacing(tokens.room)
        head.addWidget(self.title, 1)
        head.addWidget(self.step, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(head)
        for part in (self.text, self.lines, self.fields, self.problem):
            self.body.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(tokens.gap)
        foot.addWidget(self.go)
        foot.addWidget(self.out)
        foot.addStretch(1)
        self.body.addSpacing(tokens.hair)
        self.body.addLayout(foot)
        self.go.clicked.connect(self._go_on)
        self.out.clicked.connect(coming.refuse)
        self.fields.typed.connect(self._show_rules)
        self.fields.entered.connect(self._go_on)
        coming.watch(self._draw)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes where the step begins."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._focus)

    def _go_on(self) -> None:
        if self._coming.view.kind in ("password", "change"):
            self._coming.choose(*self.fields.filled())
        else:
            self._coming.accept()

    def _show_rules(self) -> None:
        password, again, _ = self.fields.filled()
        self.fields.rules.show_rules(self._coming.rules(password, again))
        self.fields.forgive()

    def _draw(self, view: ComingInView) -> None:
        turned, self._place = self._place != view.place, view.place
        asks = view.kind in ("password", "change")
        self.title.setText(view.title)
        number, of = view.place
        self.step.setText(self.say("{number} of {count}", number=number, count=of) if of > 1 else "")
        self.step.setVisible(of > 1)
        self.text.setText(view.text)
        self.text.setVisible(bool(view.text))
        self.lines.show_lines(view.lines)
        self.fields.setVisible(asks)
        self.fields.show_view(view)
        self.problem.text.setText(view.problem(""))
        self.problem.setAccessibleName(view.problem(""))
        self.problem.setVisible(bool(view.problem("")))
        for button, words in ((self.go, view.go), (self.out, view.out)):
            button.setText(self.say("One moment…") if view.busy and button is self.go else words)
            button.setAccessibleName(button.text())
            button.setEnabled(not view.busy)
        self.out.setVisible(bool(view.out))
        if turned:
            self._begin_step(asks=asks)
        elif view.problems:
            self._focus()

    def _begin_step(self, *, asks: bool) -> None:
        if asks:
            self._show_rules()
        # a screen reader that comes to the button says what pressing it means
        told = " ".join((self.title.text(), self.text.text(), *self.lines.texts))
        self.go.setAccessibleDescription("" if asks else told)
        self._focus()

    def _focus(self) -> None:
        if self.isVisible():
            first = self.fields.first() if self.fields.isVisible() else self.go
            first.setFocus(Qt.FocusReason.OtherFocusReason)


class LineList(QWidget):
    """Facts below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current().gap)

    def show_lines(self, texts: Sequence[str]) -> None:
        """Show these."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.texts = tuple(texts)
        for text in texts:
            self._column.addWidget(Words(text, wrap=True, parent=self))
        self.setVisible(bool(texts))


class PasswordFields(QWidget):
    """An own password, twice, with its rules; the present one above where it is asked for."""

    typed = Signal()
    entered = Signal()

    def __init__(self, say: Texts) -> None:
        super().__init__()
        show = say("Show what is typed")
        names = {
            "current": say("The password that you have now"),
            "password": say("Your new password"),
            "again": say("The same password again"),
        }
        self.fields = {key: PasswordField(name, show) for key, name in names.items()}
        self.questions = {key: Question(names[key], field) for key, field in self.fields.items()}
        self.rules = RuleList(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        for question in self.questions.values():
            column.addWidget(question)
        column.addWidget(self.rules)
        for key in ("password", "again"):
            self.fields[key].line.textChanged.connect(self.typed)
        for field in self.fields.values():
            field.line.returnPressed.connect(self._next)

    def filled(self) -> tuple[str, str, str]:
        """The new one, the same again, and the present one."""
        return tuple(self.fields[key].line.text() for key in ("password", "again", "current"))  # type: ignore[return-value]

    def show_view(self, view: ComingInView) -> None:
        """Which fields there are, and what was refused."""
        self.questions["current"].setVisible(view.kind == "change")
        for key, question in self.questions.items():
            question.refuse(view.problem(key))
            self.fields[key].line.setReadOnly(view.busy)
        if view.kind not in ("password", "change"):
            for field in self.fields.values():
                field.line.clear()
                field.hide_again()

    def forgive(self) -> None:
        """What is typed now was not refused yet."""
        for key in ("password", "again"):
            self.questions[key].refuse("")

    def first(self) -> QWidget:
        """Where the keyboard goes: the field that was refused, or the first that is empty."""
        shown = [key for key, question in self.questions.items() if not question.isHidden()]
        refused = [key for key in shown if self.questions[key].refused]
        empty = [key for key in shown if not self.fields[key].line.text()]
        return self.fields[(refused + empty + shown)[0]].line

    def _next(self) -> None:
        """Enter goes to the next field, and in the last one sets the password."""
        shown = [self.fields[key].line for key, question in self.questions.items() if not question.isHidden()]
        at = next((n for n, line in enumerate(shown) if line.hasFocus()), len(shown) - 1)
        if at + 1 < len(shown) and not shown[at + 1].text():
            shown[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()
