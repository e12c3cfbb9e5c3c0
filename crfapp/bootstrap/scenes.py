"""The photographs of journeys and of the demo, drawn: what a pack's ``photographs.yaml`` says of each name.

A name that it does not say is a picture of a lesion whose size follows from the name. Where nothing is kept
nothing is drawn either: then a photograph is what is known of its scene.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.pictures import NamedPictures
from crfapp.journeys.told import read_mapping
from crfapp.pictures.drawn import Scene, Shape, Spot, draw, ellipse, truth
from crfapp.pictures.reading import look_at
from crfapp.planimetry.calibration import Square
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import to_text
from crfapp.work.photo_notes import PhotographFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from crfapp.journeys.pictures import Lesion

FILE = "photographs.yaml"
SMALL = 480, 360
"""Pixels of a picture of which nothing is said: enough to be seen, quick to be drawn by the hundred."""
_SMALL_PER_MM = 6.0
_COLOURS = ("lesion", "wound", "skin")


class ScenePictures:
    """Implements :class:`crfapp.journeys.pictures.Pictures`. ``keep`` stores bytes and gives their hash."""

    def __init__(self, scenes: Mapping[str, Scene], keep: Callable[[bytes], str] | None = None) -> None:
        self._scenes = scenes
        self._keep = keep

    def take(self, name: str, taken: str = "", shows: Lesion | None = None) -> PhotographFacts:
        """Draw it, keep it and look at it as at any file that comes in."""
        scene = self._scenes.get(name) or _of_name(name, taken, shows)
        if self._keep is None:
            return _known(name, scene)
        data = draw(replace(scene, grain=_grain(name)))
        seen = look_at(data)
        return PhotographFacts(
            photograph=self._keep(data),
            size=len(data),
            media=seen.media,
            width=seen.width,
            height=seen.height,
            name=name,
            taken=seen.taken or None,
            camera=seen.camera or None,
            sharp=seen.sharp,
            dark=seen.dark,
            bright=seen.bright,
        )

    def traced(self, name: str) -> str:
        """The true outline, calibrated by the card in the picture; KeyError for a name without a scene."""
        scene = self._scenes[name]
        seen = truth(scene)
        parts = tuple(
            Part(tuple(Point(*spot) for spot in outline), shape.colour == "skin")
            for shape, outline in zip(scene.shapes, seen.outlines, strict=True)
        )
        a, b, c, d = (Point(*spot) for spot in seen.card)
        return to_text(Outline(parts), Square((a, b, c, d), seen.card_mm))


def pictures_of(pack: Path, keep: Callable[[bytes], str] | None = None) -> ScenePictures:
    """The photographs that a pack describes, if any; JOURNEY_WRONG for a scene that is none."""
    file = pack / FILE
    if not file.is_file():
        return ScenePictures({}, keep)
    told = read_mapping(file.read_text(encoding="utf-8"), FILE)
    usual = told.pop("usual", {})
    return ScenePictures({name: scene_of(name, {**usual, **said}) for name, said in told.items()}, keep)


def scene_of(name: str, said: Mapping[str, Any]) -> Scene:
    """A scene as it is written: ``{shapes: [{ellipse: [14, 10], at: [0, 0], turned: 20, colour: lesion}],
    taken: "2025:01:05 09:41:00", light: wood}``; every other key is a field of :class:`Scene`.
    """
    try:
        fields: dict[str, Any] = {key: _READ[key](value) for key, value in said.items()}
        return Scene(**fields)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"the picture {name!r} cannot be understood ({error})"
        raise RefusedError(Code.JOURNEY_WRONG, file=FILE, line=0, what=what) from None


def _shapes(said: list[dict[str, Any]]) -> tuple[Shape, ...]:
    return tuple(_shape(one) for one in said)


def _shape(said: dict[str, Any]) -> Shape:
    colour = said.get("colour", "lesion")
    if colour not in _COLOURS:
        raise ValueError(f"no colour {colour!r}")
    if "points" in said:
        return Shape(tuple(Spot(*_numbers(point)) for point in said["points"]), colour)
    length, width = _numbers(said["ellipse"])
    x, y = _numbers(said.get("at", (0, 0)))
    return ellipse(length, width, at=(x, y), turned=float(said.get("turned", 0)), colour=colour)


def _numbers(said: Any) -> tuple[float, ...]:
    return tuple(float(one) for one in said)


def _spot(said: Any) -> Spot | None:
    return None if said in (None, "") else Spot(*_numbers(said))


def _corners(said: Any) -> tuple[Spot, ...]:
    return tuple(Spot(*_numbers(one)) for one in said)


_READ: dict[str, Callable[[Any], Any]] = {
    "shapes": _shapes,
    "width": int,
    "height": int,
    "per_mm": float,
    "turned": float,
    "corners": _corners,
    "card": _spot,
    "ruler": _spot,
    "ruler_mm": int,
    "light": str,
    "light_level": float,
    "blur": float,
    "grain": int,
    "taken": str,
    "maker": str,
    "camera": str,
    "orientation": int,
}


def _of_name(name: str, taken: str, shows: Lesion | None) -> Scene:
    """A lesion of the size that was measured, else of 8 to 20 mm; told apart from all others by its grain."""
    chance = _grain(name)
    length, across = 8.0 + chance % 13, 0.6 + chance // 13 % 4 / 10
    if shows is not None and shows.length:
        length, across = shows.length, (shows.width or shows.length) / shows.length
    turned = _grain(shows.label if shows else name) % 180
    shapes = (ellipse(length, length * across, turned=turned),)
    width, height = SMALL
    wood = shows.view == "WOOD" if shows else False
    return Scene(
        shapes,
        width,
        height,
        _SMALL_PER_MM,
        card=Spot(-25, -15),
        ruler=Spot(-30, 18),
        light="wood" if wood else "visible",
        taken=taken,
        camera="Drawn 12" if taken else "",
        maker="Crfapp" if taken else "",
    )


def _grain(name: str) -> int:
    return int(sha256(name.encode())[:8], 16)


def _known(name: str, scene: Scene) -> PhotographFacts:
    """What is known of a picture that is not drawn; its hash is that of its name."""
    named = NamedPictures().take(name, scene.taken)
    camera = f"{scene.maker} {scene.camera}".strip() or None
    return named._replace(width=scene.width, height=scene.height, camera=camera)


__all__ = ["FILE", "ScenePictures", "pictures_of", "scene_of"]
