"""Outlines as they are drawn: parts and holes, in pixels of the upright photograph (y grows downwards).

What cannot be measured without guessing is refused, with the place where it is wrong. Standard library only.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot, isfinite
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_POINTS = 20_000
"""More than this in one outline is no drawing of a hand."""
_FARTHEST = 1e6
"""Beyond any photograph, in pixels."""
_EQUAL = 1e-9
_LINE, _TRIANGLE = 2, 3


class Point(NamedTuple):
    """A place in a picture, or on the plane of the skin in mm."""

    x: float
    y: float


class Part(NamedTuple):
    """A closed line through its points, the last joined to the first; a ``hole`` cuts something out."""

    points: tuple[Point, ...]
    hole: bool = False


class Outline(NamedTuple):
    """One lesion: several parts where it lies in islands, holes where something inside is no part of it."""

    parts: tuple[Part, ...]


class _Edge(NamedTuple):
    left: float
    right: float
    low: float
    high: float
    a: Point
    b: Point
    part: int
    place: int
    of: int


def tidied(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same line without points that stand twice and without going back along itself at once.

    A mouse held still or moved to and fro by one pixel leaves such points; they enclose nothing.
    """
    kept: list[Point] = []
    for point in points:
        kept.append(Point(*point))
        while (len(kept) > 1 and kept[-1] == kept[-2]) or (len(kept) > _LINE and _goes_back(*kept[-3:])):
            del kept[-2]
    while len(kept) > _LINE and (kept[0] == kept[-1] or _goes_back(kept[-2], kept[-1], kept[0])):
        kept.pop()
    while len(kept) > _LINE and _goes_back(kept[-1], kept[0], kept[1]):
        del kept[0]
    return tuple(kept)


def checked(outline: Outline) -> Outline:
    """The outline, tidied, or a refusal that says where it cannot be measured.

    OUTLINE_EMPTY: no part, a part of fewer than three points, without an area, or a place that is no
    number. OUTLINE_CROSSES: the line touches or crosses itself or another part. OUTLINE_NESTED: a hole that
    lies in nothing, or a part that lies in another one and is no hole.
    """
    parts = tuple(Part(tidied(part.points), part.hole) for part in outline.parts)
    if not parts or sum(len(part.points) for part in parts) > MOST_POINTS:
        raise RefusedError(Code.OUTLINE_EMPTY)
    for part in parts:
        _refuse_no_places(part)
    crossing = where_crossing(parts)
    if crossing is not None:
        raise RefusedError(Code.OUTLINE_CROSSES, x=round(crossing.x), y=round(crossing.y))
    if any(abs(signed_area(part.points)) <= _EQUAL * closed_length(part.points) ** 2 for part in parts):
        raise RefusedError(Code.OUTLINE_EMPTY)
    for number, part in enumerate(parts):
        around = sum(_inside(part.points[0], other) for at, other in enumerate(parts) if at != number)
        if (around % 2 == 1) != part.hole:
            place = part.points[0]
            raise RefusedError(Code.OUTLINE_NESTED, x=round(place.x), y=round(place.y))
    return Outline(parts)


def where_crossing(parts: Sequence[Part]) -> Point | None:
    """The first place, from the left, where a line touches or crosses another one; None where none does.

    The edges are gone through from left to right, so that only those are compared that lie above each
    other: some thousand points of a freehand line take some ten milliseconds.
    """
    open_now: list[_Edge] = []
    for edge in sorted(_edges(parts)):
        open_now = [other for other in open_now if other.right >= edge.left - _EQUAL]
        for other in open_now:
            if other.low > edge.high or other.high < edge.low or _are_neighbours(edge, other):
                continue
            if (place := _meeting(edge, other)) is not None:
                return place
        open_now.append(edge)
    return None


def signed_area(points: Sequence[Point]) -> float:
    """The shoelace: half the sum of cross products; its sign says which way the line turns.

    Coordinates are taken from the first point, so that a small shape far from the corner loses no digits.
    """
    first = points[0]
    total = 0.0
    for here, there in pairwise(points):
        total += (here.x - first.x) * (there.y - first.y) - (there.x - first.x) * (here.y - first.y)
    return total / 2


def closed_length(points: Sequence[Point]) -> float:
    """The length of the closed line."""
    return sum(hypot(b.x - a.x, b.y - a.y) for a, b in _around(points))


def _refuse_no_places(part: Part) -> None:
    if len(part.points) < _TRIANGLE:
        raise RefusedError(Code.OUTLINE_EMPTY)
    for point in part.points:
        if not (isfinite(point.x) and isfinite(point.y) and max(abs(point.x), abs(point.y)) <= _FARTHEST):
            raise RefusedError(Code.OUTLINE_EMPTY)


def _around(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    return zip(points, (*points[1:], points[0]), strict=True)


def _edges(parts: Sequence[Part]) -> Iterator[_Edge]:
    for number, part in enumerate(parts):
        for place, (a, b) in enumerate(_around(part.points)):
            box = (min(a.x, b.x), max(a.x, b.x), min(a.y, b.y), max(a.y, b.y))
            yield _Edge(*box, a, b, number, place, len(part.points))


def _are_neighbours(one: _Edge, other: _Edge) -> bool:
    """Whether they share a corner of the same line; going back along itself is tidied away before."""
    return one.part == other.part and (one.place - other.place) % one.of in (1, one.of - 1)


def _meeting(one: _Edge, other: _Edge) -> Point | None:
    """Where two edges have a place in common; None where they have none."""
    a, b, c, d = one.a, one.b, other.a, other.b
    on_one = (_turn(a, b, c), _turn(a, b, d))
    on_other = (_turn(c, d, a), _turn(c, d, b))
    if on_one[0] * on_one[1] < 0 and on_other[0] * on_other[1] < 0:
        share = on_other[0] / (on_other[0] - on_other[1])
        return Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y))
    ends = ((c, one, on_one[0]), (d, one, on_one[1]), (a, other, on_other[0]), (b, other, on_other[1]))
    return next((point for point, edge, turn in ends if turn == 0 and _in_box(point, edge)), None)


def _turn(a: Point, b: Point, c: Point) -> float:
    """Twice the area of the triangle: above 0, below 0, or 0 where the three lie in line."""
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _in_box(point: Point, edge: _Edge) -> bool:
    return edge.left <= point.x <= edge.right and edge.low <= point.y <= edge.high


def _goes_back(a: Point, b: Point, c: Point) -> bool:
    along = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)
    return along < 0 and _turn(a, b, c) == 0


def _inside(point: Point, part: Part) -> bool:
    """Whether a point lies within a closed line, by how often a ray to the right crosses it."""
    within = False
    for a, b in _around(part.points):
        if (a.y > point.y) != (b.y > point.y):
            crossing = a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
            within ^= point.x < crossing
    return within
