"""The copy of a photograph that leaves the site: made anew from its pixels, so that nothing else can come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import ImageDraw

from crfapp.base.problems import Code, RefusedError
from crfapp.pictures.opening import decoded, upright_rgb
from crfapp.pictures.showing import as_jpeg

if TYPE_CHECKING:
    from collections.abc import Iterable

QUALITY = 95
_BLOCK = 8
"""A JPEG keeps squares of so many pixels; a mask that ends inside one would leave grey along its edge."""


def copy_for_others(data: bytes, boxes: Iterable[tuple[int, int, int, int]]) -> bytes:
    """The photograph as JPEG, upright and in sRGB, without EXIF, place, comments, profile and thumbnail.

    ``boxes`` (x, y, width, height in pixels of the upright picture) are black in its pixels, each widened to
    the squares that a JPEG keeps, so that what is in them is exactly black. A box reaches no further than the
    picture. PHOTO_MASK_EMPTY for one that covers nothing; the refusals of
    :func:`crfapp.pictures.reading.look_at`.
    """
    seen, picture = decoded(data)
    plain = upright_rgb(seen, picture)
    pen = ImageDraw.Draw(plain)
    for x, y, width, height in boxes:
        left, top = max(x, 0), max(y, 0)
        right, below = min(x + width, plain.width), min(y + height, plain.height)
        if right <= left or below <= top:
            raise RefusedError(Code.PHOTO_MASK_EMPTY, width=plain.width, height=plain.height)
        corner = (left // _BLOCK * _BLOCK, top // _BLOCK * _BLOCK)
        end = (-(-right // _BLOCK) * _BLOCK - 1, -(-below // _BLOCK) * _BLOCK - 1)
        pen.rectangle((corner, end), fill=(0, 0, 0))
    return as_jpeg(plain, QUALITY)
