"""A drawing as plain data: thinned strokes, holes, an earlier outline laid over, drafts that wait."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.planimetry.calibration import Line, Square
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import Drawn
from crfapp.present.ghost import laid_over
from crfapp.present.sketch import Click, Sketch, outline_of, thinned
from crfapp.present.tracer_drafts import Draft, from_text, to_text
from crfapp.present.tracing import Tracing

if TYPE_CHECKING:
    from collections.abc import Callable

place = st.builds(Point, st.integers(0, 4000).map(float), st.integers(0, 3000).map(float))
lines = st.lists(st.lists(place, min_size=3, max_size=9).map(tuple), max_size=4).map(tuple)


def ring(middle: Point, half: float, count: int = 40) -> tuple[Point, ...]:
    """A round line."""
    return tuple(
        Point(middle.x + half * cos(2 * pi * at / count), middle.y + half * sin(2 * pi * at / count))
        for at in range(count)
    )


@given(st.lists(place, min_size=2, max_size=60), st.floats(0.1, 20))
def test_no_point_of_a_stroke_lies_farther_from_the_thinned_one_than_allowed(
    stroke: list[Point], tolerance: float
) -> None:
    kept = thinned(stroke, tolerance)
    assert (kept[0], kept[-1]) == (stroke[0], stroke[-1])
    for point in stroke:
        assert min(away(point, a, b) for a, b in pairwise(kept)) <= tolerance + 1e-6


def away(at: Point, a: Point, b: Point) -> float:
    """How far a point lies from a line between two others."""
    long = hypot(b.x - a.x, b.y - a.y)
    if long == 0:
        return hypot(at.x - a.x, at.y - a.y)
    share = min(1.0, max(0.0, ((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / long**2))
    return hypot(at.x - a.x - share * (b.x - a.x), at.y - a.y - share * (b.y - a.y))


def test_a_line_within_a_line_is_a_hole_whichever_was_drawn_first() -> None:
    outer, inner = ring(Point(500, 500), 300), ring(Point(500, 500), 100)
    assert [part.hole for part in outline_of(Sketch((outer, inner))).parts] == [False, True]
    assert [part.hole for part in outline_of(Sketch((inner, outer))).parts] == [True, False]


@given(lines, st.lists(place, max_size=5), st.lists(place, max_size=4), st.booleans())
def test_a_drawing_that_waits_comes_back_as_it_was(
    closed: tuple[tuple[Point, ...], ...], begun: list[Point], clicks: list[Point], corners: bool
) -> None:
    sketch = Sketch(closed, tuple(begun), tuple(Click(at, 2.5) for at in clicks), corners)
    draft = Draft("ab" * 32, "٥٠", sketch)
    assert from_text(to_text(draft)) == draft


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"lines": 3}', "typed by hand"])
def test_what_is_no_drawing_is_not_taken_for_one(text: str) -> None:
    assert from_text(text) is None


@given(
    st.lists(
        st.sampled_from(["add", "close", "nudge", "delete", "click", "back", "put", "corners"]), max_size=30
    )
)
def test_whatever_was_done_can_be_taken_back_to_the_beginning_and_done_again(acts: list[str]) -> None:
    tracing = Tracing()
    deeds: dict[str, Callable[[Point], object]] = {
        "add": tracing.add,
        "close": lambda _at: tracing.close(),
        "nudge": lambda _at: tracing.nudge(1, 0),
        "delete": lambda _at: tracing.delete(),
        "click": tracing.click,
        "back": lambda _at: tracing.back(),
        "put": lambda at: tracing.put(at, 10, None),
        "corners": lambda _at: tracing.use_corners(not tracing.now.corners),
    }
    for number, act in enumerate(acts):
        at = Point(float(number * 37 % 400), float(number * 91 % 300))
        deeds[act](at)
    last = tracing.now
    while tracing.can_undo:
        tracing.undo()
    assert tracing.now == Sketch()
    while tracing.can_redo:
        tracing.redo()
    assert tracing.now == last


def test_an_earlier_outline_is_turned_and_scaled_by_the_ruler() -> None:
    was = Drawn(Outline((Part(ring(Point(300, 200), 50)),)), Line(Point(100, 400), Point(500, 400), 40))
    # the same ruler read from the other end, turned by a quarter and twice as large
    [line] = laid_over(was, Line(Point(1000, 1800), Point(1000, 1000), 40))
    middle = Point(sum(p.x for p in line) / len(line), sum(p.y for p in line) / len(line))
    assert middle == pytest.approx((1400, 1400))
    assert {round(hypot(p.x - middle.x, p.y - middle.y), 6) for p in line} == {100}


def test_an_earlier_outline_follows_the_angle_of_the_card() -> None:
    flat = Square((Point(0, 0), Point(200, 0), Point(200, 200), Point(0, 200)), 20)
    was = Drawn(Outline((Part((Point(0, 0), Point(100, 0), Point(100, 100))),)), flat)
    slanted = Square((Point(1200, 1150), Point(1000, 1100), Point(1040, 1000), Point(1160, 1000)), 20)
    [line] = laid_over(was, slanted)
    assert line[0] == pytest.approx((1040, 1000), abs=1e-6)  # the corner of the card stays its corner
    assert line[1].y == pytest.approx(1000, abs=1e-6)
    assert 1040 < line[1].x < 1160


def test_where_the_scale_says_nothing_no_ghost_is_seen() -> None:
    was = Drawn(Outline((Part(ring(Point(300, 200), 50)),)), Line(Point(100, 400), Point(500, 400), 40))
    assert laid_over(was, Line(Point(5, 5), Point(5, 5), 40)) == ()
