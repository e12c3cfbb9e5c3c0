"""A drawing on a photograph as it stands: clicks of the calibration, closed lines, the line being drawn.

Places are in pixels of the upright photograph. A line that lies within another one is a hole, and one within
a hole is a part again: nobody has to say so.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, NamedTuple

from crfapp.planimetry.calibration import CLICK_PX, Calibration, Line, Square
from crfapp.planimetry.shapes import Outline, Part, Point

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCALE, OPEN = -2, -1
"""Stand for the clicks of the calibration and for the open line, where other lines are counted from 0."""


class Spot(NamedTuple):
    """A point that was set: the line to which it belongs, and its place in it."""

    line: int
    place: int


class Click(NamedTuple):
    """A click of the calibration; ``px`` is how far it can be off, more where the picture was shown small."""

    at: Point
    px: float = CLICK_PX


class Sketch(NamedTuple):
    """``corners``: the calibration is by the four corners of a card, not by the two ends of a length."""

    lines: tuple[tuple[Point, ...], ...] = ()
    open: tuple[Point, ...] = ()
    scale: tuple[Click, ...] = ()
    corners: bool = False

    @property
    def clicks(self) -> int:
        """How many clicks the calibration needs."""
        return 4 if self.corners else 2

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn that could be lost."""
        return not (self.lines or self.open or self.scale)


def points_of(sketch: Sketch, line: int) -> tuple[Point, ...]:
    """The points of a line, of the open one, or of the calibration."""
    if line == SCALE:
        return tuple(click.at for click in sketch.scale)
    return sketch.open if line == OPEN else sketch.lines[line]


def with_points(sketch: Sketch, line: int, points: Sequence[Point]) -> Sketch:
    """The sketch with other points in one line; the calibration keeps how exact each click was."""
    if line == SCALE:
        known = [*(click.px for click in sketch.scale), *([CLICK_PX] * len(points))]
        clicks = tuple(Click(at, px) for at, px in zip(points, known, strict=False))
        return sketch._replace(scale=clicks)
    if line == OPEN:
        return sketch._replace(open=tuple(points))
    lines = [*sketch.lines]
    lines[line] = tuple(points)
    return sketch._replace(lines=tuple(lines))


def spots(sketch: Sketch, *, scale: bool) -> Iterator[Spot]:
    """Every point that can be moved: those of the calibration, or those of all lines."""
    lines = (SCALE,) if scale else (OPEN, *range(len(sketch.lines)))
    return (Spot(line, place) for line in lines for place in range(len(points_of(sketch, line))))


def place_of(sketch: Sketch, spot: Spot) -> Point:
    """Where a point lies."""
    return points_of(sketch, spot.line)[spot.place]


def nearest_spot(sketch: Sketch, at: Point, reach: float, *, scale: bool) -> Spot | None:
    """The point nearest to a place, if it is within reach."""
    found = [(_apart(place_of(sketch, spot), at), spot) for spot in spots(sketch, scale=scale)]
    near, spot = min(found, default=(reach + 1, None))
    return spot if near <= reach else None


def nearest_edge(sketch: Sketch, at: Point, reach: float) -> Spot | None:
    """Where a point would be put into a closed line that runs by within reach; None where none does."""
    found = []
    for line, points in enumerate(sketch.lines):
        for place, (a, b) in enumerate(zip(points, (*points[1:], points[0]), strict=True)):
            found.append((_from_edge(at, a, b), Spot(line, place + 1)))
    near, spot = min(found, default=(reach + 1, None))
    return spot if near <= reach else None


def outline_of(sketch: Sketch) -> Outline:
    """The closed lines, as parts and holes."""
    lines = sketch.lines
    return Outline(
        tuple(
            Part(line, sum(other is not line and _within(line[0], other) for other in lines) % 2 == 1)
            for line in lines
        )
    )


def calibration_of(sketch: Sketch, length_mm: float) -> Calibration | None:
    """How pixels become millimetres, by the length or side that was typed; None while clicks are missing."""
    if len(sketch.scale) < sketch.clicks:
        return None
    at = [click.at for click in sketch.scale]
    px = max(click.px for click in sketch.scale)
    if sketch.corners:
        return Square((at[0], at[1], at[2], at[3]), length_mm, click_px=px)
    return Line(at[0], at[1], length_mm, px)


def known_length(calibration: Calibration) -> float:
    """The length, or the side of the card, that was typed, in mm."""
    return calibration.side_mm if isinstance(calibration, Square) else calibration.length_mm


def sketch_of(outline: Outline, calibration: Calibration) -> Sketch:
    """A drawing that was recorded, to go on with it."""
    lines = tuple(part.points for part in outline.parts)
    px = calibration.click_px
    if isinstance(calibration, Square):
        return Sketch(lines, scale=tuple(Click(at, px) for at in calibration.corners), corners=True)
    return Sketch(lines, scale=(Click(calibration.a, px), Click(calibration.b, px)))


def thinned(points: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """The points of a stroke that matter: no other one lay farther than this from the line through them.

    Douglas and Peucker's way, without recursion.
    """
    if len(points) < 3:  # noqa: PLR2004 (a beginning and an end)
        return tuple(points)
    kept, todo = {0, len(points) - 1}, [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        far, place = 0.0, first
        for at in range(first + 1, last):
            away = _from_edge(points[at], points[first], points[last])
            if away > far:
                far, place = away, at
        if far > tolerance:
            kept.add(place)
            todo += [(first, place), (place, last)]
    return tuple(points[at] for at in sorted(kept))


def _apart(a: Point, b: Point) -> float:
    return hypot(b.x - a.x, b.y - a.y)


def _from_edge(at: Point, a: Point, b: Point) -> float:
    """How far a place lies from the straight line between two others."""
    across, down = b.x - a.x, b.y - a.y
    long = across * across + down * down
    share = 0.0 if long == 0 else ((at.x - a.x) * across + (at.y - a.y) * down) / long
    share = min(1.0, max(0.0, share))
    return hypot(at.x - a.x - share * across, at.y - a.y - share * down)


def _within(at: Point, line: Sequence[Point]) -> bool:
    """Whether a place lies within a closed line, by how often a ray to the right crosses it."""
    within = False
    for a, b in zip(line, (*line[1:], line[0]), strict=True):
        if (a.y > at.y) != (b.y > at.y):
            within ^= at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x)
    return within
