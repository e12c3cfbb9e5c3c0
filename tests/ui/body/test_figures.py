"""The figures have every region that a pack names, on both sides, and no point belongs to two."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, QRectF

from crfapp.present.body_view import FIGURES, ViewLine
from crfapp.study.language.body import side_of
from crfapp.study.targets import REGIONS
from crfapp.ui.body.figure import figure
from crfapp.ui.body.placing import PlacedView, neighbour
from crfapp.ui.resources import resource
from tests.support.playing import shipped_study

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

DRAWINGS = sorted({name for views in FIGURES.values() for _, name in views})


@pytest.mark.parametrize("pack", ["nct06813027", "abcb5-cvu"])
def test_every_region_of_the_pack_is_drawn_on_both_sides(pack: str, qapp: QApplication) -> None:
    assert qapp is not None
    bound = shipped_study(pack).head.targets
    assert bound is not None
    drawn = {region for _, name in FIGURES[bound.figure] for region in figure(name).regions}
    for regions in bound.regions.values():
        for region in regions:
            both = {f"{region}-left", f"{region}-right"} <= drawn
            assert both or f"{region}-midline" in drawn, region


@pytest.mark.parametrize("name", ["body", "legs"])
def test_packs_may_name_exactly_what_is_drawn(name: str, qapp: QApplication) -> None:
    assert qapp is not None
    drawn = {region.rpartition("-")[0] for _, one in FIGURES[name] for region in figure(one).regions}
    assert drawn == set(REGIONS[name])


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_middle_of_a_region_lies_in_it_and_in_no_other(name: str, qapp: QApplication) -> None:
    assert qapp is not None
    one = figure(name)
    assert one.regions
    for region, middle in one.middles.items():
        assert one.regions[region].contains(middle)
        assert one.region_at(middle, 0.0) == region


@pytest.mark.req("REQ-414")
@pytest.mark.parametrize(("name", "letter"), [("body-front", "F"), ("body-back", "B")])
def test_the_sides_of_the_drawing_are_those_of_the_expression_language(
    name: str, letter: str, qapp: QApplication
) -> None:
    """``side_of`` counts from the middle; the drawing names regions: both must mean the same arm."""
    assert qapp is not None
    one = figure(name)
    for region, middle in one.middles.items():
        side = side_of(
            f"{round(1000 * middle.x() / one.width)},{round(1000 * middle.y() / one.height)},{letter}"
        )
        drawn = region.rpartition("-")[2]
        assert (side or "MIDLINE").lower() == drawn, region


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_is_recorded_leads_back_to_the_same_place(name: str, qapp: QApplication) -> None:
    assert qapp is not None
    one = figure(name)
    view = PlacedView(ViewLine("F", name, name), one, QRectF(40, 20, one.width * 0.4, one.height * 0.4), 0.4)
    for region, middle in one.middles.items():
        back = view.point(view.spot(middle, region)) - view.to_widget(middle)
        assert back.manhattanLength() < 1.0, "per mille are finer than a pixel"


def test_arrows_reach_every_region_of_the_body(qapp: QApplication) -> None:
    assert qapp is not None
    one = figure("body-front")
    points = list(one.middles.values())
    reached, waiting = {0}, [0]
    while waiting:
        at = waiting.pop()
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            found = neighbour(points, points[at], dx, dy)
            if found >= 0 and found not in reached:
                reached.add(found)
                waiting.append(found)
    lost = [name for number, name in enumerate(one.middles) if number not in reached]
    assert not lost


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_take_their_colour_from_the_program(name: str) -> None:
    text = resource(f"figures/{name}.svg").read_text("utf-8")
    assert "currentColor" in text
    assert "#" not in text
    assert "<image" not in text


def test_the_outline_goes_around_every_region_of_the_body(qapp: QApplication) -> None:
    assert qapp is not None
    one = figure("body-front")
    box = one.outline.boundingRect()
    for path in one.regions.values():
        assert box.adjusted(-1, -1, 1, 1).contains(path.boundingRect())
    assert all(a != b for a, b in pairwise(one.middles.values()))
    assert not one.region_at(QPointF(2, 2), 1.0)
