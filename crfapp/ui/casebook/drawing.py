"""Small things painted directly, because a form has hundreds of them: words, the required dot, the shield."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen

from crfapp.ui.theme import current

if TYPE_CHECKING:
    from crfapp.ui.theme import Tokens

_WORDS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading
_TALL = 4000


@lru_cache(maxsize=64)
def _face(families: tuple[str, ...], pixels: int, weight: int) -> tuple[QFont, QFontMetrics]:
    made = QFont(list(families))
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    return made, QFontMetrics(made)


def face(size: str = "base", weight: int = 400) -> tuple[QFont, QFontMetrics]:
    """A font of the tokens with its measures, made once."""
    tokens = current()
    return _face(tokens.families, getattr(tokens, size), weight)


def words_height(text: str, width: int, size: str = "base", weight: int = 400) -> int:
    """How high a text stands when it is broken at ``width`` pixels."""
    metrics = face(size, weight)[1]
    if metrics.horizontalAdvance(text) <= width:
        return metrics.height()
    return metrics.boundingRect(QRect(0, 0, max(1, width), _TALL), int(_WORDS), text).height()


def draw_words(
    painter: QPainter, rect: QRect, text: str, tone: str, *, size: str = "base", weight: int = 400
) -> None:
    """A text in a token's colour, broken where it does not fit, from the side where reading begins."""
    painter.setFont(face(size, weight)[0])
    painter.setPen(QColor(current().colour(tone)))
    painter.drawText(rect, int(_WORDS | Qt.AlignmentFlag.AlignVCenter), text)


def draw_line_of_words(
    painter: QPainter, rect: QRect, text: str, tone: str, *, size: str = "base", weight: int = 400
) -> None:
    """A text on one line, cut with an ellipsis where there is no room."""
    made, metrics = face(size, weight)
    painter.setFont(made)
    painter.setPen(QColor(current().colour(tone)))
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), cut)


def draw_dot(painter: QPainter, centre: QPointF, tone: str) -> None:
    """The mark of a required question."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(current().colour(tone)))
    radius = 2.5 * current().scale
    painter.drawEllipse(centre, radius, radius)


def draw_shield(painter: QPainter, box: QRect, tokens: Tokens) -> None:
    """The mark of a question that is critical for the study: an empty shield (verified ones hold a check)."""
    side = QRectF(box)
    path = QPainterPath(QPointF(side.center().x(), side.top()))
    path.lineTo(side.right(), side.top() + side.height() * 0.2)
    path.lineTo(side.right(), side.top() + side.height() * 0.52)
    path.quadTo(
        QPointF(side.right(), side.top() + side.height() * 0.85), QPointF(side.center().x(), side.bottom())
    )
    path.quadTo(
        QPointF(side.left(), side.top() + side.height() * 0.85),
        QPointF(side.left(), side.top() + side.height() * 0.52),
    )
    path.lineTo(side.left(), side.top() + side.height() * 0.2)
    path.closeSubpath()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.muted), 1.2 * tokens.scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def mirrored(rect: QRect, width: int, *, right_to_left: bool) -> QRect:
    """The same place counted from the side where reading begins."""
    if not right_to_left:
        return rect
    return QRect(width - rect.x() - rect.width(), rect.y(), rect.width(), rect.height())
