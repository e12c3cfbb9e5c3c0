"""How a figure, its regions and the signs of lesions are painted from the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from crfapp.ui.theme import current, font

if TYPE_CHECKING:
    from collections.abc import Collection

    from crfapp.present.body_view import MarkView
    from crfapp.ui.body.placing import PlacedView

RADIUS = 6.0
"""Of a sign, in logical pixels at 100 %."""


def paint_view(painter: QPainter, view: PlacedView, chosen: Collection[str], over: str, at: str) -> None:
    """One view with the regions that are chosen, under the pointer and under the keyboard."""
    tokens, one = current(), view.figure
    painter.save()
    painter.translate(view.box.topLeft())
    painter.scale(view.scale, view.scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.ground))
    painter.drawPath(one.outline)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(tokens.line, 1.0))
    for path in one.regions.values():
        painter.drawPath(path)
    for region in chosen:
        _paint_region(painter, one.regions.get(region), tokens.primary_soft, tokens.primary, 1.6)
    _paint_region(painter, one.regions.get(over), tokens.primary_soft, tokens.primary, 1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(tokens.edge, 1.0))
    painter.drawPath(one.details)
    painter.setPen(_pen(tokens.muted, 1.3))
    painter.drawPath(one.outline)
    _paint_region(painter, one.regions.get(at), "", tokens.focus, 2.5)
    painter.restore()


def paint_mark(painter: QPainter, at: QPointF, mark: MarkView, *, strong: bool) -> None:
    """The sign of a lesion with its name: filled where it is treated, an outline where it is a control, a
    broken outline where neither; a diamond for a wound. What is gone is pale.
    """
    tokens = current()
    radius = RADIUS * tokens.scale * (1.2 if strong else 1.0)
    tone = QColor(tokens.muted if mark.gone or mark.kind == "other" else tokens.primary)
    path = QPainterPath()
    if mark.wound:
        corners = ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0), (0, -1.25))
        path.addPolygon(QPolygonF([QPointF(at.x() + x * radius, at.y() + y * radius) for x, y in corners]))
    else:
        path.addEllipse(at, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.surface), 4 * tokens.scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    style = Qt.PenStyle.DotLine if mark.kind == "other" else Qt.PenStyle.SolidLine
    painter.setPen(QPen(tone, 2 * tokens.scale, style))
    painter.setBrush(tone if mark.kind == "treated" else QColor(tokens.surface))
    painter.drawPath(path)
    if strong:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.focus), 2 * tokens.scale))
        painter.drawEllipse(at, radius + 4 * tokens.scale, radius + 4 * tokens.scale)


def paint_name(painter: QPainter, at: QPointF, mark: MarkView, *, leftwards: bool, strong: bool) -> None:
    """The name of a lesion beside its sign, on a ground of its own so that no line crosses it."""
    tokens = current()
    painter.setFont(font("tiny", 600))
    metrics = QFontMetricsF(painter.font())
    wide, high = metrics.horizontalAdvance(mark.label) + 2 * tokens.hair, metrics.height()
    beside = (RADIUS + 4) * tokens.scale + (3 * tokens.scale if strong else 0)
    left = at.x() - beside - wide if leftwards else at.x() + beside
    box = QRectF(left, at.y() - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(box, tokens.hair, tokens.hair)
    painter.setPen(QColor(tokens.muted if mark.gone else tokens.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.label)


def paint_words(painter: QPainter, view: PlacedView, sides: tuple[str, str], within: QRectF) -> None:
    """The name of a view above its middle, the subject's sides (right, left) above its edges."""
    tokens = current()
    painter.setFont(font("tiny", 600))
    high = painter.fontMetrics().height() + tokens.hair
    reach = tokens.pad
    box = QRectF(view.box.left() - reach, view.box.top() - high, view.box.width() + 2 * reach, high)
    box = box.intersected(within.adjusted(tokens.hair, 0, -tokens.hair, 0))
    painter.setPen(QColor(tokens.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, view.line.words)
    painter.setFont(font("tiny"))
    painter.setPen(QColor(tokens.muted))
    first, last = sides if view.figure.right_first else sides[::-1]
    absolute = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | absolute, first)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | absolute, last)


def _paint_region(painter: QPainter, path: QPainterPath | None, fill: str, edge: str, width: float) -> None:
    if path is not None:
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(edge, width))
        painter.drawPath(path)


def _pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width * current().scale)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
