"""Lines to write in outside the forms: a question above, its remark and its refusal below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.theme import current
from crfapp.ui.theme.style import MARK
from crfapp.ui.widgets import Button, InlineMessage, Words


class Line(QLineEdit):
    """One line. ``ltr`` keeps names of the machine's kind (logins, codes, passwords) from left to right."""

    def __init__(self, name: str, *, ltr: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        tokens = current()
        self.setFixedHeight(tokens.control + tokens.hair)
        self.setTextMargins(tokens.gap - 3, 0, tokens.gap - 3, 0)
        if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
            if ltr:
                self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def mark(self, state: str) -> None:
        """Colour the border: plain or error."""
        self.setProperty(MARK, state)
        self.update()


class SecretLine(Line):
    """A line that hides what is typed, and tells when the caps-lock key seems to be on."""

    caps = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, ltr=True, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._capital: bool | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Judge the key by the letter it gave: Qt does not say how caps lock stands."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock and self._capital is not None:
            self._judge(not self._capital)
        elif text.isalpha() and text.lower() != text.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._judge(text.isupper() != shifted)
        super().keyPressEvent(event)

    def _judge(self, capital: bool) -> None:
        if capital != self._capital:
            self._capital = capital
            self.caps.emit(capital)


class PasswordField(QWidget):
    """A secret line with a button that shows what was typed."""

    def __init__(self, name: str, show_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().hair)
        self.line = SecretLine(name, self)
        row.addWidget(self.line, 1)
        self.show_button = Button("", "plain", icon_name="eye", parent=self)
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(show_words)
        self.show_button.setToolTip(show_words)
        self.show_button.toggled.connect(self._show)
        row.addWidget(self.show_button)
        self.setFocusProxy(self.line)

    def hide_again(self) -> None:
        """Hide what was typed."""
        self.show_button.setChecked(False)

    def _show(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class Question(QWidget):
    """A control with its name above, a quiet remark and, where it was refused, the sentence below."""

    def __init__(
        self, name: str, control: QWidget, *, remark: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        tokens = current()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.control = control
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.hair)
        self.label = Words(name, weight=500, parent=self)
        self.label.setBuddy(control)
        column.addWidget(self.label)
        column.addWidget(control)
        self.remark = Words(remark, "muted", size="small", wrap=True, parent=self)
        self.remark.setVisible(bool(remark))
        column.addWidget(self.remark)
        self.problem = InlineMessage("", "error", parent=self)
        self.problem.hide()
        column.addWidget(self.problem)

    @property
    def refused(self) -> str:
        """The sentence that stands below; empty where nothing was refused."""
        return self.problem.text.text()

    def ask(self, name: str) -> None:
        """Ask for something else by the same control."""
        self.label.setText(name)
        self.control.setAccessibleName(name)

    def say_remark(self, text: str, tone: str = "muted") -> None:
        """Change the remark."""
        self.remark.setText(text)
        self.remark.set_tone(tone)
        self.remark.setVisible(bool(text))

    def refuse(self, sentence: str) -> None:
        """Show why what was typed is not taken; an empty sentence takes it away."""
        self.problem.text.setText(sentence)
        self.problem.setAccessibleName(sentence)
        self.problem.setVisible(bool(sentence))
        lines = [self.control] if isinstance(self.control, Line) else self.control.findChildren(Line)
        for line in lines:
            if isinstance(line, Line):
                line.mark("error" if sentence else "plain")
                line.setAccessibleDescription(sentence)
