"""Real strokes of a mouse over a photograph, and synthetic photographs of known shapes."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.photo import PhotoCanvas

LEFT = Qt.MouseButton.LeftButton


def skin(width: int, height: int) -> QImage:
    """A photograph of nothing but skin."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(198, 150, 122))
    return image


def with_patch(image: QImage, points: Sequence[tuple[float, float]]) -> QImage:
    """The photograph with a pale patch of this shape."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(245, 232, 222))
    painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
    painter.end()
    return image


def ellipse(
    middle: tuple[float, float], half: tuple[float, float], turned: float = 0.0, count: int = 90
) -> list[tuple[float, float]]:
    """Points around an ellipse, in pixels of the picture; ``turned`` in degrees."""
    way = turned * pi / 180
    found = []
    for step in range(count):
        x, y = half[0] * cos(2 * pi * step / count), half[1] * sin(2 * pi * step / count)
        found.append((middle[0] + x * cos(way) - y * sin(way), middle[1] + x * sin(way) + y * cos(way)))
    return found


def on_screen(canvas: PhotoCanvas, point: tuple[float, float]) -> QPoint:
    """The pixel of the widget at a place of the picture."""
    return canvas.to_widget(QPointF(*point)).toPoint()


def click(canvas: PhotoCanvas, *points: tuple[float, float]) -> None:
    """Press and release at each place of the picture."""
    for point in points:
        QTest.mouseClick(canvas, LEFT, pos=on_screen(canvas, point))


def drag(canvas: PhotoCanvas, points: Sequence[tuple[float, float]]) -> None:
    """One stroke through places of the picture."""
    QTest.mousePress(canvas, LEFT, pos=on_screen(canvas, points[0]))
    for point in points[1:]:
        QTest.mouseMove(canvas, on_screen(canvas, point))
    QTest.mouseRelease(canvas, LEFT, pos=on_screen(canvas, points[-1]))
