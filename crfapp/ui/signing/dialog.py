"""The dialog in which somebody signs: what is stated, of what, by whom; login and password typed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.asking_signature import SignatureAsked, SignatureRequest
    from crfapp.ui.fields import Say

_MOST_NAMED = 4


def ask_signature(request: SignatureRequest, say: Say, over: QWidget) -> bool:
    """Ask for a signature over a page; whether it was given. Modal, as few things are."""
    dialog = SignatureDialog(request, say, over)
    given = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return given


class Statement(QWidget):
    """What is stated by signing, on a ground of its own; each language a paragraph."""

    def __init__(self, paragraphs: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.gap)
        self.words = [Words(text, weight=500, wrap=True, parent=self) for text in paragraphs]
        for words in self.words:
            column.addWidget(words)
        self.setAccessibleName(" ".join(paragraphs))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        tokens, painter = current(), QPainter(self)
        rounded(painter, self.rect(), fill=tokens.primary_soft, edge="", radius=tokens.radius)


class SignatureDialog(QDialog):
    """Closes by itself once everything is signed; a wrong password is said and counted, and it stays."""

    def __init__(self, request: SignatureRequest, say: Say, over: QWidget) -> None:
        super().__init__(over)
        self._request, self._say = request, say
        view, tokens = request.view, current()
        self.setWindowTitle(view.title)
        self.setModal(True)
        self.setMinimumWidth(32 * tokens.pad)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.wide, tokens.wide, tokens.wide, tokens.pad)
        column.setSpacing(tokens.room)
        column.addWidget(Words(view.meaning or view.title, size="section", weight=600, parent=self))
        column.addWidget(Words(self._named(view), "muted", wrap=True, parent=self))
        self.statement = Statement(view.statement, self)
        column.addWidget(self.statement)
        column.addWidget(Words(view.who, weight=600, wrap=True, parent=self))
        self.login = Question(say("User name"), Line(say("User name"), ltr=True), parent=self)
        self.login.setVisible(view.asks_login)
        column.addWidget(self.login)
        self.secret = PasswordField(say("Password"), say("Show the password"), self)
        self.password = Question(say("Password"), self.secret, parent=self)
        column.addWidget(self.password)
        self.problem = InlineMessage("", "error", parent=self)
        self.problem.hide()
        column.addWidget(self.problem)
        column.addLayout(self._buttons())
        (self.login.control if view.asks_login else self.secret.line).setFocus()

    @property
    def refused(self) -> str:
        """The sentence that says why nothing was signed; empty before."""
        return self.problem.text.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The surface."""
        QPainter(self).fillRect(self.rect(), QColor(current().surface))

    def _named(self, view: SignatureAsked) -> str:
        names = "\n".join(view.of[:_MOST_NAMED])
        more = len(view.of) - _MOST_NAMED
        return f"{names}\n{self._say('and {count} more', count=more)}" if more > 0 else names

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.leave = Button(self._say("Do not sign"), parent=self)
        self.leave.clicked.connect(self.reject)
        self.sign = Button(self._say("Sign"), "primary", icon_name="pen", parent=self)
        self.sign.setDefault(True)
        self.sign.clicked.connect(self._give)
        row.addWidget(self.leave)
        row.addWidget(self.sign)
        return row

    def _give(self) -> None:
        line = self.login.control
        login = line.text().strip() if isinstance(line, Line) else ""
        password = self.secret.line.text()
        if not password or (self._request.view.asks_login and not login):
            self._refuse(self._say("Type your login and your password."))
            return
        self.setCursor(Qt.CursorShape.WaitCursor)
        sentence = self._request.give(login, password)
        self.unsetCursor()
        self.secret.line.clear()
        if sentence:
            self._refuse(sentence)
            return
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self.problem.text.setText(sentence)
        self.problem.setAccessibleName(sentence)
        self.problem.show()
        self.secret.hide_again()
        self.secret.line.setFocus(Qt.FocusReason.OtherFocusReason)
