"""A photograph that is traced: the canvas with the pen, the drawing over it, and a loupe at the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from crfapp.present.sketch import points_of
from crfapp.ui.photo import PhotoCanvas, Placement
from crfapp.ui.theme import current
from crfapp.ui.tracer.ink import Lines, Seen, SketchInk, path_of, two_toned
from crfapp.ui.tracer.pen import Pen
from crfapp.ui.tracer.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from crfapp.present.tracing import Tracing

_LARGER = 3.0
_NEAR, _TAIL, _IN_LOUPE = 12, 3, 150
_EDGE = 12.0
"""Around what is drawn: points, rings and crosses reach so far beyond their places."""


class TraceBoard(PhotoCanvas):
    """Draws what :class:`Tracing` holds. ``changed``: the drawing is another one.

    ``ghost`` and ``others`` are lines that only are looked at: an earlier outline, and those of two people.
    """

    changed = Signal()

    def __init__(self, tracing: Tracing, name: str, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, nothing, parent)
        self.tracing = tracing
        self.pen = Pen(tracing, self)
        self.hand = self.pen
        self.loupe = True
        self.ghost: Lines = ()
        self.others: tuple[tuple[str, Lines], ...] = ()
        self._ink = SketchInk()
        self._near = QRect()
        self._carried = QRect()
        self._painted = 0
        self._still, self._trail = Sheet(), Sheet()
        self.add_layer(self._paint_drawing)
        self.add_layer(self._paint_loupe)
        self.pen.changed.connect(self._redraw_drawing)
        self.pen.changed.connect(self.changed)
        self.pen.moved.connect(self._redraw_near)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_lines(self, ghost: Lines, others: tuple[tuple[str, Lines], ...] = ()) -> None:
        """Lines to be looked at; ``others`` each with the name of its colour."""
        if (ghost, others) != (self.ghost, self.others):
            self.ghost, self.others = ghost, others
            self.update()

    def set_loupe(self, on: bool) -> None:
        """Show what is under the pointer larger, or do not."""
        self.loupe = on
        self.update()

    def step(self, act: Callable[[], object]) -> None:
        """Do something to the drawing, and show it."""
        act()
        self.pen.changed.emit()

    # ---- what changed is painted anew

    def _redraw_drawing(self) -> None:
        """All of it; of a point that is carried what is between its neighbours, as it was and as it is."""
        if not self.pen.carries:
            self._carried = QRect()
            self.update()
            return
        now = self._near_carried().united(self._near_pointer())
        self.update(now.united(self._carried).united(self._near))
        self._carried, self._near = now, self._near_pointer()

    def _near_carried(self) -> QRect:
        """The chosen point and those beside it."""
        chosen, area = self.tracing.chosen, QRectF()
        if chosen is None:
            return QRect()
        points = points_of(self.tracing.now, chosen.line)
        for step in (-1, 0, 1):
            at = self.to_widget(QPointF(*points[(chosen.place + step) % len(points)]))
            area = area.united(QRectF(at.x() - _EDGE, at.y() - _EDGE, 2 * _EDGE, 2 * _EDGE))
        return area.toAlignedRect()

    def _redraw_near(self) -> None:
        """A stroke or the pointer went on: only what is near it."""
        now, stroke, place = self._near_pointer(), self.pen.stroke, self.placement
        area = now.united(self._near)
        if not stroke or self._trail.shows != place or not self._trail.fits(self):
            self._trail.begin(self, place, lambda _painter: None)
            self._painted = 0
        for point in stroke[max(0, self._painted - 1) :]:
            at = self.to_widget(QPointF(*point)).toPoint()
            area = area.united(QRect(at, at).adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR))
        if len(stroke) > self._painted:
            self._trail.add(lambda painter: self._paint_stroke(painter, place, self._painted - _TAIL))
        self._painted = len(stroke)
        self._near = now
        self.update(area)

    def _near_pointer(self) -> QRect:
        """What depends on where the pointer is: the loupe, and the line to it."""
        hover, line = self.pen.hover, self.tracing.now.open
        if hover is None:
            return QRect()
        at = self.to_widget(QPointF(*hover))
        area = self._loupe_box(at).united(QRectF(at, at)) if self.loupe else QRectF(at, at)
        if line and self.pen.tool == "outline":
            area = area.united(QRectF(at, self.to_widget(QPointF(*line[-1]))).normalized())
        return area.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE).toAlignedRect()

    # ---- painting

    def _paint_drawing(self, painter: QPainter) -> None:
        """What stands still comes from a sheet; a point that is carried is painted where it is."""
        pen, place = self.pen, self.placement
        seen = Seen(self.tracing.chosen, pen.tool == "scale", pen.is_open)
        if pen.carries:
            self._paint_lines(painter, place, seen)
        else:
            shows = (self.tracing.now, place, seen, self.ghost, self.others)
            if self._still.shows != shows or not self._still.fits(self):
                self._still.begin(self, shows, lambda on: self._paint_lines(on, place, seen))
            self._still.lay(painter)
        if pen.stroke:
            self._trail.lay(painter)
        self._paint_to_pointer(painter, place)

    def _paint_lines(self, painter: QPainter, place: Placement, seen: Seen) -> None:
        tokens = current()
        painter.save()
        _place(painter, place)
        if self.ghost:
            two_toned(painter, path_of(self.ghost), tokens.ink_ghost, Qt.PenStyle.DashLine)
        for colour, lines in self.others:
            style = Qt.PenStyle.SolidLine if colour == "ink" else Qt.PenStyle.DashDotLine
            two_toned(painter, path_of(lines), tokens.colour(colour), style)
        painter.restore()
        self._ink.paint(painter, self.tracing.now, place, seen)

    def _paint_stroke(self, painter: QPainter, place: Placement, begin: int) -> None:
        """The stroke in the making, from one of its points on."""
        before = self.tracing.now.open[-1:] if begin <= 0 else ()
        painter.save()
        _place(painter, place)
        line = (*before, *self.pen.stroke[max(0, begin) :])
        two_toned(painter, path_of((line,), closed=False), current().ink)
        painter.restore()

    def _paint_to_pointer(self, painter: QPainter, place: Placement) -> None:
        """From the last point to where the next one would be."""
        pen, line = self.pen, self.tracing.now.open
        if pen.hover is not None and line and not pen.stroke and pen.tool == "outline" and pen.is_open:
            painter.save()
            _place(painter, place)
            path = path_of(((line[-1], pen.hover),), closed=False)
            two_toned(painter, path, current().ink, Qt.PenStyle.DotLine)
            painter.restore()

    def _paint_loupe(self, painter: QPainter) -> None:
        hover = self.pen.hover
        if hover is None or not self.loupe or not self.pen.is_open or self.picture is None:
            return
        tokens, at = current(), self.to_widget(QPointF(*hover))
        box = self._loupe_box(at)
        if not painter.clipBoundingRect().isNull() and not painter.clipBoundingRect().intersects(box):
            return
        scale = max(_LARGER * self.placement.scale, 1.0)
        middle = box.center()
        place = Placement(scale, middle.x() - hover.x * scale, middle.y() - hover.y * scale)
        glass = QPainterPath()
        glass.addEllipse(box)
        painter.setClipPath(glass, Qt.ClipOperation.IntersectClip)
        painter.fillRect(box, QColor(tokens.ground))
        part = QRectF(hover.x - box.width() / 2 / scale, hover.y - box.height() / 2 / scale, 0, 0)
        part.setSize(box.size() / scale)
        painter.drawImage(box, self.picture, part)
        seen = Seen(None, self.pen.tool == "scale", marked=False)
        self._paint_lines(painter, place, seen)
        if self.pen.stroke:
            self._paint_stroke(painter, place, len(self.pen.stroke) - _IN_LOUPE)
        self._paint_to_pointer(painter, place)
        arm = 14 * tokens.scale
        for width, tone in ((3.0, tokens.ink_edge), (1.0, tokens.ink)):
            painter.setPen(QPen(QColor(tone), width))
            painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
            painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))
        painter.setPen(QPen(QColor(tokens.ink_edge), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))

    def _loupe_box(self, at: QPointF) -> QRectF:
        """Beside the pointer, on the side where there is room."""
        tokens = current()
        side, away = 3.0 * tokens.row, float(tokens.wide)
        left = at.x() + away if at.x() + away + side < self.width() else at.x() - away - side
        top = at.y() - away - side if at.y() - away - side > 0 else at.y() + away
        top = max(0.0, min(top, self.height() - side))
        return QRectF(left, top, side, side)


def _place(painter: QPainter, place: Placement) -> None:
    """Paint in pixels of the picture from now on."""
    painter.translate(place.left, place.top)
    painter.scale(place.scale, place.scale)
