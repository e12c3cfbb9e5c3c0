"""From pixels to millimetres: a known length, or the four corners of a card.

A line gives one scale for the whole picture and cannot know whether the camera was held at an angle.
Four corners give the plane of the skin (a homography), so that perspective is corrected. Every click is
a little off; how much that matters for an area is worked out in :mod:`crfapp.planimetry.measuring`.
"""

from __future__ import annotations

from math import atan2, hypot, isfinite
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.planimetry.shapes import Point, signed_area

if TYPE_CHECKING:
    from collections.abc import Sequence

CLICK_PX = 1.5
"""How far a click is from what was meant (standard deviation, in pixels of the photograph at full size)."""
LENGTH_MM = 0.1
"""How far a printed ruler or card is from its length (standard deviation)."""
SHORTEST_PX = 10.0
"""Two clicks nearer than this are one place."""
LONGEST_MM = 1000.0
_HORIZON = 0.1
"""Nothing is measured that is nearer to the horizon of the plane than a tenth of what the card is."""
_FLAT = 0.02
"""A corner of a card that is nearly on one line with its neighbours: the share of its triangle."""
_NOTHING = 1e-12

Eight = tuple[float, float, float, float, float, float, float, float]


class Line(NamedTuple):
    """Two places in the picture and the length between them, in mm.

    ``click_px`` is larger than CLICK_PX where the picture was shown smaller than it is, and smaller where it
    was magnified.
    """

    a: Point
    b: Point
    length_mm: float
    click_px: float = CLICK_PX

    def mm(self, point: Point) -> Point:
        """Where a point of the picture lies, in mm from ``a``; a length of 1 px is the same everywhere."""
        scale = self.length_mm / _distance(self.a, self.b)
        return Point((point.x - self.a.x) * scale, (point.y - self.a.y) * scale)


class Square(NamedTuple):
    """The four corners of a card or marker in the picture, and its side in mm.

    The corners may be given in any order, also as the ends of two opposite sides. ``other_mm`` is the
    second side of a card that is no square: the first two corners are then the ends of a side of
    ``side_mm``.
    """

    corners: tuple[Point, Point, Point, Point]
    side_mm: float
    other_mm: float | None = None
    click_px: float = CLICK_PX

    def mm(self, point: Point) -> Point:
        """Where a point of the picture lies on the plane of the card, in mm from its first corner.

        For many points take :meth:`plane` once. OUTLINE_BEYOND where the point lies behind the horizon of
        that plane.
        """
        return self.plane().mm(point)

    def plane(self) -> Plane:
        """The plane in which the card lies."""
        ring = _ring(self.corners)
        wide, high = self.side_mm, self.side_mm if self.other_mm is None else self.other_mm
        if self.corners[1] == ring[3]:
            wide, high = high, wide
        return Plane.of(ring, wide, high)


Calibration = Line | Square
"""How pixels become millimetres."""


class Plane(NamedTuple):
    """A homography: eight numbers that take a point of the picture to a point in mm on a plane.

    ``middle`` is the middle of the card in the picture; its distance from the camera is the measure of how
    far from the horizon another point is.
    """

    eight: Eight
    middle: Point

    @classmethod
    def of(cls, ring: Sequence[Point], wide: float, high: float) -> Plane:
        """The plane in which four corners, going round, are those of a card of this width and height."""
        on_card = (Point(0.0, 0.0), Point(wide, 0.0), Point(wide, high), Point(0.0, high))
        rows: list[list[float]] = []
        for (x, y), (u, v) in zip(ring, on_card, strict=True):
            rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
            rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
        solved = _solved(rows)
        middle = Point(sum(p.x for p in ring) / 4, sum(p.y for p in ring) / 4)
        return cls(solved, middle)

    def mm(self, point: Point) -> Point:
        """A point on the plane; OUTLINE_BEYOND where it lies at or behind the horizon."""
        a, b, c, d, e, f, g, h = self.eight
        depth = g * point.x + h * point.y + 1
        if depth / (g * self.middle.x + h * self.middle.y + 1) < _HORIZON:
            raise RefusedError(Code.OUTLINE_BEYOND, x=round(point.x), y=round(point.y))
        return Point((a * point.x + b * point.y + c) / depth, (d * point.x + e * point.y + f) / depth)


def checked_calibration(calibration: Calibration) -> Calibration:
    """The calibration, or CALIBRATION_WRONG where it says no scale.

    Refused are places that are no numbers or lie nearer than SHORTEST_PX, a length that is not above 0 or
    above LONGEST_MM, and corners of which one lies between the others or on one line with two of them.
    """
    if isinstance(calibration, Line):
        points: tuple[Point, ...] = (calibration.a, calibration.b)
        lengths = [calibration.length_mm]
    else:
        points = calibration.corners
        lengths = [calibration.side_mm, *([] if calibration.other_mm is None else [calibration.other_mm])]
    numbers = [*(value for point in points for value in point), *lengths, calibration.click_px]
    if not all(isfinite(number) for number in numbers) or calibration.click_px <= 0:
        raise RefusedError(Code.CALIBRATION_WRONG)
    if not all(0 < length <= LONGEST_MM for length in lengths):
        raise RefusedError(Code.CALIBRATION_WRONG)
    apart = [_distance(a, b) for at, a in enumerate(points) for b in points[at + 1 :]]
    if min(apart) < SHORTEST_PX:
        raise RefusedError(Code.CALIBRATION_WRONG)
    if isinstance(calibration, Square):
        _refuse_no_card(calibration)
    return calibration


def moved(calibration: Calibration, place: int, by: Point) -> Calibration:
    """The calibration with one of its clicks (counted from 0) moved, as if it had been off."""
    if isinstance(calibration, Line):
        ends = [calibration.a, calibration.b]
        ends[place] = _added(ends[place], by)
        return calibration._replace(a=ends[0], b=ends[1])
    corners = list(calibration.corners)
    corners[place] = _added(corners[place], by)
    return calibration._replace(corners=(corners[0], corners[1], corners[2], corners[3]))


def clicks(calibration: Calibration) -> tuple[Point, ...]:
    """The places that were clicked for it."""
    if isinstance(calibration, Line):
        return calibration.a, calibration.b
    return calibration.corners


def _refuse_no_card(card: Square) -> None:
    """A card seen by a camera has four corners that go round, each turning the same way, none nearly flat."""
    ring = _ring(card.corners)
    whole = abs(signed_area(ring))
    for at in range(4):
        corner = (ring[at - 1], ring[at], ring[(at + 1) % 4])
        if abs(signed_area(corner)) < _FLAT * whole or signed_area(corner) * signed_area(ring) <= 0:
            raise RefusedError(Code.CALIBRATION_WRONG)
    if card.other_mm is not None and card.corners[1] == ring[2]:
        raise RefusedError(Code.CALIBRATION_WRONG)  # a diagonal says nothing of either side


def _ring(corners: Sequence[Point]) -> tuple[Point, ...]:
    """The corners going round their middle, beginning with the one that was given first."""
    middle = Point(sum(p.x for p in corners) / 4, sum(p.y for p in corners) / 4)
    around = sorted(corners, key=lambda p: atan2(p.y - middle.y, p.x - middle.x))
    first = around.index(corners[0])
    return tuple(around[first:] + around[:first])


def _distance(a: Point, b: Point) -> float:
    return hypot(b.x - a.x, b.y - a.y)


def _added(point: Point, by: Point) -> Point:
    return Point(point.x + by.x, point.y + by.y)


def _solved(rows: list[list[float]]) -> Eight:
    """Eight linear equations by Gauss with the largest pivot; CALIBRATION_WRONG where they have no answer."""
    count = len(rows)
    for column in range(count):
        best = max(range(column, count), key=lambda at: abs(rows[at][column]))
        rows[column], rows[best] = rows[best], rows[column]
        pivot = rows[column][column]
        if abs(pivot) < _NOTHING:
            raise RefusedError(Code.CALIBRATION_WRONG)
        rows[column] = [value / pivot for value in rows[column]]
        for other in range(count):
            factor = rows[other][column]
            if other != column and factor:
                rows[other] = [v - factor * w for v, w in zip(rows[other], rows[column], strict=True)]
    a, b, c, d, e, f, g, h = (row[count] for row in rows)
    return a, b, c, d, e, f, g, h
