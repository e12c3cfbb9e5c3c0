"""Photographs drawn by the program: skin, a lesion of known area, a ruler, a card, as a camera sees them.

They stand in demos, in journeys and in tests of tracing, where the true area must be known. The same scene
gives the same bytes; nothing is drawn by chance that its ``grain`` does not decide.
"""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from crfapp.pictures.opening import ORIENTATION

CARD_MM = 20.0
"""The side of the square card that can lie in the picture."""
_ELLIPSE_POINTS = 720
_EXIF, _MAKER, _MODEL, _TAKEN = 0x8769, 0x010F, 0x0110, 0x9003
_SOURCE = "drawn by crfapp"
_QUALITY = 92
_LARGE = 2_000_000
"""From so many pixels on an edge is drawn at twice its size instead of four times."""

Colour = tuple[int, int, int]
_VISIBLE: dict[str, Colour] = {
    "skin": (198, 150, 122),
    "lesion": (244, 224, 212),
    "wound": (150, 44, 40),
    "card": (250, 250, 250),
    "edge": (20, 20, 20),
    "ruler": (245, 235, 160),
}
_WOOD: dict[str, Colour] = {
    "skin": (46, 34, 92),
    "lesion": (168, 196, 255),
    "wound": (60, 16, 60),
    "card": (150, 150, 235),
    "edge": (10, 8, 20),
    "ruler": (120, 118, 190),
}


class Spot(NamedTuple):
    """A point: of the plane in millimetres, or of the picture in pixels."""

    x: float
    y: float


_CARD_AT, _RULER_AT = Spot(-45, 30), Spot(-30, 40)


@dataclass(frozen=True, slots=True)
class Shape:
    """A lesion, or a hole in one: a polygon in millimetres from the middle of the picture.

    ``colour`` is ``lesion``, ``wound``, or ``skin`` for an island that is healed and counts as a hole.
    """

    points: tuple[Spot, ...]
    colour: Literal["lesion", "wound", "skin"] = "lesion"

    @property
    def area_mm2(self) -> float:
        """What it covers."""
        pairs = zip(self.points, (*self.points[1:], self.points[0]), strict=True)
        return abs(sum(a.x * b.y - b.x * a.y for a, b in pairs)) / 2


def ellipse(
    length_mm: float,
    width_mm: float,
    *,
    at: tuple[float, float] = (0, 0),
    turned: float = 0,
    colour: Literal["lesion", "wound", "skin"] = "lesion",
) -> Shape:
    """A lesion by its two diameters; its area is that of a polygon of 720 points."""
    cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    found = []
    for step in range(_ELLIPSE_POINTS):
        angle = 2 * math.pi * step / _ELLIPSE_POINTS
        x, y = length_mm / 2 * math.cos(angle), width_mm / 2 * math.sin(angle)
        found.append(Spot(at[0] + x * cos - y * sin, at[1] + x * sin + y * cos))
    return Shape(tuple(found), colour)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is photographed, and how.

    ``per_mm`` is pixels to a millimetre where the camera looks straight down. ``turned``: everything lies
    turned by so many degrees. ``corners`` moves the corners of the upright picture (top left, top right,
    bottom right, bottom left) to other pixels: the camera was held aslant. ``card`` and ``ruler`` say where
    (mm) the middle of the card and the beginning of the ruler lie; None where there is none. ``blur`` is in
    pixels, ``grain`` picks the noise of the sensor, ``light_level`` scales the light (1 is well exposed).
    ``orientation`` is EXIF's: pixels lie turned in the file, and the camera says so.
    """

    shapes: tuple[Shape, ...] = field(default_factory=lambda: (ellipse(40, 25),))
    width: int = 1600
    height: int = 1200
    per_mm: float = 12.0
    turned: float = 0
    corners: tuple[Spot, Spot, Spot, Spot] | None = None
    card: Spot | None = _CARD_AT
    ruler: Spot | None = _RULER_AT
    ruler_mm: int = 60
    light: Literal["visible", "wood"] = "visible"
    light_level: float = 1.0
    blur: float = 0
    grain: int = 1
    taken: str = ""
    maker: str = "Crfapp"
    camera: str = "Drawn 12"
    orientation: int = 1


@dataclass(frozen=True, slots=True)
class Truth:
    """Where everything lies, in pixels of the upright picture: what a perfect eye and hand would trace.

    ``outlines`` in the order of the scene's shapes; ``card`` its four corners from the top left clockwise;
    ``ruler`` its first and last line. ``area_mm2`` is the area of the lesions less that of the islands.
    """

    outlines: tuple[tuple[Spot, ...], ...]
    card: tuple[Spot, ...]
    card_mm: float
    ruler: tuple[Spot, ...]
    ruler_mm: float
    area_mm2: float


def truth(scene: Scene) -> Truth:
    """Where everything in a scene lies."""
    seen = _Camera(scene)
    islands = sum(shape.area_mm2 for shape in scene.shapes if shape.colour == "skin")
    whole = sum(shape.area_mm2 for shape in scene.shapes if shape.colour != "skin")
    ends = () if scene.ruler is None else (scene.ruler, Spot(scene.ruler.x + scene.ruler_mm, scene.ruler.y))
    return Truth(
        outlines=tuple(seen.all(shape.points) for shape in scene.shapes),
        card=() if scene.card is None else seen.all(_square(scene.card, CARD_MM)),
        card_mm=CARD_MM,
        ruler=seen.all(ends),
        ruler_mm=float(scene.ruler_mm),
        area_mm2=whole - islands,
    )


def draw(scene: Scene) -> bytes:
    """The photograph as JPEG; the same bytes for the same scene with the same version of the library."""
    colours = _WOOD if scene.light == "wood" else _VISIBLE
    seen = _Camera(scene)
    picture = Image.new("RGB", (scene.width, scene.height), colours["skin"])
    for shape in scene.shapes:
        _stamp(picture, seen.all(shape.points), colours[shape.colour])
    if scene.card is not None:
        _stamp(picture, seen.all(_square(scene.card, CARD_MM + 2)), colours["edge"])
        _stamp(picture, seen.all(_square(scene.card, CARD_MM)), colours["card"])
    if scene.ruler is not None:
        _draw_ruler(picture, seen, scene.ruler, scene.ruler_mm, colours)
    return _as_file(_through_lens(picture, scene), scene)


class _Camera:
    """From the plane (mm, origin in the middle of the picture, y down) to pixels: turned, then aslant."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        angle = math.radians(scene.turned)
        self._cos, self._sin = math.cos(angle), math.sin(angle)
        self._aslant = (
            None if scene.corners is None else _projection(scene.width, scene.height, scene.corners)
        )

    def all(self, points: tuple[Spot, ...]) -> tuple[Spot, ...]:
        return tuple(self._one(point) for point in points)

    def _one(self, point: Spot) -> Spot:
        scene = self._scene
        x = (point.x * self._cos - point.y * self._sin) * scene.per_mm + scene.width / 2
        y = (point.x * self._sin + point.y * self._cos) * scene.per_mm + scene.height / 2
        if self._aslant is None:
            return Spot(x, y)
        a, b, c, d, e, f, g, h = self._aslant
        below = g * x + h * y + 1
        return Spot((a * x + b * y + c) / below, (d * x + e * y + f) / below)


def _projection(width: float, height: float, corners: tuple[Spot, ...]) -> tuple[float, ...]:
    """The eight numbers that take the picture's corners to others (Heckbert 1989)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    size = dx1 * dy2 - dx2 * dy1
    g, h = (dx3 * dy2 - dx2 * dy3) / size, (dx1 * dy3 - dx3 * dy1) / size
    a, b, d, e = x1 - x0 + g * x1, x3 - x0 + h * x3, y1 - y0 + g * y1, y3 - y0 + h * y3
    return (a / width, b / height, x0, d / width, e / height, y0, g / width, h / height)


def _square(middle: Spot, side: float) -> tuple[Spot, ...]:
    half = side / 2
    return tuple(
        Spot(middle.x + x * half, middle.y + y * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    )


def _stamp(picture: Image.Image, points: tuple[Spot, ...], colour: Colour) -> None:
    """Fill a polygon with smooth edges: drawn larger within its own bounds, then averaged.

    A pixel covers the square from its number to the next, so a point at (10, 10) is a corner of four pixels.
    """
    left, top = (math.floor(min(values)) - 1 for values in zip(*points, strict=True))
    right, below = (math.ceil(max(values)) + 1 for values in zip(*points, strict=True))
    left, top = max(left, 0), max(top, 0)
    right, below = min(right, picture.width), min(below, picture.height)
    if right <= left or below <= top:
        return
    times = 4 if (right - left) * (below - top) < _LARGE else 2
    mask = Image.new("L", ((right - left) * times, (below - top) * times), 0)
    drawn = [((x - left) * times - 0.5, (y - top) * times - 0.5) for x, y in points]
    ImageDraw.Draw(mask).polygon(drawn, fill=255)
    picture.paste(colour, (left, top, right, below), mask.reduce(times))


def _draw_ruler(
    picture: Image.Image, seen: _Camera, begin: Spot, length: int, colours: dict[str, Colour]
) -> None:
    """A strip with a line for each millimetre, longer ones for five and ten."""
    x, y = begin

    def strip(left: float, top: float, right: float, below: float) -> tuple[Spot, ...]:
        return seen.all((Spot(left, top), Spot(right, top), Spot(right, below), Spot(left, below)))

    _stamp(picture, strip(x - 3, y - 1, x + length + 3, y + 8), colours["ruler"])
    for at in range(length + 1):
        reach = 5.0 if at % 10 == 0 else 3.5 if at % 5 == 0 else 2.0
        _stamp(picture, strip(x + at - 0.1, y, x + at + 0.1, y + reach), colours["edge"])


def _through_lens(picture: Image.Image, scene: Scene) -> Image.Image:
    """Out of focus, lit, and with the noise of a sensor."""
    if scene.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(scene.blur))
    if scene.light_level != 1:
        picture = picture.point(lambda value: min(255, round(value * scene.light_level)))
    chance = random.Random(scene.grain)  # noqa: S311 (noise of a picture, no secret)
    noise = Image.frombytes("L", picture.size, chance.randbytes(picture.width * picture.height))
    noise = noise.point(lambda value: value // 64)
    return ImageChops.add(picture, Image.merge("RGB", (noise, noise, noise)), offset=-2)


def _as_file(picture: Image.Image, scene: Scene) -> bytes:
    exif = Image.Exif()
    exif[_MAKER], exif[_MODEL] = scene.maker, scene.camera
    if scene.taken:
        exif.get_ifd(_EXIF)[_TAKEN] = scene.taken
    if scene.orientation != 1:
        exif[ORIENTATION] = scene.orientation
        picture = picture.transpose(_BACK[scene.orientation])
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, exif=exif, comment=_SOURCE)
    return written.getvalue()


_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
