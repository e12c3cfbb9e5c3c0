"""The numbers of the day, and how enrolment went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import rounded

if TYPE_CHECKING:
    from crfapp.present.today_view import Growth, TileView

_LEADING = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)


class Tile(QWidget):
    """One number with its name; the one of enrolment has the line of its growth below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TileView | None = None
        self._growth: Growth | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tile(self, view: TileView, growth: Growth | None = None) -> None:
        """Show a number."""
        self._view, self._growth = view, growth
        self.setAccessibleName(f"{view.title}: {view.number}")
        self._tell_whole()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room for the name, or less."""
        super().resizeEvent(event)
        self._tell_whole()

    def sizeHint(self) -> QSize:
        """A low card."""
        tokens = current()
        return QSize(8 * tokens.pad, 2 * tokens.row + tokens.gap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Card, name, number, line."""
        tokens, painter, view = current(), QPainter(self), self._view
        rounded(painter, self.rect(), fill=tokens.surface, edge=tokens.line, radius=tokens.card_radius)
        if view is None:
            return
        inner = self._inner()
        painter.setFont(font("base"))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(inner, _LEADING, self._name())
        number = font("title", 600)
        number.setPixelSize(tokens.title + tokens.hair)
        painter.setFont(number)
        painter.setPen(QColor(tokens.colour(view.tone)))
        below = inner.adjusted(0, tokens.wide - 2, 0, 0)
        painter.drawText(below, _LEADING, str(view.number))
        if self._growth is not None:
            wide = painter.fontMetrics().horizontalAdvance(str(view.number)) + tokens.pad
            rtl = self.isRightToLeft()
            chart = below.adjusted(0 if rtl else wide, tokens.gap, -wide if rtl else 0, -2)
            paint_growth(painter, chart, self._growth, rtl=rtl)

    def _inner(self) -> QRect:
        tokens = current()
        return self.rect().adjusted(tokens.pad, tokens.room + 2, -tokens.pad, -tokens.room)

    def _name(self) -> str:
        """The name as far as it goes."""
        metrics, view = QFontMetrics(font("base")), self._view
        words = view.title if view is not None else ""
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, self._inner().width())

    def _tell_whole(self) -> None:
        words = self._view.title if self._view is not None else ""
        self.setToolTip(words if self._name() != words else "")


def paint_growth(painter: QPainter, box: QRect, growth: Growth, *, rtl: bool) -> None:
    """How many there were on each day, up to today; a dashed line where the planned number is."""
    tokens = current()
    top = max(growth.planned, growth.steps[-1][1] if growth.steps else 0, 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if growth.planned:
        painter.setPen(QPen(QColor(tokens.edge), 1, Qt.PenStyle.DashLine))
        painter.drawLine(box.left(), box.top(), box.right(), box.top())
    if not growth.steps:
        return
    first = growth.steps[0][0]
    days = max(1, (growth.today - first).days)
    points: list[QPointF] = []
    count = 0
    for day, reached in (*growth.steps, (growth.today, growth.steps[-1][1])):
        share = min(1.0, max(0.0, (day - first).days / days))
        x = box.right() - share * box.width() if rtl else box.left() + share * box.width()
        for height in dict.fromkeys((count, reached)):
            points.append(QPointF(x, box.bottom() - height / top * box.height()))
        count = reached
    painter.setPen(QPen(QColor(tokens.primary), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPolyline(points)
