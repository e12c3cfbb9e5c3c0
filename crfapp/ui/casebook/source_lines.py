"""How far the answers of a table row were compared with their source: a line under each, one sign for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from crfapp.ui.theme import current

if TYPE_CHECKING:
    from collections.abc import Set

_SIGNS = (("changed", "changed"), ("queried", "query"), ("planned", "expected"), ("done", "verified"))
"""What presses most stands first."""
_LINES = {
    "done": ("ok", Qt.PenStyle.SolidLine),
    "changed": ("warn", Qt.PenStyle.DashLine),
    "queried": ("query", Qt.PenStyle.DotLine),
}
_THICK = 2


def row_mark(states: Set[str]) -> str:
    """The sign of a row whose answers stand so."""
    return next(sign for state, sign in _SIGNS if state in states)


def draw_compared(painter: QPainter, editor: QRect, state: str) -> None:
    """A line below an editor: whole, dashed or dotted; none while the answer waits."""
    if state not in _LINES:
        return
    tone, style = _LINES[state]
    painter.setPen(QPen(QColor(current().colour(tone)), _THICK, style))
    y = editor.bottom() + 1.5 * _THICK
    painter.drawLine(QLineF(editor.left() + _THICK, y, editor.right() - _THICK, y))
