"""One lesion on the body, close to: the view that has it, its region and its sign, in little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.body.painting import paint_mark, paint_view
from crfapp.ui.body.placing import mark_points, place_views
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import rounded

if TYPE_CHECKING:
    from crfapp.present.body_view import MapView, ViewLine

_WIDE, _HIGH = 104, 92
"""Logical pixels at 100 %."""
_CLOSE = 1.8
"""So many times as high as its room a figure is drawn; what does not fit is cut off around the lesion."""


class CloseFigure(QWidget):
    """Shows where one lesion is; nothing can be chosen on it. It never mirrors: sides are the subject's."""

    def __init__(self, view: MapView, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(view.here.words if view.here is not None else view.name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Always the same."""
        scale = current().scale
        return QSize(round(_WIDE * scale), round(_HIGH * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The figure around the lesion, the name of the view in the corner."""
        tokens, painter = current(), QPainter(self)
        rounded(painter, self.rect(), fill=tokens.surface, edge=tokens.line, radius=tokens.radius)
        found = self._found()
        if found is None or self.view.here is None:
            return
        line, at = found
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.radius, tokens.radius)
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        (placed,) = place_views([line], self._room(at), 0, 0)
        paint_view(painter, placed, self.view.chosen, "", "")
        for mark, point in mark_points([placed], [self.view.here]):
            paint_mark(painter, point, mark, strong=True)
        painter.setFont(font("tiny", 600))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(
            self.rect().adjusted(tokens.hair, 2, -tokens.hair, 0), Qt.AlignmentFlag.AlignTop, line.words
        )

    def _found(self) -> tuple[ViewLine, QPointF] | None:
        """The view that has the lesion, and where it lies on it, as shares of width and height."""
        if self.view.here is None:
            return None
        for line in self.view.views:
            (placed,) = place_views([line], QRectF(0, 0, 1000, 1000), 0, 0)
            for _, point in mark_points([placed], [self.view.here]):
                box = placed.box
                share = QPointF(
                    (point.x() - box.left()) / box.width(), (point.y() - box.top()) / box.height()
                )
                return line, share
        return None

    def _room(self, share: QPointF) -> QRectF:
        """Room for the whole figure, laid so that the lesion is in sight and the body fills the rest."""
        high = self.height() * _CLOSE
        top = min(0.0, max(self.height() - high, self.height() / 2 - share.y() * high))
        return QRectF(-self.width(), top, 3 * self.width(), high)
