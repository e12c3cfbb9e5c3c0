"""Area, circumference, diameters of an outline, and how uncertain its area is.

The area is that of the polygon on the plane of the skin (shoelace), parts added, holes taken away. The
length is the largest distance between two places of the outline; the width is how far it reaches at right
angles to that. Both are taken over all parts together, holes or not.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from math import cos, hypot, radians, sqrt, tan
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.planimetry.calibration import (
    LENGTH_MM,
    Calibration,
    Line,
    Square,
    checked_calibration,
    clicks,
    moved,
)
from crfapp.planimetry.shapes import Outline, Part, Point, checked, closed_length, signed_area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

COVERAGE = 2.0
"""The uncertainty is given as plus or minus two standard deviations (about 95 %)."""
_HELD_AWAY_MM = 300.0
_HELD_TILTED = radians(10)
"""With a line nothing shows how the camera was held: taken for held 300 mm away and tilted by 10 degrees."""
_EQUALLY = 1e-9
_HUNDRED = {"mm": 0, "mm2": 0, "cm": 1, "cm2": 2}
"""Unit -> by how many tens a value in mm or mm2 is divided."""


class Measured(NamedTuple):
    """Everything about one outline, in mm and mm2.

    ``uncertainty`` is that of the area, plus or minus, as far as it comes from the calibration: the clicks,
    the printed length, and how far the outline lies from the ruler or card. How well the border could be
    seen is no part of it; a second tracing shows that.
    """

    area: float
    perimeter: float
    length: float
    width: float
    uncertainty: float


def measure(outline: Outline, calibration: Calibration) -> Measured:
    """Measure an outline; refused is what :func:`shapes.checked` and ``checked_calibration`` refuse."""
    outline, calibration = checked(outline), checked_calibration(calibration)
    parts = _on_skin(outline, calibration)
    area = _area(parts)
    perimeter = sum(closed_length(part.points) for part in parts)
    length, width = _diameters([point for part in parts if not part.hole for point in part.points])
    return Measured(area, perimeter, length, width, _uncertainty(outline, calibration, area, parts))


def clicks_spread(calibration: Calibration) -> float:
    """By what share of an area the clicks alone make it uncertain, where the ruler or card lies; 0 where
    they say no scale. Clicking again in a picture that is shown larger makes it smaller.
    """
    try:
        places = clicks(checked_calibration(calibration))
        x, y = (sum(values) / len(places) for values in zip(*places, strict=True))
        reach = max(hypot(place.x - x, place.y - y) for place in places) / 4
        ring = tuple(Point(x + a * reach, y + b * reach) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)))
        there = Outline((Part(ring),))
        return COVERAGE * sqrt(_by_clicks(there, calibration)) / _area(_on_skin(there, calibration))
    except RefusedError:
        return 0.0


def in_unit(value: float, unit: str, digits: int) -> Decimal:
    """A length in mm or an area in mm2, in the unit of an item, with its decimals; halves go up.

    ``unit`` is mm, cm, mm2 or cm2; OTHER_UNIT for any other one, which has no place for an outline's figures.
    """
    if unit not in _HUNDRED:
        raise RefusedError(Code.OTHER_UNIT, unit=unit)
    # what binary numbers add behind the ninth decimal decides about no half
    exact = Decimal(repr(value)).quantize(Decimal("1e-9"), ROUND_HALF_EVEN).scaleb(-_HUNDRED[unit])
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def percent_apart(one: Decimal, other: Decimal) -> Decimal:
    """By how many percent of their mean two areas differ, one decimal; 0 where both are 0."""
    mean = (one + other) / 2
    if mean == 0:
        return Decimal("0.0")
    return (abs(one - other) / mean * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _on_skin(outline: Outline, calibration: Calibration) -> tuple[Part, ...]:
    mm = calibration.plane().mm if isinstance(calibration, Square) else calibration.mm
    return tuple(Part(tuple(map(mm, part.points)), part.hole) for part in outline.parts)


def _area(parts: Iterable[Part]) -> float:
    return sum(abs(signed_area(part.points)) * (-1 if part.hole else 1) for part in parts)


def _uncertainty(outline: Outline, calibration: Calibration, area: float, parts: Sequence[Part]) -> float:
    """Each click moved by its own uncertainty in both directions; what the area does then adds in squares."""
    squares = _by_clicks(outline, calibration)
    known = calibration.length_mm if isinstance(calibration, Line) else calibration.side_mm
    squares += (2 * area * LENGTH_MM / known) ** 2
    if isinstance(calibration, Line):
        squares += (2 * area * _tilt(calibration, parts)) ** 2
    return COVERAGE * sqrt(squares)


def _by_clicks(outline: Outline, calibration: Calibration) -> float:
    """The part of the clicks, as a square (mm2 times mm2)."""
    by, squares = calibration.click_px, 0.0
    for place in range(len(clicks(calibration))):
        for step in (Point(by, 0.0), Point(0.0, by)):
            there = _area(_on_skin(outline, moved(calibration, place, step)))
            back = _area(_on_skin(outline, moved(calibration, place, Point(-step.x, -step.y))))
            squares += ((there - back) / 2) ** 2
    return squares


def _tilt(line: Line, parts: Sequence[Part]) -> float:
    """By what share the scale may be off because the camera was held aslant.

    What lies aslant looks shorter, and what lies further away from the ruler is nearer to the camera or
    further from it.
    """
    a, b = line.mm(line.a), line.mm(line.b)
    points = [point for part in parts for point in part.points]
    x = sum(point.x for point in points) / len(points) - (a.x + b.x) / 2
    y = sum(point.y for point in points) / len(points) - (a.y + b.y) / 2
    shorter = (1 - cos(_HELD_TILTED)) / 2  # of an area, half of it for a length
    return hypot(hypot(x, y) / _HELD_AWAY_MM * tan(_HELD_TILTED), shorter)


def _diameters(points: Sequence[Point]) -> tuple[float, float]:
    """The largest distance between two points, and how far all of them reach at right angles to it.

    Where several pairs are equally far apart, the one across which the shape is widest.
    """
    hull = _hull(points)
    pairs = [(hypot(b.x - a.x, b.y - a.y), a, b) for a, b in _opposite(hull)]
    length = max(pair[0] for pair in pairs)
    width = 0.0
    for far, a, b in pairs:
        if far >= length * (1 - _EQUALLY):
            across = [((p.y - a.y) * (b.x - a.x) - (p.x - a.x) * (b.y - a.y)) / far for p in hull]
            width = max(width, max(across) - min(across))
    return length, min(length, width)


def _hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull, going round (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    halves: list[list[Point]] = []
    for run in (ordered, ordered[::-1]):
        half: list[Point] = []
        for point in run:
            while len(half) > 1 and signed_area((half[-2], half[-1], point)) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _opposite(hull: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Corners that lie opposite each other (rotating calipers); the farthest of all are one such pair."""
    count, across = len(hull), 1
    for at in range(count):
        edge = (hull[at], hull[(at + 1) % count])
        while _height(edge, hull[(across + 1) % count]) > _height(edge, hull[across % count]):
            across += 1
        # beside the farthest corner: an edge that is parallel has two of them
        for far in (hull[across % count], hull[(across + 1) % count]):
            yield from ((end, far) for end in edge if end != far)


def _height(edge: tuple[Point, Point], corner: Point) -> float:
    return abs(signed_area((*edge, corner)))
