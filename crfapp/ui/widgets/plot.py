"""A plot as the window shows it and as a page prints it: axes, lines with marks of their own, events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crfapp.present.plot_view import steps_between
from crfapp.present.texts import isolated
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring

if TYPE_CHECKING:
    from crfapp.present.plot_view import Line, PlotView, Point
    from crfapp.ui.theme.tokens import Tokens

_TONES = ("primary", "warn", "query", "ok", "error", "muted")
_SIDES = 4
_MOST_STEPS = 6
_HEIGHT = 220
_NEAR = 14
_SIDE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_START, _END = Qt.AlignmentFlag.AlignLeft | _SIDE, Qt.AlignmentFlag.AlignRight | _SIDE


@dataclass(frozen=True, slots=True)
class PlotInk:
    """Colours, font and direction of whoever draws; ``unit`` is a logical pixel there."""

    tokens: Tokens
    font: QFont
    mirrored: bool
    unit: float = 1.0

    def pen(self, token: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A pen of a token's colour."""
        return QPen(QColor(self.tokens.colour(token)), width * self.unit, style)


class PlotFrame:
    """Where everything of a plot stands in a rectangle."""

    def __init__(self, view: PlotView, box: QRectF, ink: PlotInk) -> None:
        self.view, self.ink = view, ink
        metrics, unit = QFontMetricsF(ink.font), ink.unit
        self.low, self.high = view.reach
        self.first, self.last = view.span
        self.steps = steps_between(self.low, self.high, _MOST_STEPS, whole=view.whole)
        self.line = metrics.height()
        wide = max(metrics.horizontalAdvance(_figure(step)) for step in self.steps) + 8 * unit
        top = self.line * (2.2 if view.marks else 1.2)
        foot = self.line * 2.4
        left, right = (10 * unit, wide) if ink.mirrored else (wide, 10 * unit)
        self.room = box.adjusted(left, top, -right, -foot)
        self.box = box

    def at(self, point: Point) -> QPointF:
        """Where a point stands."""
        return QPointF(self.x(point.x), self.y(point.y))

    def x(self, place: float) -> float:
        """A place on the lying axis; it runs with the reading direction."""
        share = (place - self.first) / (self.last - self.first)
        share = 0.03 + 0.94 * share
        return (
            self.room.right() - share * self.room.width()
            if self.ink.mirrored
            else (self.room.left() + share * self.room.width())
        )

    def y(self, figure: float) -> float:
        """A figure on the upright axis."""
        return self.room.bottom() - (figure - self.low) / (self.high - self.low) * self.room.height()


def paint_plot(painter: QPainter, box: QRectF, view: PlotView, ink: PlotInk) -> PlotFrame:
    """Draw a plot into a rectangle; where everything stands."""
    frame = PlotFrame(view, box, ink)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(ink.font)
    _grid(painter, frame)
    _marks(painter, frame)
    for number, line in enumerate(view.lines):
        _line(painter, frame, line, number)
    painter.restore()
    return frame


def paint_legend(painter: QPainter, box: QRectF, view: PlotView, ink: PlotInk) -> None:
    """The names of the lines, each with its mark, in reading order."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(ink.font)
    metrics = QFontMetricsF(ink.font)
    x = box.right() if ink.mirrored else box.left()
    for number, line in enumerate(view.lines):
        wide = metrics.horizontalAdvance(line.name) + 34 * ink.unit
        left = x - wide if ink.mirrored else x
        sign = left + wide - 12 * ink.unit if ink.mirrored else left + 12 * ink.unit
        painter.setPen(_pen_of(line, number, ink))
        painter.drawLine(
            QPointF(sign - 9 * ink.unit, box.center().y()), QPointF(sign + 9 * ink.unit, box.center().y())
        )
        _sign(painter, QPointF(sign, box.center().y()), number, ink)
        words = QRectF(left, box.top(), wide - 26 * ink.unit, box.height())
        words.moveLeft(left + (0 if ink.mirrored else 26 * ink.unit))
        painter.setPen(ink.pen("text"))
        painter.drawText(words, _END if ink.mirrored else _START, line.name)
        x = left - 10 * ink.unit if ink.mirrored else left + wide + 10 * ink.unit
    painter.restore()


def _grid(painter: QPainter, frame: PlotFrame) -> None:
    view, ink, room = frame.view, frame.ink, frame.room
    for step in frame.steps:
        y = frame.y(step)
        painter.setPen(ink.pen("line"))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        painter.setPen(ink.pen("muted"))
        side = QRectF(
            frame.box.left(), y - frame.line, room.left() - frame.box.left() - 6 * ink.unit, 2 * frame.line
        )
        if ink.mirrored:
            side = QRectF(
                room.right() + 6 * ink.unit, side.top(), frame.box.right() - room.right(), side.height()
            )
        painter.drawText(side, _START if ink.mirrored else _END, _figure(step))
    head = QRectF(frame.box.left(), frame.box.top(), frame.box.width(), frame.line)
    painter.drawText(head, _END if ink.mirrored else _START, view.y_title)
    _ticks(painter, frame)
    foot = QRectF(room.left(), frame.box.bottom() - frame.line, room.width(), frame.line)
    painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, view.x_title)


def _ticks(painter: QPainter, frame: PlotFrame) -> None:
    """Names or figures below the lying axis, as many as there is room for."""
    view, room = frame.view, frame.room
    named = view.ticks or tuple(
        (step, _figure(step)) for step in steps_between(frame.first, frame.last, 10, whole=True)
    )
    metrics = QFontMetricsF(frame.ink.font)
    taken: list[QRectF] = []
    for place, words in named:
        wide = metrics.horizontalAdvance(words) + 6 * frame.ink.unit
        box = QRectF(frame.x(place) - wide / 2, room.bottom() + 3 * frame.ink.unit, wide, frame.line)
        inside = box.left() >= frame.box.left() and box.right() <= frame.box.right()
        if inside and not any(box.intersects(other) for other in taken):
            taken.append(box)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _marks(painter: QPainter, frame: PlotFrame) -> None:
    """A dashed upright with its words above, where there is room for them."""
    metrics, ink = QFontMetricsF(frame.ink.font), frame.ink
    taken: list[QRectF] = []
    for mark in frame.view.marks:
        x = frame.x(mark.x)
        painter.setPen(ink.pen("edge", 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, frame.room.top()), QPointF(x, frame.room.bottom()))
        wide = metrics.horizontalAdvance(mark.words) + 4 * ink.unit
        box = QRectF(x - wide / 2, frame.room.top() - frame.line, wide, frame.line)
        if not any(box.intersects(other) for other in taken):
            taken.append(box)
            painter.setPen(ink.pen("muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.words)


def _line(painter: QPainter, frame: PlotFrame, line: Line, number: int) -> None:
    ink = frame.ink
    corners: list[QPointF] = []
    for point in line.points:
        at = frame.at(point)
        if line.steps and corners:
            corners.append(QPointF(at.x(), corners[-1].y()))
        corners.append(at)
    painter.setPen(_pen_of(line, number, ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(corners)
    for point in line.points:
        at = frame.at(point)
        if point.spread:
            painter.setPen(ink.pen(_tone(number), 1.0))
            painter.drawLine(
                QPointF(at.x(), frame.y(point.y - point.spread)),
                QPointF(at.x(), frame.y(point.y + point.spread)),
            )
        if not line.steps:
            _sign(painter, at, number, ink)


def _pen_of(line: Line, number: int, ink: PlotInk) -> QPen:
    return ink.pen(_tone(number), 2.0, Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine)


def _sign(painter: QPainter, at: QPointF, number: int, ink: PlotInk) -> None:
    """Lines are told apart by the shape of their marks, not by colour alone."""
    size = 4 * ink.unit
    painter.setPen(ink.pen(_tone(number), 1.5))
    painter.setBrush(QColor(ink.tokens.colour(_tone(number) if number < _SIDES else "surface")))
    x, y = at.x(), at.y()
    shapes = (
        None,
        (
            QPointF(x - size, y - size),
            QPointF(x + size, y - size),
            QPointF(x + size, y + size),
            QPointF(x - size, y + size),
        ),
        (QPointF(x, y - 1.3 * size), QPointF(x + 1.2 * size, y + size), QPointF(x - 1.2 * size, y + size)),
        (
            QPointF(x, y - 1.4 * size),
            QPointF(x + 1.4 * size, y),
            QPointF(x, y + 1.4 * size),
            QPointF(x - 1.4 * size, y),
        ),
    )
    shape = shapes[number % _SIDES]
    if shape is None:
        painter.drawEllipse(at, size, size)
    else:
        painter.drawPolygon(shape)


def _tone(number: int) -> str:
    return _TONES[number % len(_TONES)]


def _figure(step: float) -> str:
    return f"{step:g}".replace("-", "\u2212")


class Plot(QWidget):
    """A plot with its title and names; arrows and the pointer say what stands at a point."""

    def __init__(self, view: PlotView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._frame: PlotFrame | None = None
        self._chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(view.title)
        self.setAccessibleDescription("; ".join(self._spoken(*one) for one in self._points()))

    def show_view(self, view: PlotView) -> None:
        """Draw something else."""
        self.view, self._chosen = view, -1
        self.setAccessibleName(view.title)
        self.setAccessibleDescription("; ".join(self._spoken(*one) for one in self._points()))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide, and as high as is needed to read a figure off."""
        return QSize(3 * _HEIGHT, round(_HEIGHT * current().scale))

    def minimumSizeHint(self) -> QSize:
        """It is never squeezed."""
        return QSize(_HEIGHT, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The title, the names of the lines, the plot."""
        tokens = current()
        painter = QPainter(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = PlotInk(tokens, font("small"), rtl, tokens.scale)
        box = QRectF(self.rect())
        painter.setFont(font("base", 600))
        painter.setPen(QColor(tokens.text))
        head = QRectF(box.left(), box.top(), box.width(), painter.fontMetrics().height() + tokens.hair)
        painter.drawText(head, _END if rtl else _START, self.view.title)
        names = QRectF(box.left(), head.bottom(), box.width(), head.height())
        paint_legend(painter, names, self.view, ink)
        rest = QRectF(
            box.left(), names.bottom() + tokens.hair, box.width(), box.bottom() - names.bottom() - tokens.hair
        )
        self._frame = paint_plot(painter, rest, self.view, ink)
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens, tokens.radius)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what stands where the pointer is."""
        near = self._near(event.position())
        QToolTip.showText(event.globalPosition().toPoint(), near, self) if near else QToolTip.hideText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from point to point."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        points = self._points()
        if step is None or not points or self._frame is None:
            event.ignore()
            return
        self._chosen = (self._chosen + step) % len(points)
        line, point = points[self._chosen]
        place = self.mapToGlobal(self._frame.at(point).toPoint())
        QToolTip.showText(place, self._spoken(line, point), self)

    def _points(self) -> list[tuple[Line, Point]]:
        return [(line, point) for line in self.view.lines for point in line.points]

    def _near(self, at: QPointF) -> str:
        if self._frame is None:
            return ""
        for line, point in self._points():
            if (self._frame.at(point) - at).manhattanLength() <= _NEAR:
                return self._spoken(line, point)
        return ""

    def _spoken(self, line: Line, point: Point) -> str:
        names = dict(self.view.ticks)
        place = names.get(point.x, _figure(point.x))
        spread = f" ± {_figure(point.spread)}" if point.spread else ""
        return f"{line.name} · {place} · {isolated(_figure(point.y) + spread)}"
