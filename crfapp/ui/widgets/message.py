"""A sentence below a row, with up to two things to do about it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring
from crfapp.ui.widgets.words import Words

Grade = Literal["info", "warn", "error", "query"]
_ICONS: dict[Grade, str] = {"info": "info", "warn": "finding", "error": "refusal", "query": "query"}
_TONES: dict[Grade, str] = {"info": "muted", "warn": "warn", "error": "error", "query": "query"}
_MOST_ACTIONS = 2


class LinkButton(QAbstractButton):
    """Words that can be pressed, in the colour of a link; as high as a hit target must be when touched."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(font("small", 500))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words and a little room."""
        tokens = current()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + tokens.gap, tokens.control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, underlined while touched."""
        tokens = current()
        painter = QPainter(self)
        painter.setPen(QColor(tokens.primary if self.isEnabled() else tokens.muted))
        if self.underMouse():
            underlined = self.font()
            underlined.setUnderline(True)
            painter.setFont(underlined)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(0, 3, 0, -3), tokens, tokens.radius)


class InlineMessage(QWidget):
    """A finding, refusal or remark where it belongs. ``chosen`` names the action that was pressed."""

    chosen = Signal(str)

    def __init__(
        self,
        text: str,
        grade: Grade = "warn",
        *,
        actions: tuple[tuple[str, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if len(actions) > _MOST_ACTIONS:
            raise ValueError("a message offers at most two things to do")
        tokens = current()
        self.grade: Grade = grade
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(tokens.hair)
        self.row.addSpacing(tokens.icon + tokens.hair)
        self.text = Words(text, _TONES[grade], size="small", wrap=True, parent=self)
        self.text.setMinimumHeight(tokens.control)
        self.row.addWidget(self.text, 1)
        self.setAccessibleName(text)
        self.links = tuple(self._link(key, words) for key, words in actions)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon beside the first line."""
        tokens = current()
        picture = pixmap(
            _ICONS[self.grade], tokens.colour(_TONES[self.grade]), tokens.icon, self.devicePixelRatioF()
        )
        x = self.width() - tokens.icon if self.isRightToLeft() else 0
        QPainter(self).drawPixmap(x, (tokens.control - tokens.icon) // 2, picture)

    def _link(self, key: str, words: str) -> LinkButton:
        link = LinkButton(words, self)
        link.clicked.connect(lambda: self.chosen.emit(key))
        self.row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return link
