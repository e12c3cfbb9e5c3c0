"""A drawing that is not saved, as a text: it waits for whoever drew it through a lock and a log-out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.told import told_json
from crfapp.planimetry.shapes import Point
from crfapp.present.sketch import Click, Sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.keys import ItemKey


class Draft(NamedTuple):
    """A drawing on a photograph, with the length that was typed."""

    photograph: str
    length: str
    sketch: Sketch


class Drafts:
    """Drawings that are not saved, one for each item and photograph."""

    def __init__(self) -> None:
        self._kept: dict[tuple[ItemKey, str], Draft] = {}

    def keep(self, place: ItemKey, draft: Draft) -> None:
        """Put a drawing by."""
        self._kept.pop((place, draft.photograph), None)
        self._kept[place, draft.photograph] = draft

    def forget(self, place: ItemKey, photograph: str) -> None:
        """A drawing was saved or thrown away."""
        self._kept.pop((place, photograph), None)

    def of(self, place: ItemKey, photograph: str = "") -> Draft | None:
        """The drawing on a photograph, or the one of the item that was put by last."""
        if photograph:
            return self._kept.get((place, photograph))
        return next((draft for (at, _on), draft in reversed(self._kept.items()) if at == place), None)

    def all(self) -> list[tuple[ItemKey, Draft]]:
        """All drawings, the oldest first."""
        return [(place, draft) for (place, _on), draft in self._kept.items()]

    def take_all(self) -> list[tuple[ItemKey, Draft]]:
        """All drawings, the oldest first; they are not here any more."""
        taken = self.all()
        self._kept.clear()
        return taken


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
        told = told_json(text)
        scale = tuple(Click(Point(float(x), float(y)), float(px)) for x, y, px in told["scale"])
        lines = tuple(_points(line) for line in told["lines"])
        sketch = Sketch(lines, _points(told["open"]), scale, bool(told["corners"]))
        return Draft(str(told["photograph"]), str(told["length"]), sketch)
    except (ValueError, KeyError, TypeError):
        return None


def _points(told: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    return tuple(Point(float(x), float(y)) for x, y in told)
