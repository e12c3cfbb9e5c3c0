"""The outline of a lesion in a drawn photograph, found by its brightness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.planimetry.shapes import Outline, Part, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

_AHEAD = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Right, down, left, up: turning right is the next one."""


def traced_by_threshold(picture: Image.Image, near: Sequence[Sequence[tuple[float, float]]]) -> Outline:
    """One part for each outline in ``near`` (the first is the lesion, the others are holes in it).

    Where the truth lies is used only to know where to begin, and how bright it is inside and around.
    """
    grey = picture.convert("L")
    pixels = grey.load()
    assert pixels is not None
    parts = []
    for number, outline in enumerate(near):
        x, y = (sum(values) / len(outline) for values in zip(*outline, strict=True))
        left = min(outline)
        inner, outer = (float(pixels[int(at[0]), int(at[1])]) for at in _beside(left, (x, y)))  # type: ignore[arg-type]
        middle = (inner + outer) / 2

        def is_inside(at_x: int, at_y: int, limit: float = middle, bright: bool = inner > outer) -> bool:
            return (float(pixels[at_x, at_y]) > limit) == bright  # type: ignore[arg-type]

        parts.append(Part(_around(is_inside, _first(is_inside, left)), number > 0))
    return Outline(tuple(parts))


def _beside(border: tuple[float, float], middle: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """A place well inside, and one well outside, on the line from the border through the middle."""
    step = ((middle[0] - border[0]) * 0.15, (middle[1] - border[1]) * 0.15)
    return (border[0] + step[0], border[1] + step[1]), (border[0] - step[0], border[1] - step[1])


def _first(is_inside: Callable[[int, int], bool], border: tuple[float, float]) -> tuple[int, int]:
    """The first pixel inside, going right from well before the leftmost point."""
    x, y = int(border[0]) - 12, int(border[1])
    while not is_inside(x, y):
        x += 1
    return x, y


def _around(is_inside: Callable[[int, int], bool], start: tuple[int, int]) -> tuple[Point, ...]:
    """Along the edges of pixels, the inside on the right; a point in the middle of each edge."""
    (x, y), ahead = start, 3  # up along the left edge of the first pixel, from its lower left corner
    y += 1
    first, found = (x, y, ahead), list[Point]()
    while not found or (x, y, ahead) != first:
        step = _AHEAD[ahead]
        found.append(Point(x + step[0] / 2, y + step[1] / 2))
        x, y = x + step[0], y + step[1]
        right, left = _pixels_ahead(x, y, ahead)
        if not is_inside(*right):
            ahead = (ahead + 1) % 4
        elif is_inside(*left):
            ahead = (ahead - 1) % 4
    return tuple(found)


def _pixels_ahead(x: int, y: int, ahead: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The two pixels that lie before a corner, right and left of the way on."""
    place = {
        0: ((x, y), (x, y - 1)),
        1: ((x - 1, y), (x, y)),
        2: ((x - 1, y - 1), (x - 1, y)),
        3: ((x, y - 1), (x - 1, y - 1)),
    }
    return place[ahead]
