"""The one button, in four weights."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import Tokens, current, font
from crfapp.ui.theme.style import focus_ring, rounded

Variant = Literal["plain", "primary", "danger", "quiet", "pill"]


def _look(variant: Variant, tokens: Tokens) -> tuple[str, str, str]:
    """Text, ground and border of a variant at rest."""
    return {
        "plain": (tokens.text, tokens.surface, tokens.edge),
        "primary": (tokens.on_primary, tokens.primary, ""),
        "danger": (tokens.on_error, tokens.error, ""),
        "quiet": (tokens.primary, "", ""),
        "pill": (tokens.text, tokens.surface, tokens.edge),
    }[variant]


class Button(QPushButton):
    """A button 30 px high. ``primary`` is the one thing to do here; ``quiet`` has no border.

    ``hint`` is the key that does the same, shown muted behind the words. ``icon_name`` is a drawing
    of this program, before the words; with no words the accessible name must be set.
    """

    def __init__(
        self,
        text: str,
        variant: Variant = "plain",
        *,
        icon_name: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.variant: Variant = variant
        self.icon_name, self.hint = icon_name, hint
        self._left_to: QWidget | None = None
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.dress()

    def set_waiting(self, waits: bool) -> None:
        """It cannot be pressed while what it began goes on.

        The keyboard goes on to something else meanwhile, and comes back unless somebody took it further.
        """
        had = waits and self.hasFocus()
        self.setEnabled(not waits)
        if had:
            self._left_to = QApplication.focusWidget()
        elif not waits and self._left_to is not None:
            if QApplication.focusWidget() is self._left_to:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._left_to = None

    def sizeHint(self) -> QSize:
        """Words, icon and key, with room; never narrower than it is high."""
        tokens, metrics = current(), self.fontMetrics()
        room = tokens.gap if self.variant == "quiet" else tokens.room
        width = 2 * room + (metrics.horizontalAdvance(self.text()) if self.text() else 0)
        if self.icon_name:
            width += tokens.icon + (tokens.gap - 2 if self.text() else 0)
        if self.hint:
            width += metrics.horizontalAdvance(self.hint) + tokens.gap
        if not self.text():
            width = max(tokens.control, width - room)
        return QSize(max(width, tokens.control), tokens.control)

    def minimumSizeHint(self) -> QSize:
        """Words on a button are never cut."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring at once."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, ring, icon, words, key."""
        tokens = current()
        tone, ground, edge = _look(self.variant, tokens)
        if not self.isEnabled():
            tone, ground, edge = tokens.muted, tokens.ground if ground else "", tokens.line if ground else ""
        painter = QPainter(self)
        radius = self.height() / 2 if self.variant == "pill" else tokens.radius
        rounded(painter, self.rect(), fill=self._touched(ground, tokens), edge=edge, radius=radius)
        if self.hasFocus():
            if self.variant in {"primary", "danger"}:
                rounded(painter, self.rect().adjusted(2, 2, -2, -2), fill="", edge=tone, radius=radius - 1)
            focus_ring(painter, self.rect(), tokens, radius)
        self._paint_content(painter, tone, tokens)

    def _touched(self, ground: str, tokens: Tokens) -> str:
        """The ground while the pointer is over it or presses it."""
        if not self.isEnabled() or not (self.underMouse() or self.isDown() or self.isChecked()):
            return ground
        if self.variant in {"primary", "danger"}:
            return QColor(ground).darker(125 if self.isDown() else 112).name()
        return tokens.primary_soft if self.isDown() or self.isChecked() else tokens.ground

    def _paint_content(self, painter: QPainter, tone: str, tokens: Tokens) -> None:
        metrics, gap = self.fontMetrics(), tokens.gap
        parts: list[tuple[str, int]] = []
        if self.icon_name:
            parts.append(("icon", tokens.icon))
        if self.text():
            parts.append(("text", metrics.horizontalAdvance(self.text())))
        if self.hint:
            parts.append(("hint", metrics.horizontalAdvance(self.hint)))
        x = (self.width() - sum(w for _, w in parts) - (gap - 2) * (len(parts) - 1)) // 2
        for kind, width in parts:
            left = self.width() - x - width if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else x
            box = QRect(left, 0, width + 1, self.height())
            if kind == "icon":
                picture = pixmap(self.icon_name, tone, tokens.icon, self.devicePixelRatioF())
                painter.drawPixmap(left, (self.height() - tokens.icon) // 2, picture)
            else:
                muted = kind == "hint" and self.variant in {"plain", "quiet", "pill"}
                painter.setPen(QColor(tokens.muted if muted else tone))
                middle = Qt.AlignmentFlag.AlignCenter
                if kind == "hint":  # keys read from the left in every language
                    painter.drawText(box, middle | Qt.TextFlag.TextForceLeftToRight, self.hint)
                else:
                    painter.drawText(box, middle, self.text())
            x += width + gap - 2

    def dress(self) -> None:
        """Take the size of the words from the tokens in force."""
        self.setFont(font("base", 400 if self.variant in {"quiet", "pill"} else 500))
