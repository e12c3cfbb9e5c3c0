"""How near a measured area comes to the true one, on photographs whose lesion is known."""

from __future__ import annotations

import io
import random
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from crfapp.base.problems import RefusedError
from crfapp.pictures.drawn import Scene, Shape, Spot, draw, ellipse, truth
from crfapp.planimetry.calibration import CLICK_PX, LENGTH_MM, Line, Square
from crfapp.planimetry.measuring import measure
from crfapp.planimetry.shapes import Outline, Part, Point, closed_length
from tests.support.hand_tracing import traced_by_threshold

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.pictures.drawn import Truth
    from crfapp.planimetry.calibration import Calibration

SIZES = ((800, 600), (1600, 1200), (4000, 3000))
"""Half a megapixel, two, and the twelve of a present camera."""
_PER_MM = 0.0075
"""Pixels for a mm in a picture one pixel wide: the same 133 mm are seen at any resolution."""
_HANDS = 25
_CLICKS = 48
_OFF_PX = 2.0
_BETWEEN_PX = 12


class Row(NamedTuple):
    """One shape at one resolution: errors of the area in percent of the true one, signed.

    ``exact``: traced where the border truly is. ``threshold``: traced by the brightness of the drawn
    photograph. ``hand``: the mean size of the error of hands that set up to 48 points, each off by 2 pixels.
    ``ruler`` and ``straight`` calibrate by two points, everything else by the card; ``plus_minus`` is the
    uncertainty that the program itself says, in percent.
    """

    shape: str
    camera: str
    width: int
    exact: float
    hand: float
    threshold: float
    ruler: float
    plus_minus: float
    plus_minus_ruler: float


def _blob() -> tuple[Shape, ...]:
    """An irregular lesion with bays, and an island of pigment in it."""
    left = ((-12, 11), (-16, -4), (-9, -11), (-2, -7))
    right = ((7, -12), (15, -5), (9, 1), (16, 8), (5, 12), (-3, 7))
    points = [Spot(x + 2, y - 4) for x, y in left + right]
    for _ in range(4):  # corners cut again and again: a smooth border (Chaikin)
        pairs = list(zip(points, [*points[1:], points[0]], strict=True))
        points = [
            Spot(a.x * (1 - t) + b.x * t, a.y * (1 - t) + b.y * t) for a, b in pairs for t in (0.25, 0.75)
        ]
    return (Shape(tuple(points)), ellipse(6, 4, at=(0, -4), turned=20, colour="skin"))


SHAPES: dict[str, Callable[[], tuple[Shape, ...]]] = {
    "ellipse 14 x 10 mm": lambda: (ellipse(14, 10, at=(0, -4)),),
    "ellipse 40 x 25 mm": lambda: (ellipse(40, 25, at=(0, -4), turned=25),),
    "irregular, with a hole": _blob,
}
CAMERAS = {"straight": (0, None), "turned 37 degrees": (37, None), "aslant": (0, "aslant")}


def scene_of(shape: str, camera: str, size: tuple[int, int]) -> Scene:
    """A lesion as a camera of this resolution sees it; aslant, the far side is a sixth smaller."""
    width, height = size
    turned, aslant = CAMERAS[camera]
    far = (Spot(width * 0.1, height * 0.12), Spot(width * 0.92, height * 0.05))
    corners = (*far, Spot(width, height), Spot(0, height))
    return Scene(
        shapes=SHAPES[shape](),
        width=width,
        height=height,
        per_mm=width * _PER_MM,
        turned=turned,
        corners=corners if aslant else None,
        card=Spot(-34, 0),
        ruler=Spot(-25, 18),
        ruler_mm=50,
        blur=width / 2000,
    )


def row_of(shape: str, camera: str, size: tuple[int, int]) -> Row:
    """Everything about one shape, one way of holding the camera and one resolution."""
    scene = scene_of(shape, camera, size)
    true = truth(scene)
    card, ruler = calibrations(true)
    exact = measure(_outline(true.outlines), card)
    by_ruler = measure(_outline(true.outlines), ruler)
    chance = random.Random(f"{shape} {camera} {size}")  # noqa: S311 - a hand that is off, the same each time
    hands = [abs(_percent(_area_by_hand(true, chance, card), true)) for _ in range(_HANDS)]
    return Row(
        shape,
        camera,
        size[0],
        _percent(exact.area, true),
        mean(hands),
        _percent(measure(photographed(scene), card).area, true),
        _percent(by_ruler.area, true),
        exact.uncertainty / true.area_mm2 * 100,
        by_ruler.uncertainty / true.area_mm2 * 100,
    )


def calibrations(true: Truth) -> tuple[Calibration, Calibration]:
    """By the card's corners, and by the ends of the ruler, clicked where they are."""
    a, b, c, d = (Point(*corner) for corner in true.card)
    ends = [Point(*end) for end in true.ruler]
    return Square((a, b, c, d), true.card_mm), Line(ends[0], ends[1], true.ruler_mm)


def photographed(scene: Scene) -> Outline:
    """The outline that the drawn photograph shows, found by its brightness."""
    with Image.open(io.BytesIO(draw(scene))) as picture:
        return traced_by_threshold(picture, truth(scene).outlines)


def _outline(outlines: tuple[tuple[Spot, ...], ...]) -> Outline:
    return Outline(
        tuple(Part(tuple(Point(*spot) for spot in each), number > 0) for number, each in enumerate(outlines))
    )


def _area_by_hand(true: Truth, chance: random.Random, calibration: Calibration) -> float:
    """What one hand measures; whose line crosses itself draws once more, as the program asks for."""
    while True:
        try:
            return measure(_by_hand(true, chance), calibration).area
        except RefusedError:
            continue


def _by_hand(true: Truth, chance: random.Random) -> Outline:
    def near(spot: Spot) -> Point:
        return Point(spot.x + chance.gauss(0, _OFF_PX), spot.y + chance.gauss(0, _OFF_PX))

    parts = []
    for number, outline in enumerate(true.outlines):
        long = closed_length(tuple(Point(*spot) for spot in outline))
        step = max(1, len(outline) // max(8, min(_CLICKS, round(long / _BETWEEN_PX))))
        parts.append(Part(tuple(near(spot) for spot in outline[::step]), number > 0))
    return Outline(tuple(parts))


def _percent(area: float, true: Truth) -> float:
    return (area / true.area_mm2 - 1) * 100


_HEADS = (
    "Lesion",
    "Camera held",
    "Picture",
    "Border where it is",
    "Found by brightness",
    "By hand (mean size)",
    "± said (card)",
    "By ruler",
    "± said (ruler)",
)
_PAGE = """# How accurate a measured area is

Photographs are drawn by the program (`crfapp/pictures/drawn.py`), so that the true area is known to the
last digit: an ellipse as small as a vitiligo spot, a large one, and an irregular lesion with an island in
it; the camera straight above, turned, and aslant (the far side of the picture is shown a sixth smaller).
133 mm of skin lie across each picture, with a square card of 20 mm beside the lesion and a ruler of 50 mm
below it.

Errors are in percent of the true area, with their sign.

* **Border where it is**: the true border, calibrated by the four corners of the card. What is left is the
  error of the arithmetic, perspective included.
* **Found by brightness**: the border that the drawn photograph shows (noise, blur, JPEG), found at half
  the difference of brightness; calibrated by the card.
* **By hand**: {hands} hands that set up to {clicks} points, each point off by {off:g} pixels in any
  direction; the mean size of their errors. Several clicks even out: a larger picture makes the error
  smaller.
* **± said**: the uncertainty that the program shows beside the area, two standard deviations: clicks on
  the card or ruler that are off by {click:g} pixels, a printed length that is off by {length:g} mm, the
  distance of the lesion from the card, and with a ruler a camera that is held 300 mm away and tilted by
  10 degrees.
* **By ruler**: the true border, calibrated by the ends of the ruler. A ruler cannot know that the camera
  was held aslant; as strongly as in the last kind of picture, its error is more than the ± says.

{table}

What follows for the photographer: hold the camera straight above the lesion; lay the card beside it, not
at the edge of the picture; come near, so that the card is large. A card of 20 mm that is small in the
picture gives a wide ±, because a click that is off by one pixel tilts the plane; where the camera was
held straight, the ruler is then the better calibration, and the ± says so.

What no figure here says: how well the border of a real lesion can be seen. A second person's outline
shows that, and the study says how far two people may differ.

Written by `python -m tools.accuracy`; `tests/unit/planimetry/test_accuracy.py` measures again and
compares.
"""


def page_of(rows: list[Row]) -> str:
    """The page with its table."""
    lines = ["| " + " | ".join(_HEADS) + " |", "|" + "|".join(["---"] * 3 + ["---:"] * 6) + "|"]
    lines += [line_of(row) for row in rows]
    figures = {"hands": _HANDS, "clicks": _CLICKS, "off": _OFF_PX, "click": CLICK_PX, "length": LENGTH_MM}
    return _PAGE.format(table="\n".join(lines), **figures)


def line_of(row: Row) -> str:
    """One line of the table."""
    height = dict(SIZES)[row.width]
    figures = (
        f"{_signed(row.exact, 2)} %",
        f"{_signed(row.threshold, 1)} %",
        f"{row.hand:.1f} %",
        f"{row.plus_minus:.0f} %",
        f"{_signed(row.ruler, 1)} %",
        f"{row.plus_minus_ruler:.0f} %",
    )
    return f"| {row.shape} | {row.camera} | {row.width} x {height} | " + " | ".join(figures) + " |"


def _signed(figure: float, digits: int) -> str:
    """With its sign; nothing has none."""
    rounded = round(figure, digits)
    return f"{rounded:+.{digits}f}" if rounded else f"{0:.{digits}f}"
