"""An earlier outline laid over a later photograph, by the calibrations of both.

Each calibration has a frame in mm: its origin in the middle of what was clicked, its first axis along the
ruler, or along the side of the card that lies uppermost. A lesion that lies to the ruler as it did before is
covered exactly; otherwise size and shape are right and the place is not.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, NamedTuple, Protocol

from crfapp.base.problems import RefusedError
from crfapp.planimetry.calibration import Calibration, Line, Plane, Square, checked_calibration
from crfapp.planimetry.shapes import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.planimetry.written import Drawn

Lines = tuple[tuple[Point, ...], ...]


class _Frame(Protocol):
    def mm(self, point: Point, /) -> Point: ...

    def pixel(self, point: Point, /) -> Point: ...


def laid_over(earlier: Drawn, here: Calibration) -> Lines:
    """The lines of an earlier outline in pixels of this photograph; none where it cannot be laid there."""
    try:
        there, now = _frame(earlier.calibration), _frame(here)
        return tuple(tuple(now.pixel(there.mm(p)) for p in part.points) for part in earlier.outline.parts)
    except (RefusedError, ZeroDivisionError):
        return ()


def _frame(calibration: Calibration) -> _Frame:
    checked_calibration(calibration)
    return _along(calibration) if isinstance(calibration, Line) else _on_card(calibration)


class _Similar(NamedTuple):
    """Turned and scaled: ``unit`` is 1 mm along the ruler, in pixels."""

    middle: Point
    unit: Point

    def mm(self, point: Point) -> Point:
        """A point of the picture in the frame."""
        x, y = point.x - self.middle.x, point.y - self.middle.y
        square = self.unit.x**2 + self.unit.y**2
        return Point(
            (x * self.unit.x + y * self.unit.y) / square, (y * self.unit.x - x * self.unit.y) / square
        )

    def pixel(self, point: Point) -> Point:
        """A point of the frame in the picture."""
        return Point(
            self.middle.x + point.x * self.unit.x - point.y * self.unit.y,
            self.middle.y + point.x * self.unit.y + point.y * self.unit.x,
        )


def _along(line: Line) -> _Similar:
    # a ruler has no beginning: it is read from the left, or where it stands upright from above
    a, b = line.a, line.b
    if (b.x - a.x, b.y - a.y) < (0, 0) if abs(b.x - a.x) > abs(b.y - a.y) else b.y < a.y:
        a, b = b, a
    far = hypot(b.x - a.x, b.y - a.y)
    per_mm = far / line.length_mm
    unit = Point((b.x - a.x) / far * per_mm, (b.y - a.y) / far * per_mm)
    return _Similar(Point((a.x + b.x) / 2, (a.y + b.y) / 2), unit)


class _Card(NamedTuple):
    there: Plane
    back: Sequence[float]
    middle: Point

    def mm(self, point: Point) -> Point:
        """A point of the picture in the frame."""
        x, y = self.there.mm(point)
        return Point(x - self.middle.x, y - self.middle.y)

    def pixel(self, point: Point) -> Point:
        """A point of the frame in the picture."""
        x, y = point.x + self.middle.x, point.y + self.middle.y
        a, b, c, d, e, f, g, h, i = self.back
        depth = g * x + h * y + i
        return Point((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)


def _on_card(card: Square) -> _Card:
    upper = min(card.corners, key=lambda corner: corner.x + corner.y)
    first = card.corners.index(upper)
    one, two, three, four = (card.corners[(first + step) % 4] for step in range(4))
    turned = card._replace(corners=(one, two, three, four))
    plane = turned.plane()
    return _Card(plane, _inverse(plane), Point(card.side_mm / 2, (card.other_mm or card.side_mm) / 2))


def _inverse(plane: Plane) -> Sequence[float]:
    """The homography from the plane to the picture: the adjugate, whose factor falls out."""
    a, b, c, d, e, f, g, h = plane.eight
    return (
        e - f * h,
        c * h - b,
        b * f - c * e,
        f * g - d,
        a - c * g,
        c * d - a * f,
        d * h - e * g,
        b * g - a * h,
        a * e - b * d,
    )
