"""Drawn photographs: the same every time, and what is said of them is where they show it."""

from __future__ import annotations

import io
import math

import pytest
from PIL import Image

from crfapp.pictures.drawn import Scene, Shape, Spot, draw, ellipse, truth
from crfapp.pictures.showing import upright

ASLANT = (Spot(60, 40), Spot(1500, 0), Spot(1600, 1200), Spot(0, 1100))


def test_the_same_scene_gives_the_same_bytes_and_another_grain_others() -> None:
    scene = Scene(width=320, height=240, per_mm=2.5)
    assert draw(scene) == draw(scene)
    assert draw(scene) != draw(Scene(width=320, height=240, per_mm=2.5, grain=2))


def test_an_ellipse_has_the_area_of_the_formula() -> None:
    assert ellipse(40, 25, turned=30).area_mm2 == pytest.approx(math.pi * 20 * 12.5, rel=2e-5)
    hole = Shape((Spot(0, 0), Spot(4, 0), Spot(4, 3), Spot(0, 3)), "skin")
    whole = truth(Scene(shapes=(ellipse(40, 25), hole)))
    assert whole.area_mm2 == pytest.approx(math.pi * 20 * 12.5 - 12, rel=2e-5)


@pytest.mark.parametrize("light", ["visible", "wood"])
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("corners", [None, ASLANT], ids=["straight", "aslant"])
def test_the_lesion_lies_where_the_outline_says(
    light: str, orientation: int, corners: tuple[Spot, Spot, Spot, Spot] | None
) -> None:
    """Just within the outline it is light, just outside it is skin, all the way round."""
    scene = Scene(
        light="wood" if light == "wood" else "visible", orientation=orientation, corners=corners, turned=20
    )
    picture = Image.open(io.BytesIO(upright(draw(scene), None))).convert("L")
    [outline] = truth(scene).outlines
    middle = Spot(sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline))
    for x, y in outline[::45]:
        away = math.hypot(x - middle.x, y - middle.y)
        inner, outer = (
            picture.getpixel((int(x + (x - middle.x) / away * by), int(y + (y - middle.y) / away * by)))
            for by in (-5, 5)
        )
        assert inner - outer > 30  # type: ignore[operator]


def test_the_card_and_the_ruler_lie_where_they_are_said_to_be() -> None:
    told = truth(Scene())
    sides = [math.dist(told.card[at], told.card[(at + 1) % 4]) for at in range(4)]
    assert sides == pytest.approx([240] * 4)
    assert math.dist(*told.ruler) == pytest.approx(12 * told.ruler_mm)
