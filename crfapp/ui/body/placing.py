"""Where the views of a figure stand in a widget, and what lies where on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF

from crfapp.present.body_view import Spot
from crfapp.ui.body.figure import figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.present.body_view import MarkView, ViewLine
    from crfapp.ui.body.figure import Figure

_ABOUT = 0.6
WHOLE = 1000
"""Positions are per mille of a view's width and height."""


class PlacedView(NamedTuple):
    """A view with its rectangle and how many pixels one of its units takes."""

    line: ViewLine
    figure: Figure
    box: QRectF
    scale: float

    def to_widget(self, at: QPointF) -> QPointF:
        """A point of the drawing, in the widget."""
        return QPointF(self.box.left() + at.x() * self.scale, self.box.top() + at.y() * self.scale)

    def to_figure(self, at: QPointF) -> QPointF:
        """A point of the widget, in the drawing."""
        return QPointF((at.x() - self.box.left()) / self.scale, (at.y() - self.box.top()) / self.scale)

    def spot(self, at: QPointF, region: str) -> Spot:
        """A point of the drawing as it is recorded."""
        x = round(WHOLE * at.x() / self.figure.width)
        y = round(WHOLE * at.y() / self.figure.height)
        return Spot(self.line.letter, min(WHOLE, max(0, x)), min(WHOLE, max(0, y)), region)

    def point(self, spot: Spot) -> QPointF:
        """A recorded position, in the widget."""
        return self.to_widget(
            QPointF(spot.x * self.figure.width / WHOLE, spot.y * self.figure.height / WHOLE)
        )

    def middle(self, region: str) -> QPointF:
        """Where a sign or the keyboard stands in a region, in the widget."""
        return self.to_widget(self.figure.middles[region])


def place_views(views: Sequence[ViewLine], room: QRectF, gap: float, head: float = 0.0) -> list[PlacedView]:
    """The views at one scale in one row or two, whichever shows them larger; ``head`` is free above each row.

    Never mirrored with the language: left and right are the subject's, and a figure that changed sides would
    mislead.
    """
    half = -(-len(views) // 2)
    ways: list[list[Sequence[ViewLine]]] = [[views], [views[:half], views[half:]]]
    rows = max((way for way in ways if all(way)), key=lambda way: _scale(way, room, gap, head))
    scale = _scale(rows, room, gap, head)
    high = max(figure(line.drawing).height for line in views) * scale
    y = room.top() + (room.height() - len(rows) * (high + head)) / 2 + head
    placed = []
    for row in rows:
        figures = [figure(line.drawing) for line in row]
        wide = sum(one.width for one in figures) * scale + gap * (len(row) - 1)
        x = room.left() + (room.width() - wide) / 2
        for line, one in zip(row, figures, strict=True):
            placed.append(PlacedView(line, one, QRectF(x, y, one.width * scale, one.height * scale), scale))
            x += one.width * scale + gap
        y += high + head
    return placed


def _scale(rows: Sequence[Sequence[ViewLine]], room: QRectF, gap: float, head: float) -> float:
    wide = min(
        (room.width() - gap * (len(row) - 1)) / sum(figure(line.drawing).width for line in row)
        for row in rows
    )
    highest = max(figure(line.drawing).height for row in rows for line in row)
    return max(0.01, min(wide, (room.height() / len(rows) - head) / highest))


def mark_points(
    placed: Sequence[PlacedView], marks: Sequence[MarkView]
) -> Iterator[tuple[MarkView, QPointF]]:
    """Where each sign stands: at its position, else where its region is drawn largest.

    Signs without a position in one region stand below each other.
    """
    taken: dict[tuple[int, int], int] = {}
    for mark in marks:
        at = _point_of(placed, mark)
        if at is not None:
            key = round(at.x()), round(at.y())
            number = taken[key] = taken.get(key, -1) + 1
            yield mark, QPointF(at.x(), at.y() + number * 16)


def _point_of(placed: Sequence[PlacedView], mark: MarkView) -> QPointF | None:
    if mark.spot is not None:
        view = next((one for one in placed if one.line.letter == mark.spot.view), None)
        return view.point(mark.spot) if view is not None else None
    number = clearest([view.figure for view in placed], mark.regions)
    if number < 0:
        return None
    best = placed[number]
    return best.middle(max(mark.regions, key=lambda region: drawn_size(best.figure, (region,))))


def clearest(figures: Sequence[Figure], regions: Sequence[str]) -> int:
    """The first figure that shows one of these regions about as large as any does; -1 where none has one."""
    sizes = [drawn_size(one, regions) for one in figures]
    wanted = max(sizes, default=0.0)
    return next((n for n, size in enumerate(sizes) if size >= _ABOUT * wanted), -1) if wanted else -1


def drawn_size(one: Figure, regions: Sequence[str]) -> float:
    """How large the largest of these regions is drawn in a figure; 0 where it has none of them."""
    boxes = (one.regions[region].boundingRect() for region in regions if region in one.regions)
    return max((box.width() * box.height() for box in boxes), default=0.0)


def neighbour(points: Sequence[QPointF], at: QPointF, dx: int, dy: int) -> int:
    """The nearest point in a direction; -1 where there is none. What lies aside counts double."""
    best, found = float("inf"), -1
    for number, point in enumerate(points):
        along = (point.x() - at.x()) * dx + (point.y() - at.y()) * dy
        aside = abs((point.x() - at.x()) * dy) + abs((point.y() - at.y()) * dx)
        if along > 1 and along + 2 * aside < best:
            best, found = along + 2 * aside, number
    return found
