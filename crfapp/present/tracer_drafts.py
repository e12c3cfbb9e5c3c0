"""A drawing that is not saved, as a text: it waits for whoever drew it through a lock and a log-out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from crfapp.planimetry.shapes import Point
from crfapp.present.sketch import Click, Sketch

if TYPE_CHECKING:
    from collections.abc import Sequence


class Draft(NamedTuple):
    """A drawing on a photograph, with the length that was typed."""

    photograph: str
    length: str
    sketch: Sketch

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn that could be lost."""
        sketch = self.sketch
        return not (sketch.lines or sketch.open or sketch.scale)


def to_text(draft: Draft) -> str:
    """One text; :func:`from_text` reads it."""
    sketch = draft.sketch
    return json.dumps(
        {
            "photograph": draft.photograph,
            "length": draft.length,
            "corners": sketch.corners,
            "scale": [(*click.at, click.px) for click in sketch.scale],
            "lines": sketch.lines,
            "open": sketch.open,
        }
    )


def from_text(text: str) -> Draft | None:
    """The drawing; None where the text is none."""
    try:
        told = json.loads(text)
        scale = tuple(Click(Point(float(x), float(y)), float(px)) for x, y, px in told["scale"])
        lines = tuple(_points(line) for line in told["lines"])
        sketch = Sketch(lines, _points(told["open"]), scale, bool(told["corners"]))
        return Draft(str(told["photograph"]), str(told["length"]), sketch)
    except (ValueError, KeyError, TypeError):
        return None


def _points(told: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    return tuple(Point(float(x), float(y)) for x, y in told)
