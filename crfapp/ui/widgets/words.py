"""A label in one of the tokens' tones, sizes and weights."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from crfapp.present.texts import read_from_the_right
from crfapp.ui.theme import current, font

_ROLES = {
    "text": QPalette.ColorRole.WindowText,
    "muted": QPalette.ColorRole.PlaceholderText,
    "primary": QPalette.ColorRole.Link,
    "query": QPalette.ColorRole.LinkVisited,
    "error": QPalette.ColorRole.BrightText,
}


class Words(QLabel):
    """Plain words; follows a change of theme or scale by itself. Text is never read as markup."""

    def __init__(
        self,
        text: str = "",
        tone: str = "text",
        *,
        size: str = "base",
        weight: int = 400,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tone, self.size_token, self.weight = tone, size, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        if wrap:
            self.setWordWrap(True)
        self.align()
        self.dress()
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802  # the name is Qt's
        """Show other words; parts of several directions stand in the order of the window's language."""
        super().setText(read_from_the_right(text) if self.isRightToLeft() else text)

    def align(self) -> None:
        """Latin words in an Arabic window stand where its words begin; again after a turn of direction."""
        if self.isRightToLeft():
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            self.setAlignment(right | Qt.AlignmentFlag.AlignVCenter)

    def set_tone(self, tone: str) -> None:
        """Change the colour to another token."""
        self.tone = tone
        self.dress()

    def dress(self) -> None:
        """Take colour and size from the tokens in force."""
        role = _ROLES.get(self.tone)
        if role is None:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.WindowText, QColor(current().colour(self.tone)))
            self.setPalette(palette)
        if self.foregroundRole() != (role or QPalette.ColorRole.WindowText):
            self.setForegroundRole(role or QPalette.ColorRole.WindowText)
        if (self.size_token, self.weight) != ("base", 400):
            self.setFont(font(self.size_token, self.weight))
