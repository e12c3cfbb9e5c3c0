"""Photographs of journeys: what a pack says of them is what is drawn, seen and traced."""

from __future__ import annotations

import hashlib

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.scenes import ScenePictures, pictures_of, scene_of
from crfapp.journeys.pictures import Lesion
from crfapp.pictures.drawn import truth
from crfapp.planimetry.measuring import measure
from crfapp.planimetry.written import from_text
from tests.support.playing import FORMS


def hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


SMALL = {"width": "480", "height": "360", "per_mm": "6", "card": ["-25", "-15"], "ruler": ["-30", "18"]}


def scene(**said: object) -> object:
    return scene_of("one.jpg", {**SMALL, **said})


def test_what_is_drawn_is_seen_as_any_file_that_comes_in() -> None:
    told = scene(shapes=[{"ellipse": ["14", "10"]}], taken="2025:01:05 09:41:00")
    facts = ScenePictures({"one.jpg": told}, hashed).take("one.jpg")  # type: ignore[dict-item]
    assert (facts.name, facts.media, facts.width, facts.height) == ("one.jpg", "image/jpeg", 480, 360)
    assert (facts.taken, facts.camera) == ("2025:01:05 09:41:00", "Crfapp Drawn 12")


def test_what_is_not_drawn_is_known_by_the_same_facts_but_its_bytes() -> None:
    told = {"one.jpg": scene(taken="2025:01:05 09:41:00")}
    drawn = ScenePictures(told, hashed).take("one.jpg")  # type: ignore[arg-type]
    known = ScenePictures(told).take("one.jpg")  # type: ignore[arg-type]
    for field in ("name", "taken", "camera", "width", "height", "media"):
        assert getattr(drawn, field) == getattr(known, field)


def test_the_same_name_is_the_same_file_and_another_name_another_one() -> None:
    pictures = ScenePictures({}, hashed)
    assert pictures.take("one.jpg") == pictures.take("one.jpg")
    assert pictures.take("one.jpg").photograph != pictures.take("two.jpg").photograph


def test_a_picture_of_the_demo_is_of_its_lesion() -> None:
    pictures = ScenePictures({}, hashed)
    seen = [
        pictures.take("x.jpg", "2025:01:05 09:41:00", Lesion("T01", view, 14, 10)) for view in ("", "WOOD")
    ]
    assert seen[0].photograph != seen[1].photograph
    assert seen[0].taken == "2025:01:05 09:41:00"


@pytest.mark.parametrize(
    ("pack", "name", "mm2"),
    [
        ("nct06813027", "BL-T01-WOOD.jpg", 109.96),
        ("nct06813027", "M6-T01-VIS.jpg", 18.85),
        ("nct06813027", "TR-M6-T01-WOOD.jpg", 18.80),
        ("abcb5-cvu", "W1-2025-03-24.jpg", 1240),
        ("abcb5-cvu", "W1-2025-06-18.jpg", 360),
    ],
)
def test_the_traced_area_is_that_of_the_scene(pack: str, name: str, mm2: float) -> None:
    measured = measure(*from_text(pictures_of(FORMS / pack).traced(name)))
    assert measured.area == pytest.approx(mm2, rel=1e-3)


def test_islands_are_holes() -> None:
    shapes = [{"ellipse": ["20", "10"]}, {"ellipse": ["6", "4"], "colour": "skin"}]
    told = scene(shapes=shapes)
    drawn = from_text(ScenePictures({"one.jpg": told}).traced("one.jpg"))  # type: ignore[dict-item]
    assert [part.hole for part in drawn.outline.parts] == [False, True]
    assert measure(*drawn).area == pytest.approx(truth(told).area_mm2, rel=1e-4)  # type: ignore[arg-type]


def test_nobody_knows_what_is_in_a_picture_that_nobody_described() -> None:
    with pytest.raises(KeyError):
        ScenePictures({}).traced("one.jpg")


@pytest.mark.parametrize(
    "said",
    [{"shape": []}, {"shapes": [{"circle": ["1"]}]}, {"per_mm": "wide"}, {"shapes": [{"ellipse": ["1"]}]}],
)
def test_a_scene_that_is_none_is_refused_by_its_name(said: dict[str, object]) -> None:
    with pytest.raises(RefusedError) as caught:
        scene_of("one.jpg", said)
    assert caught.value.code is Code.JOURNEY_WRONG
    assert "'one.jpg'" in str(caught.value.facts["what"])
