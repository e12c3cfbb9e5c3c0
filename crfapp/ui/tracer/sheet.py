"""Clear sheets over a photograph: what was painted once is laid down again until something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Sheet:
    """As large as a widget. ``shows`` says what lies on it; whoever paints on it sets it."""

    def __init__(self) -> None:
        self.shows: object = None
        self._pixmap = QPixmap()

    def fits(self, widget: QWidget) -> bool:
        """Whether it is as large as the widget, in the pixels of its screen."""
        ratio = widget.devicePixelRatioF()
        wanted = QSize(round(widget.width() * ratio), round(widget.height() * ratio))
        return self._pixmap.size() == wanted and self._pixmap.devicePixelRatio() == ratio

    def begin(self, widget: QWidget, shows: object, paint: Callable[[QPainter], None]) -> None:
        """Paint on a clear sheet of the widget's size."""
        ratio = widget.devicePixelRatioF()
        if not self.fits(widget):
            self._pixmap = QPixmap(round(widget.width() * ratio), round(widget.height() * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(Qt.GlobalColor.transparent)
        self.shows = shows
        self.add(paint)

    def add(self, paint: Callable[[QPainter], None]) -> None:
        """Paint over what is there."""
        painter = QPainter(self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
        painter.end()

    def lay(self, painter: QPainter) -> None:
        """Lay down as much as is being painted."""
        box, ratio = painter.clipBoundingRect(), self._pixmap.devicePixelRatio()
        part = QRectF(box.x() * ratio, box.y() * ratio, box.width() * ratio, box.height() * ratio)
        painter.drawPixmap(box, self._pixmap, part)
