"""Looking at a photograph when it comes in: what it is, what the camera wrote, and how well it came out."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageFilter

from crfapp.pictures.opening import decoded, grey

if TYPE_CHECKING:
    from crfapp.pictures.opening import Opened

LOOKED_AT = 1024
"""Sharpness is judged with so many pixels along the longer side, so that figures of any camera compare."""
DARK, BRIGHT = 15, 250
"""A pixel is black up to here, and white from there, of 0 to 255."""
LONGEST = 80
_BORDER = 1
_EXIF, _MAKER, _MODEL, _WRITTEN, _TAKEN = 0x8769, 0x010F, 0x0110, 0x0132, 0x9003
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


class Seen(NamedTuple):
    """What was seen of a photograph.

    ``media`` is ``image/jpeg``, ``image/png`` or ``image/heic``; ``width`` and ``height`` are of the upright
    picture. ``taken`` and ``camera`` are what the camera wrote, as it stands there, empty where it wrote
    nothing. ``sharp`` is the variance of its Laplacian, ``dark`` and ``bright`` the shares of black and of
    white pixels in percent, each with one digit after the point.
    """

    media: str
    width: int
    height: int
    taken: str
    camera: str
    sharp: str
    dark: str
    bright: str


def look_at(data: bytes) -> Seen:
    """Decode a photograph to its last byte and judge it.

    PHOTO_EMPTY, PHOTO_TOO_BIG (25 MB), PHOTO_TYPE, PHOTO_TWO_KINDS, PHOTO_PIXELS (60 megapixels),
    PHOTO_SEVERAL, PHOTO_DAMAGED.
    """
    seen, picture = decoded(data, grey_of=LOOKED_AT)
    small = _shrunk(grey(picture))
    return Seen(
        seen.media,
        *seen.size,
        taken=_taken(seen),
        camera=_camera(seen),
        sharp=_one_digit(_sharpness(small)),
        dark=_one_digit(_share(small, 0, DARK)),
        bright=_one_digit(_share(small, BRIGHT, 255)),
    )


def _shrunk(picture: Image.Image) -> Image.Image:
    """Averaged over whole blocks first, so that no noise is left that only a large picture has."""
    if max(picture.size) <= LOOKED_AT:
        return picture
    scale = LOOKED_AT / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.BOX)


def _sharpness(picture: Image.Image) -> float:
    """The variance of the Laplacian (Pech-Pacheco 2000), from its histogram. Nothing has none."""
    if min(picture.size) <= _BORDER * 2:
        return 0.0
    edges = picture.filter(_LAPLACIAN).crop(
        (_BORDER, _BORDER, picture.width - _BORDER, picture.height - _BORDER)
    )
    counts = edges.histogram()
    pixels = sum(counts)
    mean = sum(value * count for value, count in enumerate(counts)) / pixels
    return sum((value - mean) ** 2 * count for value, count in enumerate(counts)) / pixels


def _share(picture: Image.Image, lowest: int, highest: int) -> float:
    counts = picture.histogram()
    return 100 * sum(counts[lowest : highest + 1]) / sum(counts)


def _one_digit(figure: float) -> str:
    return f"{figure:.1f}"


def _taken(seen: Opened) -> str:
    inner = seen.exif.get_ifd(_EXIF) if _EXIF in seen.exif else {}
    return told_by_camera(inner.get(_TAKEN) or seen.exif.get(_WRITTEN))


def _camera(seen: Opened) -> str:
    maker, model = told_by_camera(seen.exif.get(_MAKER)), told_by_camera(seen.exif.get(_MODEL))
    return model if model.startswith(maker) else f"{maker} {model}".strip()[:LONGEST]


def told_by_camera(value: object) -> str:
    """A text that a file says of itself, made fit to be shown: one line, cut, without control signs.

    Signs that turn the direction of writing go too: whoever made the file wrote them.
    """
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    if not isinstance(text, str):
        return ""
    kept = "".join(" " if sign.isspace() else sign for sign in text if not _is_control(sign))
    return " ".join(kept.split())[:LONGEST].strip()


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") and not sign.isspace()
