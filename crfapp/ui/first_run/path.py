"""Where the assistant stands: the steps in a row, done ones with a check."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import rounded


class StepPath(QWidget):
    """Numbers and names; the present step in the primary colour."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names, self._at = names, 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_at(0)

    def show_at(self, step: int) -> None:
        """Stand at a step, from 0; one past the last means that all are done."""
        self._at = step
        name = self._names[step] if step < len(self._names) else ""
        self.setAccessibleName(f"{min(step + 1, len(self._names))}/{len(self._names)} {name}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        tokens = current()
        return QSize(30 * tokens.pad, 2 * tokens.icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each step takes the room of its name; lines fill what is left."""
        tokens, painter = current(), QPainter(self)
        painter.setFont(font("small", 600))
        metrics = QFontMetrics(painter.font())
        disc, gap = tokens.icon + tokens.hair, tokens.gap
        widths = [disc + gap + metrics.horizontalAdvance(name) for name in self._names]
        between = (self.width() - sum(widths)) // max(1, len(widths) - 1)
        x = 0
        for place, (name, width) in enumerate(zip(self._names, widths, strict=True)):
            self._paint_disc(painter, QRect(x, (self.height() - disc) // 2, disc, disc), place)
            tone = tokens.primary if place == self._at else tokens.text if place < self._at else tokens.muted
            painter.setPen(QColor(tone))
            box = self._mirrored(QRect(x + disc + gap - 2, 0, width - disc, self.height()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, name)
            x += width
            if place < len(widths) - 1 and between > 3 * gap:
                painter.setPen(QColor(tokens.line))
                line = self._mirrored(QRect(x + gap, self.height() // 2, between - 2 * gap, 1))
                painter.drawLine(line.topLeft(), line.topRight())
            x += between

    def _paint_disc(self, painter: QPainter, box: QRect, place: int) -> None:
        tokens, box = current(), self._mirrored(box)
        if place < self._at:
            picture = pixmap("complete", tokens.ok, box.width(), self.devicePixelRatioF())
            painter.drawPixmap(box.topLeft(), picture)
            return
        on = place == self._at
        fill, edge = (tokens.primary, "") if on else ("", tokens.edge)
        rounded(painter, box, fill=fill, edge=edge, radius=box.width() / 2)
        painter.setPen(QColor(tokens.on_primary if on else tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(place + 1))

    def _mirrored(self, box: QRect) -> QRect:
        if self.isRightToLeft():
            return QRect(self.width() - box.left() - box.width(), box.top(), box.width(), box.height())
        return box
