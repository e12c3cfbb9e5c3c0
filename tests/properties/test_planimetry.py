"""What is measured does not depend on how the picture lies, how large it is, or where somebody began."""

from __future__ import annotations

from math import cos, dist, pi, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.problems import Code, RefusedError
from crfapp.planimetry.calibration import Calibration, Line, Square, clicks
from crfapp.planimetry.measuring import measure
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import from_text, to_text

RULER = Line(Point(50, 900), Point(950, 930), 45.0)
CARD = Square((Point(1200, 800), Point(1460, 812), Point(1448, 1070), Point(1190, 1050)), 20.0)
FEW = settings(max_examples=40, deadline=None)


@st.composite
def blobs(draw: st.DrawFn, at: float = 1000.0, least: float = 120.0) -> Part:
    """A part whose corners lie all round its middle, each at its own distance: it never crosses itself."""
    count = draw(st.integers(5, 24))
    far = draw(st.lists(st.floats(least, least * 3), min_size=count, max_size=count))
    turn = draw(st.floats(0, 6))
    return Part(
        tuple(
            Point(at + r * cos(turn + 2 * pi * n / count), at + r * sin(turn + 2 * pi * n / count))
            for n, r in enumerate(far)
        )
    )


def moved(point: Point, degrees: float, times: float, mirror: float, by: tuple[float, float]) -> Point:
    """A point turned, then scaled, mirrored and shifted, as the picture would be."""
    x = point.x * cos(radians(degrees)) - point.y * sin(radians(degrees))
    y = point.x * sin(radians(degrees)) + point.y * cos(radians(degrees))
    return Point(mirror * x * times + by[0], y * times + by[1])


@pytest.mark.req("REQ-931")
@pytest.mark.parametrize("calibration", [RULER, CARD], ids=["ruler", "card"])
@given(
    part=blobs(),
    degrees=st.floats(0, 360),
    times=st.floats(0.2, 4),
    mirror=st.sampled_from((1.0, -1.0)),
    by=st.tuples(st.floats(-500, 3000), st.floats(-500, 3000)),
)
@FEW
def test_a_turned_scaled_mirrored_or_shifted_picture_has_the_same_figures(
    calibration: Calibration,
    part: Part,
    degrees: float,
    times: float,
    mirror: float,
    by: tuple[float, float],
) -> None:
    def whole(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple(moved(point, degrees, times, mirror, by) for point in points)

    before = measure(Outline((part,)), calibration)
    again: Calibration
    if isinstance(calibration, Line):
        a, b = whole(clicks(calibration))
        again = calibration._replace(a=a, b=b)
    else:
        c = whole(clicks(calibration))
        again = calibration._replace(corners=(c[0], c[1], c[2], c[3]))
    after = measure(Outline((Part(whole(part.points)),)), again)
    assert after[:4] == pytest.approx(before[:4], rel=1e-6)


@given(part=blobs(), first=st.integers(0, 100))
@FEW
def test_where_somebody_began_and_which_way_round_does_not_matter(part: Part, first: int) -> None:
    before = measure(Outline((part,)), CARD)
    at = first % len(part.points)
    turned = part.points[at:] + part.points[:at]
    for points in (turned, turned[::-1]):
        assert measure(Outline((Part(points),)), CARD)[:4] == pytest.approx(before[:4], rel=1e-9)


@given(part=blobs(), times=st.floats(0.5, 3))
@FEW
def test_a_longer_ruler_makes_areas_larger_by_its_square(part: Part, times: float) -> None:
    before = measure(Outline((part,)), RULER)
    after = measure(Outline((part,)), RULER._replace(length_mm=RULER.length_mm * times))
    assert after.area == pytest.approx(before.area * times**2)
    assert (after.perimeter, after.length) == pytest.approx((before.perimeter * times, before.length * times))


@given(part=blobs(), cut=st.integers(0, 100))
@FEW
def test_two_halves_have_the_area_of_the_whole(part: Part, cut: int) -> None:
    """Cut from the middle to two corners: both pieces together are what was cut."""
    count, middle = len(part.points), Point(1000, 1000)
    one = 1 + cut % (count - 3)
    pieces = (
        (middle, *part.points[: one + 1]),
        (middle, *part.points[one:], part.points[0]),
    )
    whole = measure(Outline((part,)), CARD).area
    assert sum(measure(Outline((Part(piece),)), CARD).area for piece in pieces) == pytest.approx(whole)


@given(part=blobs(), hole=blobs(least=30.0), island=blobs(least=8.0))
@FEW
def test_holes_are_taken_away_islands_added_and_both_count_for_the_circumference(
    part: Part, hole: Part, island: Part
) -> None:
    whole, inner, core = (measure(Outline((one,)), RULER) for one in (part, hole, island))
    parts = (part, hole._replace(hole=True), island)
    measured = measure(Outline(parts), RULER)
    assert measured.area == pytest.approx(whole.area - inner.area + core.area)
    assert measured.perimeter == pytest.approx(whole.perimeter + inner.perimeter + core.perimeter)
    assert (measured.length, measured.width) == (whole.length, whole.width)


@given(part=blobs())
@FEW
def test_figures_fit_together(part: Part) -> None:
    """No shape is wider than long, larger than its box, or encloses more than a circle of its line."""
    area, perimeter, length, width, uncertainty = measure(Outline((part,)), RULER)
    assert 0 < width <= length <= perimeter / 2 + 1e-9
    assert area <= length * width + 1e-9
    assert 4 * pi * area <= perimeter**2
    assert uncertainty > 0


@given(count=st.integers(4, 60), at=st.integers(0, 59), turn=st.floats(0, 6))
@FEW
def test_a_line_that_crosses_itself_is_never_measured(count: int, at: int, turn: float) -> None:
    """Two neighbours of a round outline change places: the line crosses itself beside them."""
    angles = [turn + 2 * pi * n / count for n in range(count)]
    points = [Point(1000 + 400 * cos(angle), 1000 + 400 * sin(angle)) for angle in angles]
    one, other = at % count, (at + 1) % count
    points[one], points[other] = points[other], points[one]
    with pytest.raises(RefusedError) as refused:
        measure(Outline((Part(tuple(points)),)), RULER)
    assert refused.value.code is Code.OUTLINE_CROSSES
    where = Point(float(refused.value.facts["x"]), float(refused.value.facts["y"]))
    assert min(dist(where, points[one]), dist(where, points[other])) < 2 * 400 * sin(pi / count) + 1


@given(part=blobs())
@FEW
def test_the_largest_diameter_is_the_largest_of_all(part: Part) -> None:
    scale = RULER.length_mm / dist(RULER.a, RULER.b)
    largest = max(dist(a, b) for a in part.points for b in part.points)
    assert measure(Outline((part,)), RULER).length == pytest.approx(largest * scale)


@given(part=blobs(), hole=blobs(least=30.0))
@FEW
def test_what_is_recorded_is_measured_again_to_the_same_figures(part: Part, hole: Part) -> None:
    text = to_text(Outline((part, hole._replace(hole=True))), CARD)
    assert measure(*from_text(text)) == measure(*from_text(to_text(*from_text(text))))
