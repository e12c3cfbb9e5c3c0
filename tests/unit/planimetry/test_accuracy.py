"""Areas on drawn photographs come near the true ones, and the page that says how near is true itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crfapp.pictures.drawn import truth
from crfapp.planimetry.measuring import measure
from tests.support.accuracy import (
    CAMERAS,
    SHAPES,
    SIZES,
    Row,
    calibrations,
    line_of,
    photographed,
    row_of,
    scene_of,
)

PAGE = Path(__file__).parents[3] / "docs" / "accuracy.md"
AGAIN = [
    ("ellipse 14 x 10 mm", "turned 37 degrees", SIZES[0]),
    ("ellipse 40 x 25 mm", "straight", SIZES[0]),
    ("irregular, with a hole", "aslant", SIZES[1]),
]


def figures(line: str) -> list[float]:
    return [float(found) for found in re.findall(r"([+-]?\d+\.?\d*) %", line)]


def lines() -> dict[tuple[str, str, str], str]:
    """The rows of the page's table."""
    found = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in SHAPES:
            found[cells[0], cells[1], cells[2].partition(" ")[0]] = line
    return found


@pytest.mark.req("REQ-931")
@pytest.mark.parametrize(("shape", "camera", "size"), AGAIN)
def test_a_row_of_the_page_is_measured_again(shape: str, camera: str, size: tuple[int, int]) -> None:
    row: Row = row_of(shape, camera, size)
    said = figures(lines()[shape, camera, str(size[0])])
    found = figures(line_of(row))
    assert found[1] == pytest.approx(said[1], abs=0.4), "other pixels are drawn: make the page anew, read it"
    assert found[:1] + found[2:] == pytest.approx(said[:1] + said[2:], abs=0.15), "make the page anew"
    assert abs(row.exact) < 1e-6
    assert abs(row.threshold) < 1
    assert abs(row.threshold) < row.plus_minus


def test_the_page_has_every_shape_camera_and_resolution_and_keeps_its_bounds() -> None:
    every = {(shape, camera, str(size[0])) for shape in SHAPES for camera in CAMERAS for size in SIZES}
    assert set(lines()) == every
    for (_, camera, width), line in lines().items():
        exact, threshold, hand, _, ruler, ruler_plus_minus = figures(line)
        assert exact == 0
        assert abs(threshold) < 1
        assert hand < {"800": 4, "1600": 1.5, "4000": 1}[width]
        assert abs(ruler) < 10 if camera == "aslant" else abs(ruler) < 0.1
        assert abs(ruler) <= ruler_plus_minus + 3, "a tilt far beyond what is taken for usual"


def test_a_card_told_with_another_side_would_be_noticed() -> None:
    """The page's bounds can fail: a card that is 21 mm and is told as 20 is a tenth of the area."""
    scene = scene_of(*AGAIN[1])
    card, _ = calibrations(truth(scene))
    wrong = measure(photographed(scene), card._replace(side_mm=21.0))  # type: ignore[call-arg]
    assert abs(wrong.area / truth(scene).area_mm2 - 1) > 0.09
