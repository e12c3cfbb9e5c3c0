"""Drawing an outline: every step, each of which can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.planimetry.calibration import CLICK_PX
from crfapp.planimetry.shapes import Point, tidied
from crfapp.present.sketch import (
    OPEN,
    SCALE,
    Click,
    Sketch,
    Spot,
    place_of,
    points_of,
    spots,
    with_points,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 3
"""A closed line has at least so many points."""


class History:
    """A sketch with those before it, and those that were taken back."""

    def __init__(self) -> None:
        self.now = Sketch()
        self._past: list[Sketch] = []
        self._ahead: list[Sketch] = []
        self._same: object = None
        """What the last step was about: one more of the same kind belongs to it."""

    def load(self, sketch: Sketch) -> None:
        """Begin with a sketch, as if nothing had gone before."""
        self.now, self._past, self._ahead, self._same = sketch, [], [], None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._ahead)

    def undo(self) -> None:
        """Take the last step back."""
        if self._past:
            self._ahead.append(self.now)
            self.now, self._same = self._past.pop(), None

    def redo(self) -> None:
        """Take the step again."""
        if self._ahead:
            self._past.append(self.now)
            self.now, self._same = self._ahead.pop(), None

    def step(self, sketch: Sketch, same: object = None) -> None:
        """Go on to another sketch; steps in a row with equal ``same`` are one."""
        if sketch == self.now:
            return
        if same is None or same != self._same:
            self._past.append(self.now)
        self._ahead.clear()
        self.now, self._same = sketch, same


class Scaling(History):
    """The clicks of the calibration. ``chosen`` is the point that keys move and delete."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: Spot | None = None

    def load(self, sketch: Sketch) -> None:
        """Begin with a sketch."""
        super().load(sketch)
        self.chosen = None

    def undo(self) -> None:
        """Take the last step back."""
        super().undo()
        self._keep_chosen()

    def redo(self) -> None:
        """Take the step again."""
        super().redo()
        self._keep_chosen()

    def use_corners(self, corners: bool) -> None:
        """Calibrate by a card's corners, or by two ends of a length; the clicks begin anew."""
        if corners != self.now.corners:
            self.step(self.now._replace(corners=corners, scale=()))
            self.chosen = None

    def click(self, at: Point, px: float = CLICK_PX) -> None:
        """One more click of the calibration; when all are there, it begins anew."""
        known = self.now.scale if len(self.now.scale) < self.now.clicks else ()
        self.step(self.now._replace(scale=(*known, Click(at, px))))
        self.chosen = Spot(SCALE, len(known))

    def _keep_chosen(self) -> None:
        if self.chosen is not None and self.chosen not in spots(self.now, scale=self.chosen.line == SCALE):
            self.chosen = None


class Tracing(Scaling):
    """What a pen does to a sketch."""

    def __init__(self) -> None:
        super().__init__()
        self._carries = 0

    def add(self, *points: Point) -> None:
        """Go on with the open line: one point of a polygon, or those of a stroke."""
        self.step(self.now._replace(open=(*self.now.open, *points)))
        self.chosen = Spot(OPEN, len(self.now.open) - 1)

    def close(self) -> bool:
        """Close the open line; False where it encloses nothing yet."""
        line = tidied(self.now.open)
        if len(line) < LEAST:
            return False
        self.step(self.now._replace(lines=(*self.now.lines, line), open=()))
        self.chosen = None
        return True

    def insert(self, spot: Spot, at: Point) -> None:
        """Put a point into a line, before the one that stands there."""
        points = points_of(self.now, spot.line)
        put = (*points[: spot.place], at, *points[spot.place :])
        self.step(with_points(self.now, spot.line, put))
        self.chosen = spot

    def take(self, spot: Spot) -> None:
        """Take hold of a point; all that it is carried until the next one is taken is one step."""
        self.chosen = spot
        self._carries += 1

    def carry(self, at: Point) -> None:
        """Put the chosen point there."""
        if self.chosen is not None:
            self.step(self._with_chosen(at), ("carry", self._carries))

    def sharpen(self, px: float) -> None:
        """The chosen point of the calibration was clicked again where the picture is shown larger: it is as
        exact as that, also where it stays. One step with carrying it.
        """
        if self.chosen is not None and self.chosen.line == SCALE:
            clicks, place = [*self.now.scale], self.chosen.place
            clicks[place] = clicks[place]._replace(px=min(clicks[place].px, px))
            self.step(self.now._replace(scale=tuple(clicks)), ("carry", self._carries))

    def nudge(self, across: float, down: float) -> None:
        """Move the chosen point; one after the other is one step."""
        if self.chosen is not None:
            was = place_of(self.now, self.chosen)
            self.step(self._with_chosen(Point(was.x + across, was.y + down)), ("nudge", self.chosen))

    def delete(self) -> None:
        """Take away the chosen point; a closed line that would enclose nothing any more goes with it."""
        if self.chosen is None:
            return
        line, place = self.chosen
        points = points_of(self.now, line)
        left = (*points[:place], *points[place + 1 :])
        if line >= 0 and len(left) < LEAST:
            self.delete_line()
            return
        self.step(with_points(self.now, line, left))
        self.chosen = Spot(line, min(place, len(left) - 1)) if left else None

    def delete_line(self) -> None:
        """Take away the whole line of the chosen point."""
        if self.chosen is None:
            return
        line, now = self.chosen.line, self.now
        if line < 0:
            self.step(with_points(now, line, ()))
        else:
            self.step(now._replace(lines=(*now.lines[:line], *now.lines[line + 1 :])))
        self.chosen = None

    def back(self) -> bool:
        """The open line loses its last point, else no point is chosen; False where neither is."""
        if self.now.open:
            self.step(self.now._replace(open=self.now.open[:-1]))
            self.chosen = Spot(OPEN, len(self.now.open) - 1) if self.now.open else None
        elif self.chosen is not None:
            self.chosen = None
        else:
            return False
        return True

    def choose_next(self, by: int, *, scale: bool) -> None:
        """Choose the next point, or the one before, of the calibration or of all lines."""
        there: Sequence[Spot] = list(spots(self.now, scale=scale))
        if there:
            at = there.index(self.chosen) + by if self.chosen in there else (0 if by > 0 else -1)
            self.chosen = there[at % len(there)]

    def put(self, middle: Point, step: float, px: float | None) -> None:
        """One more point without a mouse: beside the last one, on a closed line behind the chosen point, or
        else in the middle of what is seen. ``px``: it is a click of the calibration, so exact.
        """
        now, chosen = self.now, self.chosen
        if px is not None:
            last = now.scale[-1].at if 0 < len(now.scale) < now.clicks else None
            self.click(middle if last is None else Point(last.x + step, last.y), px)
        elif now.open:
            self.add(Point(now.open[-1].x + step, now.open[-1].y))
        elif chosen is not None and chosen.line >= 0:
            points = points_of(now, chosen.line)
            a, b = points[chosen.place], points[(chosen.place + 1) % len(points)]
            self.insert(Spot(chosen.line, chosen.place + 1), Point((a.x + b.x) / 2, (a.y + b.y) / 2))
        else:
            self.add(middle)

    def _with_chosen(self, at: Point) -> Sketch:
        line, place = self.chosen or Spot(OPEN, 0)
        points = points_of(self.now, line)
        return with_points(self.now, line, (*points[:place], at, *points[place + 1 :]))
