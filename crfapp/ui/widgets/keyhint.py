"""The name of a key, drawn like a key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import rounded


class KeyHint(QLabel):
    """One key or chord: ``Ctrl+K``. It always reads from left to right."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setFont(font("tiny", 500))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The letters and the key around them."""
        tokens = current()
        width = self.fontMetrics().horizontalAdvance(self.text()) + tokens.room
        height = self.fontMetrics().height() + tokens.hair
        return QSize(max(width, height), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A key cap."""
        tokens = current()
        painter = QPainter(self)
        rounded(painter, self.rect(), fill=tokens.ground, edge=tokens.edge, radius=tokens.radius - 1)
        painter.setPen(QColor(tokens.muted))
        from_left = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextForceLeftToRight  # else "++Ctrl" in Arabic
        painter.drawText(self.rect(), from_left, self.text())
