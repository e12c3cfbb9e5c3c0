"""The figures of the body map as paths: read once from the drawings that ship with the program.

A drawing has a path with the id ``outline``, a path for each region (``forearm-left``; left and right are
the subject's, the third side is ``midline``), and lines without an id that show the form. Commands are
absolute: M with points, C, Z.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from crfapp.ui.resources import resource

_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_PATH = re.compile(r'<path(?: id="([a-z-]+)")?[^>]* d="([^"]+)"')
_PART = re.compile(r"([MCZ])([^MCZ]*)")
_OUTLINE = "outline"
_GRID = 16
"""So many points each way are tried for the middle of a region."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing in its own units, ``width`` by ``height``."""

    width: float
    height: float
    outline: QPainterPath
    details: QPainterPath
    regions: dict[str, QPainterPath]
    middles: dict[str, QPointF]

    def region_at(self, at: QPointF, reach: float) -> str:
        """The region at a point, or the nearest within ``reach``; empty where there is none.

        What is drawn later lies above.
        """
        for name in reversed(self.regions):
            if self.regions[name].contains(at):
                return name
        for step in (reach / 2, reach):
            for name, path in self.regions.items():
                if path.intersects(QRectF(at.x() - step, at.y() - step, 2 * step, 2 * step)):
                    return name
        return ""

    @property
    def right_first(self) -> bool:
        """Whether the subject's right is at the left edge of the drawing, as when somebody faces us."""
        xs = [point.x() for name, point in self.middles.items() if name.endswith("-right")]
        return bool(xs) and sum(xs) / len(xs) < self.width / 2


@lru_cache(maxsize=16)
def figure(name: str) -> Figure:
    """A drawing by its name: ``body-front``, ``legs-medial``. FileNotFoundError where there is none."""
    text = resource(f"figures/{name}.svg").read_text("utf-8")
    found = _BOX.search(text)
    if found is None:
        raise ValueError(f"{name}: a figure without a size")
    regions: dict[str, QPainterPath] = {}
    outline, details = QPainterPath(), QPainterPath()
    for region, drawn in _PATH.findall(text):
        path = _path(drawn)
        if region == _OUTLINE:
            outline = path
        elif region:
            regions[region] = path
        else:
            details.addPath(path)
    middles = {region: _middle(path) for region, path in regions.items()}
    return Figure(float(found[1]), float(found[2]), outline, details, regions, middles)


def _path(drawn: str) -> QPainterPath:
    path = QPainterPath()
    for command, numbers in _PART.findall(drawn):
        values = [float(number) for number in numbers.split()]
        points = [QPointF(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
        if command == "M":
            path.moveTo(points[0])
            for point in points[1:]:
                path.lineTo(point)
        elif command == "C":
            path.cubicTo(*points)
        else:
            path.closeSubpath()
    return path


def _middle(path: QPainterPath) -> QPointF:
    """A point well inside a region, where the keyboard and a sign without a point of its own stand."""
    box = path.boundingRect()
    edge = [QPointF(path.elementAt(n).x, path.elementAt(n).y) for n in range(path.elementCount())]
    best, room = box.center(), -1.0
    for row in range(1, _GRID):
        for column in range(1, _GRID):
            at = QPointF(box.left() + box.width() * column / _GRID, box.top() + box.height() * row / _GRID)
            if path.contains(at):
                free = min((p.x() - at.x()) ** 2 + (p.y() - at.y()) ** 2 for p in edge)
                if free > room:
                    best, room = at, free
    return best
