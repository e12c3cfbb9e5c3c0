"""What is recorded of an outline can be read and measured again, and gives the same figures."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.planimetry.calibration import Line, Square
from crfapp.planimetry.measuring import measure
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import figures_text, from_text, read_figures, to_text

LESION = Outline(
    (
        Part((Point(10.123, 20), Point(400, 21.5), Point(380.25, 300), Point(12, 310.0))),
        Part((Point(100, 100), Point(150, 100), Point(120, 160)), hole=True),
    )
)
RULER = Line(Point(0, 0), Point(500.5, 3), 50.0)
CARD = Square((Point(0, 0), Point(200, 0), Point(210, 190), Point(-3, 205)), 20.0, None, 4.0)


@pytest.mark.parametrize("calibration", [RULER, CARD, CARD._replace(other_mm=21.5)])
def test_the_text_is_read_back_and_is_one(calibration: Line | Square) -> None:
    text = to_text(LESION, calibration)
    drawn = from_text(text)
    assert to_text(*drawn) == text
    assert drawn.calibration == calibration
    assert drawn.outline.parts[0].points[0] == Point(10.12, 20)


def test_figures_are_those_of_the_text() -> None:
    measured = measure(*from_text(to_text(LESION, RULER)))
    assert read_figures(figures_text(measured)) == pytest.approx(measured, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "null", "{}", '{"v":2}', '{"v":1,"parts":[]}'),
        '{"v":1,"parts":[{"hole":false,"points":"a,b"}]}',
        to_text(LESION, RULER).replace("10.12,20", "NaN,20"),
        to_text(LESION, RULER)[:-5],
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        from_text(text)
    assert refused.value.code is Code.OUTLINE_TEXT
