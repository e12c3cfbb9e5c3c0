"""One line to write in, and the editors that are nothing more than such a line."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from crfapp.ui.fields.base import REPEAT, FieldEditor, FieldSpec
from crfapp.ui.icons import status_pixmap
from crfapp.ui.theme import current
from crfapp.ui.theme.style import MARK

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

STAYS = frozenset(
    {
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)
"""Focus changes that do not mean that the person has moved on: another window, a pop-up of this field."""


class LineInput(QLineEdit):
    """A line that tells when the person moves on. ``ltr`` keeps numbers and dates in their own direction."""

    def __init__(self, editor: LineEditor, name: str, *, ltr: bool = False) -> None:
        super().__init__(editor)
        self.editor = editor
        self.setAccessibleName(name)
        self.setFixedHeight(current().control)
        self._is_tight = True
        self.set_tight(False)
        if self.isRightToLeft():
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
            if ltr:
                self._keep_direction("")
                self.textChanged.connect(self._keep_direction)

    def set_tight(self, tight: bool) -> None:
        """With ``tight`` there is little room at the sides of the words: for tables."""
        if tight != self._is_tight:
            self._is_tight = tight
            side = 3 if tight else current().gap - 3
            self.setTextMargins(side, 0, side, 0)

    def set_mark(self, state: str) -> None:
        """Colour the border: plain, warn, error or saved."""
        self.setProperty(MARK, state)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard arrives."""
        super().focusInEvent(event)
        if event.reason() not in STAYS:
            self.editor.arrive()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes; only to another place of this window does it count as moving on."""
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.editor.depart()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Escape and ``=`` in an empty line belong to the editor around it, the rest to the line."""
        repeats = event.text() == REPEAT and self.editor.repeats and not self.text()
        if repeats or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _keep_direction(self, text: str) -> None:
        """Digits read from left to right; an Arabic month name turns the line as a whole."""
        rtl = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)


class LineEditor(FieldEditor):
    """An answer in one line. Subclasses set ``ltr`` and ``width`` (logical pixels at 100 %, 0 to fill)."""

    ltr = False
    width_token = 0

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._sign: QLabel | None = None
        self._why = ""
        self.line = self.make_line()
        self.line.setPlaceholderText(spec.hint)
        if self.width_token:
            self.line.setFixedWidth(round(self.width_token * current().scale))
        self.row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.typing)

    def make_line(self) -> LineInput:
        """The line itself; a subclass may want one that knows more keys."""
        return LineInput(self, self.spec.name, ltr=self.ltr)

    def arrive(self) -> None:
        """The keyboard comes into the line."""
        self.begin()

    def depart(self) -> None:
        """The person has moved on."""
        self.report()

    def raw(self) -> str:
        """The line as typed."""
        return self.line.text()

    def draw_text(self, text: str) -> None:
        """Write into the line, its beginning in sight."""
        self.line.setText(text)
        self.line.setCursorPosition(0)
        if self.spec.compact:
            self._tell()

    def draw_mark(self) -> None:
        """Colour the line's border."""
        self.line.set_mark(self.state)

    def focus_first(self) -> None:
        """Into the line, everything selected: typing replaces, arrows keep."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)
        self.line.selectAll()

    def set_enabled_state(self, enabled: bool, why: str) -> None:
        """A closed line can be read and copied."""
        self.line.setReadOnly(not enabled)
        self._why = why
        self._tell()
        self.line.setAccessibleDescription(why)

    def _tell(self) -> None:
        """The tool tip: why the line is closed, and in a table the text that may be longer than its cell."""
        text = self.line.text() if self.spec.compact else ""
        self.line.setToolTip("\n".join(part for part in (text, self._why) if part))

    def sign_missing(self, words: str) -> None:
        """A slashed ring in the empty line."""
        if self._sign is None and words:
            self._sign = QLabel(self.line)
            self._sign.setPixmap(status_pixmap("missed", self.devicePixelRatioF()))
            self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._sign.move(current().gap - 1, (self.line.height() - current().icon) // 2)
        if self._sign is not None:
            self._sign.setVisible(bool(words))
            self._sign.setToolTip(words)

    def write(self, text: str) -> None:
        """Write as if the person had typed it: selected, unreported, undone by Escape."""
        if self.line.isReadOnly():
            return
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.setText(text)
        self.line.selectAll()
        self.typing.emit()


def is_fresh(line: QLineEdit) -> bool:
    """Whether typing starts anew: the line is empty or selected as a whole."""
    return line.selectedText() == line.text()
