"""What cannot be measured is refused with the place where it is wrong."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.planimetry.shapes import Outline, Part, Point, checked, tidied

SQUARE = ((0, 0), (100, 0), (100, 100), (0, 100))


def part(points: object, *, hole: bool = False) -> Part:
    return Part(tuple(Point(*point) for point in points), hole)  # type: ignore[attr-defined]


def moved(points: object, by: float, scale: float = 1.0) -> list[tuple[float, float]]:
    return [(x * scale + by, y * scale + by) for x, y in points]  # type: ignore[attr-defined]


def refusal(*parts: Part) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        checked(Outline(parts))
    return refused.value


def test_an_eight_is_refused_where_it_crosses() -> None:
    problem = refusal(part([(0, 0), (100, 100), (100, 0), (0, 100)]))
    assert problem.code is Code.OUTLINE_CROSSES
    assert (problem.facts["x"], problem.facts["y"]) == (50, 50)


def test_a_line_that_comes_back_to_one_of_its_points_is_refused_there() -> None:
    problem = refusal(part([(0, 0), (40, 0), (20, 30), (60, 60), (-20, 60), (20, 30)]))
    assert problem.code is Code.OUTLINE_CROSSES
    assert (problem.facts["x"], problem.facts["y"]) == (20, 30)


def test_two_parts_may_not_cross_and_may_lie_apart() -> None:
    assert refusal(part(SQUARE), part(moved(SQUARE, 50))).code is Code.OUTLINE_CROSSES
    checked(Outline((part(SQUARE), part(moved(SQUARE, 200)))))


def test_a_hole_lies_in_a_part_and_an_island_in_a_hole() -> None:
    outside = part(moved(SQUARE, 200, 0.5), hole=True)
    assert refusal(part(SQUARE), outside).code is Code.OUTLINE_NESTED
    assert refusal(part(SQUARE, hole=True)).code is Code.OUTLINE_NESTED
    assert refusal(part(SQUARE), part(moved(SQUARE, 10, 0.5))).code is Code.OUTLINE_NESTED
    hole, island = part(moved(SQUARE, 10, 0.8), hole=True), part(moved(SQUARE, 20, 0.5))
    checked(Outline((part(SQUARE), hole, island)))


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(0, 0)],
        [(0, 0), (10, 0)],
        [(5, 5), (5, 5), (5, 5), (5, 5)],
        [(0, 0), (10, 0), (20, 0), (5, 0)],
        [(0, 0), (10, float("nan")), (20, 5)],
        [(0, 0), (10, float("inf")), (20, 5)],
        [(0, 0), (10, 1e9), (20, 5)],
    ],
)
def test_what_encloses_nothing_is_refused(points: list[tuple[float, float]]) -> None:
    assert refusal(part(points)).code is Code.OUTLINE_EMPTY


def test_no_part_at_all_is_refused() -> None:
    assert refusal().code is Code.OUTLINE_EMPTY


def test_a_trembling_hand_is_no_crossing() -> None:
    drawn = [(0, 0), (0, 0), (50, 0), (51, 0), (50, 0), (100, 0), (100, 100), (100, 100), (0, 100), (0, 0)]
    assert tidied([Point(*point) for point in drawn]) == part([*SQUARE[:1], (50, 0), *SQUARE[1:]]).points
    checked(Outline((part(drawn),)))


def test_without_its_safeguard_an_eight_would_have_no_area_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    eight = Outline((part([(0, 0), (100, 100), (100, 0), (0, 140)]),))
    assert refusal(*eight.parts).code is Code.OUTLINE_CROSSES
    monkeypatch.setattr("crfapp.planimetry.shapes.where_crossing", lambda _parts: None)
    checked(eight)
