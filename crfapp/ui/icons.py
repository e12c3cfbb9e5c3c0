"""The icons drawn for this program: one SVG family on a 16 px grid, recoloured from the tokens.

A drawing names two colours: ``currentColor`` (the asked-for colour) and ``cutout`` (the surface, for a
sign inside a filled shape).
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crfapp.ui.resources import resource
from crfapp.ui.theme import current

POINTING = frozenset(
    {"chevron-start", "chevron-end", "export", "reports", "queries", "query", "audit", "rows", "merged"}
)
"""Icons with a reading direction; they are mirrored where the window reads from right to left."""

STATUS_TOKENS: dict[str, str] = {
    "expected": "muted",
    "in-progress": "primary",
    "complete": "ok",
    "missed": "muted",
    "merged": "muted",
    "cancelled": "muted",
    "finding": "warn",
    "query": "query",
    "verified": "ok",
    "changed": "warn",
    "signed": "primary",
    "outdated": "warn",
    "lock": "muted",
    "conflict": "error",
}
"""Every status and the colour that goes with its shape (WINDOW.md: always both, and a name)."""


def icon(name: str, tone: str = "text") -> QIcon:
    """An icon in a token's colour, muted while its control is disabled."""
    tokens = current()
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, tokens.colour(tone), tokens.icon, ratio))
        made.addPixmap(pixmap(name, tokens.muted, tokens.icon, ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, color: str, size: int, dpr: float = 1.0, *, cutout: str = "") -> QPixmap:
    """An icon as a picture of ``size`` logical pixels; ``color`` is ``#RRGGBB``.

    ``cutout`` is the colour of a sign inside a filled shape: what the icon stands on, usually the surface.
    FileNotFoundError where no icon has this name.
    """
    mirrored = name in POINTING and QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _drawn(name, color, cutout=cutout or current().surface, size=size, dpr=dpr, mirrored=mirrored)


def status_pixmap(status: str, dpr: float = 1.0) -> QPixmap:
    """A status icon in the colour that belongs to it; KeyError for an unknown status."""
    tokens = current()
    return pixmap(status, tokens.colour(STATUS_TOKENS[status]), tokens.icon, dpr)


@lru_cache(maxsize=1024)
def _drawn(name: str, color: str, *, cutout: str, size: int, dpr: float, mirrored: bool) -> QPixmap:
    drawing = _drawing(name).replace("currentColor", color).replace("cutout", cutout)
    picture = QPixmap(round(size * dpr), round(size * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if mirrored:
        painter.translate(size, 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text("utf-8")
