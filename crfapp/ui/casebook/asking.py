"""A question of the program about a reason, in place and never in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import MARK, rounded
from crfapp.ui.widgets import Button, FlowRow, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.fields import Say


class Chip(Button):
    """A reason to pick, with its digit; a click takes it and goes."""

    def __init__(self, digit: int, words: str, parent: QWidget) -> None:
        super().__init__(words, "pill", parent=parent)
        self.digit = str(digit)
        self.setText(f"\u2068{digit}\u2069  {words}")
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def dress(self) -> None:
        """Small words: these are hints, not the thing to do."""
        self.setFont(font("small"))

    def sizeHint(self) -> QSize:
        """A little narrower than other buttons."""
        hint = super().sizeHint()
        return QSize(hint.width() - current().gap, hint.height() - current().hair)


class ReasonLine(QLineEdit):
    """The line for the reason: a digit in it picks from the list, Enter gives, Escape does not."""

    given = Signal()
    withheld = Signal()

    def __init__(self, reasons: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._reasons = reasons
        self.setFixedHeight(current().control)
        self.setTextMargins(current().gap - 3, 0, current().gap - 3, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits where typing starts anew, Enter and Escape; the rest is writing."""
        key, digit = event.key(), event.text()
        fresh = self.selectedText() == self.text()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self._chord(event):
            self.given.emit()
        elif key == Qt.Key.Key_Escape:
            self.withheld.emit()
        elif fresh and digit.isdecimal() and 1 <= int(digit) <= len(self._reasons):
            self.setText(self._reasons[int(digit) - 1])
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def _chord(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)


class ReasonPrompt(QWidget):
    """Asks why. ``given`` carries the reason in words; ``withheld`` means: leave it as it was.

    ``narrow``: the buttons stand below the line, for a column with little room.
    """

    given = Signal(str)
    withheld = Signal()

    def __init__(
        self,
        sentence: str,
        reasons: Sequence[str],
        say: Say,
        *,
        go: str,
        back: str = "",
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        tokens = current()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.room, tokens.gap, tokens.room, tokens.gap)
        column.setSpacing(tokens.gap - 2)
        self.sentence = Words(sentence, weight=500, size="small", wrap=True, parent=self)
        column.addWidget(self.sentence)
        self.line = ReasonLine(reasons, self)
        self.line.setAccessibleName(sentence)
        self.line.setPlaceholderText(say("Reason"))
        self.go = Button(go, "primary", parent=self)
        self.back = Button(back or say("Cancel"), "quiet", parent=self)
        if narrow:
            column.addWidget(self.line)
        column.addLayout(self._buttons(narrow=narrow))
        self.chips = tuple(Chip(n, words, self) for n, words in enumerate(reasons, start=1))
        if self.chips:
            column.addWidget(self._picking(reasons))
        self.setFocusProxy(self.line)
        self.setAccessibleName(sentence)
        self.line.given.connect(self._give)
        self.go.clicked.connect(self._give)
        self.line.withheld.connect(self.withheld)
        self.back.clicked.connect(self.withheld)

    def say_again(self, sentence: str) -> None:
        """The reason was not enough: say what is wanted, keep what was written."""
        self.sentence.setText(sentence)
        self.line.setProperty(MARK, "error")
        self.line.update()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [self.line, self.go, self.back]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape counts on the buttons too."""
        if event.key() == Qt.Key.Key_Escape:
            self.withheld.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground: this is where one is asked."""
        tokens = current()
        painter = QPainter(self)
        rounded(painter, self.rect(), fill=tokens.primary_soft, edge="", radius=tokens.radius)

    def _buttons(self, *, narrow: bool) -> QHBoxLayout:
        """The line with its buttons behind it, or the buttons alone."""
        row = QHBoxLayout()
        row.setSpacing(current().gap)
        if not narrow:
            row.addWidget(self.line, 1)
        row.addWidget(self.go)
        row.addWidget(self.back)
        row.addStretch(int(narrow))
        return row

    def _picking(self, reasons: Sequence[str]) -> QWidget:
        box = QWidget(self)
        flow = FlowRow(box, gap=current().hair + 2)
        for chip, words in zip(self.chips, reasons, strict=True):
            flow.addWidget(chip)
            chip.clicked.connect(lambda _on=False, words=words: self.given.emit(words))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        return box

    def _give(self) -> None:
        reason = self.line.text().strip()
        if reason:
            self.given.emit(reason)
        else:
            self.line.setProperty(MARK, "error")
            self.line.update()
