"""A bar of a few short answers, with the digit that chooses each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent

from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets.options import OptionGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.widgets.option import Shape

_SLACK = 2
_EDGES = {"warn": "warn", "error": "error", "saved": "ok"}


def bar_width(labels: Sequence[str], *, tight: bool = False) -> int:
    """How wide a bar of these answers is, before it is made."""
    tokens, metrics = current(), QFontMetrics(font())
    around = 2 * (tokens.gap - 2) if tight else 2 * tokens.room
    digit = 0 if tight else metrics.horizontalAdvance("0") + tokens.gap - 2
    return sum(metrics.horizontalAdvance(label) + around + digit + _SLACK + 1 for label in labels) + 1


class SegmentedChoice(OptionGroup):
    """One of a few answers beside each other: ``1 Sitting | 2 Lying``."""

    shape: Shape = "segment"

    def set_tight(self, tight: bool) -> None:
        """With ``tight`` the digits are not shown and the room at the sides is small: for tables."""
        if tight != self.tight:
            self.tight = tight
            self.dress()

    def place(self) -> None:
        """Put the segments beside each other, from the side where reading begins."""
        x, rtl = 1, self.isRightToLeft()
        for option in self.options:
            size = option.sizeHint()
            left = self.width() - x - size.width() if rtl else x
            option.setGeometry(left, 1, size.width(), size.height())
            x += size.width() + 1

    def minimumSizeHint(self) -> QSize:
        """Segments are never cut."""
        return self.sizeHint()

    def sizeHint(self) -> QSize:
        """Room for every segment, the border and the lines between."""
        widths = [o.sizeHint().width() for o in self.options]
        return QSize(sum(widths) + len(widths) + 1, current().control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Border, ground and the lines between the segments."""
        tokens = current()
        painter = QPainter(self)
        edge = tokens.colour(_EDGES.get(self.state, "edge"))
        ground = tokens.surface if self.is_open else tokens.ground
        rounded(painter, self.rect(), fill=ground, edge=edge, radius=tokens.radius + 0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(tokens.edge))
        for option in self.options[1:]:
            box = option.geometry()
            x = box.right() + 1 if self.isRightToLeft() else box.left() - 1
            painter.drawLine(x, 1, x, self.height() - 2)
