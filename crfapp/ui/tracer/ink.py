"""Painting a drawing over a photograph: lines that are seen on every skin, points, the calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from crfapp.present.sketch import OPEN, SCALE, Sketch, Spot, points_of, spots
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.planimetry.shapes import Point
    from crfapp.ui.photo import Placement

Lines = tuple[tuple["Point", ...], ...]
_FILL = 20
_APART = 9.0
"""Points nearer to each other on the screen than this are not all marked."""


class Seen(NamedTuple):
    """What is painted of a sketch: whether points are marked, and which is chosen."""

    chosen: Spot | None = None
    scale: bool = False
    marked: bool = True


class SketchInk:
    """Paints sketches; what was worked out for the last one is kept while it stays the same."""

    def __init__(self) -> None:
        self._sketch: Sketch | None = None
        self._lines = QPainterPath()

    def paint(self, painter: QPainter, sketch: Sketch, place: Placement, seen: Seen) -> None:
        """The lines with their points, and the calibration, where a picture lies so."""
        if sketch is not self._sketch:
            self._sketch, self._lines = sketch, path_of(sketch.lines)
        painter.save()
        painter.translate(place.left, place.top)
        painter.scale(place.scale, place.scale)
        tokens = current()
        inside = QColor(tokens.ink)
        inside.setAlpha(_FILL)
        painter.fillPath(self._lines, inside)
        two_toned(painter, self._lines, tokens.ink)
        if sketch.open:
            two_toned(painter, path_of((sketch.open,), closed=False), tokens.ink)
        if sketch.scale:
            two_toned(painter, path_of((points_of(sketch, SCALE),), closed=sketch.corners), tokens.ink_scale)
        painter.restore()
        if seen.marked:
            _paint_spots(painter, sketch, place, seen)


def path_of(lines: Sequence[Sequence[Point]], *, closed: bool = True) -> QPainterPath:
    """Lines as one path, in pixels of the picture; what lies within another one is a hole."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for line in lines:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line]))
        if closed:
            path.closeSubpath()
    return path


def two_toned(
    painter: QPainter, path: QPainterPath, colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> None:
    """A line of this colour with a dark edge, as wide on the screen at every zoom."""
    tokens = current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, tone, how in (
        (3.6 * tokens.scale, tokens.ink_edge, Qt.PenStyle.SolidLine),
        (1.6 * tokens.scale, colour, style),
    ):
        pen = QPen(QColor(tone), width, how)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)


def _paint_spots(painter: QPainter, sketch: Sketch, place: Placement, seen: Seen) -> None:
    """The points: those of the line in hand as squares, the clicks of the calibration as crosses."""
    tokens, last = current(), QPointF(-1e9, -1e9)
    for number, click in enumerate(sketch.scale):
        at = QPointF(*place.to_widget(*click.at))
        _paint_cross(painter, at, chosen=seen.chosen == Spot(SCALE, number))
    if seen.scale:
        return
    side = 2.5 * tokens.scale
    painter.setPen(QPen(QColor(tokens.ink_edge), 1))
    painter.setBrush(QColor(tokens.ink))
    for spot in spots(sketch, scale=False):
        at = QPointF(*place.to_widget(*points_of(sketch, spot.line)[spot.place]))
        first = spot.line == OPEN and spot.place == 0
        if (at - last).manhattanLength() < _APART and not first and spot != seen.chosen:
            continue
        last = at
        wide = side * 1.8 if first else side
        painter.drawRect(QRectF(at.x() - wide, at.y() - wide, 2 * wide, 2 * wide))
    if seen.chosen is not None and seen.chosen.line != SCALE:
        x, y = points_of(sketch, seen.chosen.line)[seen.chosen.place]
        ring(painter, QPointF(*place.to_widget(x, y)), tokens.ink)


def ring(painter: QPainter, at: QPointF, colour: str) -> None:
    """Around the point that keys move; what lies under it stays seen."""
    tokens = current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, tone in ((4.0, tokens.ink_edge), (2.0, colour)):
        painter.setPen(QPen(QColor(tone), width * tokens.scale))
        painter.drawEllipse(at, 8 * tokens.scale, 8 * tokens.scale)


def _paint_cross(painter: QPainter, at: QPointF, *, chosen: bool) -> None:
    tokens = current()
    arm = 9 * tokens.scale
    for width, tone in ((3.6, tokens.ink_edge), (1.6, tokens.ink_scale)):
        painter.setPen(QPen(QColor(tone), width * tokens.scale))
        painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
        painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
    if chosen:
        ring(painter, at, tokens.ink_scale)
