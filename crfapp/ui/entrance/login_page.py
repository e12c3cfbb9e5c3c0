"""Logging in and unlocking: a user name, a password, and one sentence when they are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from crfapp.present.texts import N_
from crfapp.ui.entrance.face import Face
from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from crfapp.present.login import Login, LoginView
    from crfapp.present.texts import Texts
    from crfapp.ui.preferences import Preferences

_SIZE = (400, 340)
_LOOKS_MS = 5_000
_BACK = N_("Whoever locked it comes back to where they were; a colleague starts afresh.")
_HINTS: dict[str, str] = {
    "lock": _BACK,
    "idle": _BACK,
    "switch": N_("The place of whoever was here is kept for them; you start at your own beginning."),
    "limit": N_("The longest session has passed. Log in again to go on where you were."),
}


class LoginPage(Face):
    """The page; locked or not is said by the presenter's view."""

    def __init__(self, login: Login, say: Texts, preferences: Preferences) -> None:
        super().__init__(say, preferences, _SIZE)
        self._login, self._attempts = login, login.view.attempts
        self._head(login.view)
        self.name = Line(say("User name"), ltr=True)
        self.name_question = Question(say("User name"), self.name)
        self.password = PasswordField(say("Password"), say("Show the password"))
        self.password_question = Question(say("Password"), self.password)
        self.password.line.caps.connect(self._caps)
        for question in (self.name_question, self.password_question):
            self.body.addWidget(question)
        self.problem = InlineMessage("", "error")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.enter = Button("", "primary")
        self.enter.setMinimumHeight(current().control + current().hair)
        self.body.addSpacing(current().hair)
        self.body.addWidget(self.enter)
        self.enter.clicked.connect(self._try)
        self.name.returnPressed.connect(self._next)
        self.password.line.returnPressed.connect(self._try)
        self.due = InlineMessage("", "warn")
        self.body.addWidget(self.due)
        self._looking = QTimer(self, interval=_LOOKS_MS)
        self._looking.timeout.connect(self.look_at_clocks)
        self._looking.start()
        self.look_at_clocks()
        self.name.setText(login.view.login)
        login.watch(self._draw)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes where typing begins."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._focus_first)

    def _head(self, view: LoginView) -> None:
        tokens, locked = current(), view.locked
        row = QHBoxLayout()
        row.setSpacing(tokens.room)
        words = QVBoxLayout()
        words.setSpacing(tokens.hair)
        title = self.say("Locked") if locked else self.say("Log in")
        words.addWidget(Words(title, size="title", weight=600))
        words.addWidget(Words(view.label, "muted", wrap=True))
        row.addLayout(words, 1)
        if locked:
            sign = QLabel(self)
            sign.setPixmap(pixmap("lock", tokens.primary, 2 * tokens.icon, self.devicePixelRatioF()))
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        if view.left in _HINTS:
            hint = self.say(_HINTS[view.left])
            self.body.addWidget(Words(hint, "muted", size="small", wrap=True))

    def look_at_clocks(self) -> None:
        """Say how many clocks are due, and no more than that."""
        count = self._login.due()
        words = self.say.many("{count} clock is due: log in.", "{count} clocks are due: log in.", count)
        self.due.text.setText(words)
        self.due.setAccessibleName(words)
        self.due.setVisible(bool(count))

    def _focus_first(self) -> None:
        if self.isVisible():  # whoever was quicker is at work already, and keeps the keyboard
            (self.password if self.name.text() else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> None:
        if self.password.line.text():
            self._try()
        else:
            self.password.setFocus(Qt.FocusReason.TabFocusReason)

    def _try(self) -> None:
        self._login.try_in(self.name.text(), self.password.line.text())

    def _draw(self, view: LoginView) -> None:
        self._at_work(view)
        self.name_question.refuse(view.problem if view.place == "login" else "")
        self.password_question.refuse(view.problem if view.place == "password" else "")
        elsewhere = "" if view.place else view.problem
        self.problem.text.setText(elsewhere)
        self.problem.setAccessibleName(elsewhere)
        self.problem.setVisible(bool(elsewhere))
        if view.attempts != self._attempts:
            self._attempts = view.attempts
            self.password.line.clear()
            self.password.hide_again()
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view.problem:
            field = self.name if view.place == "login" else self.password
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _at_work(self, view: LoginView) -> None:
        """While the password is tried, which takes a moment on purpose, the fields stand still."""
        rest = self.say("Unlock") if view.locked else self.say("Log in")
        self.enter.setText(self.say("Opening the records…") if view.busy else rest)
        self.enter.setAccessibleName(self.enter.text())
        if view.busy and self.enter.hasFocus():
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.enter.setEnabled(not view.busy)
        self.name.setReadOnly(view.busy)
        self.password.line.setReadOnly(view.busy)

    def _caps(self, capital: bool) -> None:
        words = self.say("The caps-lock key seems to be on.") if capital else ""
        self.password_question.say_remark(words, "warn")
