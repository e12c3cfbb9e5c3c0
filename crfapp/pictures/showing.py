"""A photograph as it is shown: upright, in the colours of a screen, as a JPEG that Qt decodes, HEIC too."""

from __future__ import annotations

import io

from PIL import Image

from crfapp.pictures.opening import shrunk_for, upright_rgb

_QUALITY = 92


def upright(data: bytes, side: int | None) -> bytes:
    """The picture as JPEG without anything that the camera wrote; ``side``: the longer one at most so long.

    The refusals of :func:`crfapp.pictures.reading.look_at`.
    """
    seen, picture = shrunk_for(data, side)
    if side and max(picture.size) > side:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    return as_jpeg(upright_rgb(seen, picture), _QUALITY)


def as_jpeg(picture: Image.Image, quality: int) -> bytes:
    """The pixels and nothing else; full colour at every pixel, so that edges stay where they are."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality, subsampling=0)
    return written.getvalue()
