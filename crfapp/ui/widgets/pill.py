"""A few words on a soft ground: the state of a form, a count, what is missing."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import Tokens, current, font
from crfapp.ui.theme.style import rounded


def _colours(tone: str, tokens: Tokens) -> tuple[str, str]:
    """Text and ground of a tone."""
    if tone == "muted":
        return tokens.muted, tokens.ground
    if tone == "rail":
        return tokens.rail_text, tokens.rail_badge
    return tokens.colour(tone), tokens.colour(f"{tone}_soft")


class Pill(QLabel):
    """A badge. ``tone``: primary, ok, warn, error, query, muted, or rail for a count on the rail.

    ``planned`` draws it with a dashed border on no ground: not there yet.
    """

    def __init__(
        self,
        text: str,
        tone: str = "primary",
        *,
        icon: str = "",
        planned: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tone, self.icon, self.planned = tone, icon, planned
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.dress()
        self.setText(text)

    def dress(self) -> None:
        """Take the size of the words from the tokens in force."""
        self.setFont(font("tiny", 600))

    def set_tone(self, tone: str) -> None:
        """Change what the colour means."""
        self.tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """The words, the icon, and some room."""
        tokens, metrics = current(), self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * tokens.gap - 2
        if self.icon:
            width += self._icon_size() + tokens.hair
        return QSize(max(width, 2 * tokens.room), metrics.height() + tokens.hair)

    def minimumSizeHint(self) -> QSize:
        """A pill is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon, words."""
        tokens = current()
        tone, ground = _colours(self.tone, tokens)
        painter = QPainter(self)
        rect = self.rect()
        if self.planned:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.text), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), tokens.radius - 1, tokens.radius - 1)
            tone = tokens.text
        else:
            radius = rect.height() / 2 if self.tone == "rail" else tokens.radius - 1
            edge = tokens.line if self.tone == "muted" else ""
            rounded(painter, rect, fill=ground, edge=edge, radius=radius)
        self._paint_words(painter, rect, tone)

    def _paint_words(self, painter: QPainter, rect: QRect, tone: str) -> None:
        inner = rect
        if self.icon:
            size, tokens = self._icon_size(), current()
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = rect.right() - tokens.gap + 2 - size if rtl else rect.left() + tokens.gap - 2
            picture = pixmap(self.icon, tone, size, self.devicePixelRatioF())
            painter.drawPixmap(left, rect.center().y() - size // 2 + 1, picture)
            shift = size + tokens.hair
            inner = rect.adjusted(0, 0, -shift, 0) if rtl else rect.adjusted(shift, 0, 0, 0)
        painter.setPen(QColor(tone))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, self.text())

    def _icon_size(self) -> int:
        return current().icon - current().hair
