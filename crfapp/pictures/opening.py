"""Opening a photograph within limits: everything that may be wrong with it is found before it is used.

Pillow's own limit against pixel bombs is a warning up to twice its number, and is said once in a process;
here its header is asked before a pixel is decoded, and the number is ours.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PIL import Image, ImageCms

from crfapp.base.problems import Code, RefusedError
from crfapp.pictures.kinds import HEIC, JPEG, PNG, end_of, media_of, moves, other_kind, second_kind

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")

MOST_BYTES = 25_000_000
MOST_PIXELS = 60_000_000
ORIENTATION = 0x0112
_SEVERAL_VIEWS = 0x02
"""First byte of an entry's type in a file of several views (CIPA DC-007): panorama, stereo, many angles."""
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    ZeroDivisionError,
    RuntimeError,
    struct.error,
)
"""What the decoders raise over bytes that are not what they claim to be."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A photograph whose header was read and found within the limits; its pixels may still be broken."""

    media: str
    picture: Image.Image
    exif: Image.Exif
    lying: tuple[int, int]
    """Width and height as the pixels lie in the file, also where fewer are decoded."""

    @property
    def turn(self) -> Image.Transpose | None:
        """What makes it stand upright; a HEIC file is turned by its decoder already."""
        return None if self.media == HEIC else _TURNS.get(self.exif.get(ORIENTATION, 1))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture."""
        width, height = self.lying
        return (height, width) if self.turn in _SIDEWAYS else (width, height)


def opened(data: bytes) -> Opened:
    """Read the header of a photograph.

    PHOTO_EMPTY, PHOTO_TOO_BIG, PHOTO_TYPE, PHOTO_TWO_KINDS, PHOTO_PIXELS, PHOTO_SEVERAL, PHOTO_DAMAGED.
    """
    media = _kind(data)
    if media == HEIC:
        return _heic(data)
    picture = decoding(lambda: Image.open(io.BytesIO(data), formats=("JPEG", "PNG")))
    _refuse_size(picture.size)
    if media == PNG:
        decoding(lambda: Image.open(io.BytesIO(data), formats=("PNG",)).verify())
    if _several(picture):
        raise RefusedError(Code.PHOTO_SEVERAL)
    return Opened(media, picture, _exif(picture.info.get("exif")), picture.size)


def _kind(data: bytes) -> str:
    """What it is, by its bytes alone; nothing was decoded yet."""
    if not data:
        raise RefusedError(Code.PHOTO_EMPTY)
    if len(data) > MOST_BYTES:
        size = -(-len(data) // 1_000_000)
        raise RefusedError(Code.PHOTO_TOO_BIG, size=size, limit=MOST_BYTES // 1_000_000)
    media = media_of(data)
    if media is None:
        raise RefusedError(Code.PHOTO_TYPE, found=other_kind(data))
    if kind := second_kind(data, media):
        raise RefusedError(Code.PHOTO_TWO_KINDS, found=kind)
    if end_of(data, media) > len(data):
        raise RefusedError(Code.PHOTO_DAMAGED)
    return media


def decoded(data: bytes, *, grey_of: int = 0) -> tuple[Opened, Image.Image]:
    """Decode every pixel, as they lie in the file; PHOTO_DAMAGED where the file breaks off or is changed.

    ``grey_of``: only brightness is needed, and no more than so many pixels along the longer side; a JPEG is
    decoded smaller then, at a fraction of the time, but to its last byte.
    """
    seen = opened(data)
    if grey_of and seen.media == JPEG:
        _draft(seen.picture, "L", grey_of)
    decoding(seen.picture.load)
    return seen, seen.picture


def shrunk_for(data: bytes, side: int | None) -> tuple[Opened, Image.Image]:
    """Decode for showing at no more than ``side`` pixels, or in full."""
    seen = opened(data)
    if side and seen.media == JPEG:
        _draft(seen.picture, "RGB", side * 2)
    decoding(seen.picture.load)
    return seen, seen.picture


def upright_rgb(seen: Opened, picture: Image.Image) -> Image.Image:
    """The picture as people see it: turned upright, in sRGB, on white where it is transparent."""
    plain = _in_srgb(picture)
    plain.info.clear()
    return plain if seen.turn is None else plain.transpose(seen.turn)


def decoding(what: Callable[[], Found]) -> Found:
    """Whatever a decoder says about broken bytes is one refusal, also where it only warns."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return what()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise _too_many() from None
    except _BROKEN:
        raise RefusedError(Code.PHOTO_DAMAGED) from None


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {_TURNS[told] for told in (5, 6, 7, 8)}


def _draft(picture: Image.Image, mode: str, side: int) -> None:
    scale = max(picture.size) / side
    if scale > 1:
        width, height = picture.size
        decoding(lambda: picture.draft(mode, (int(width / scale), int(height / scale))))
    elif mode == "L":
        decoding(lambda: picture.draft(mode, picture.size))


def _heic(data: bytes) -> Opened:
    import pi_heif  # 5 MB of decoder that most sites never need

    if moves(data):
        raise RefusedError(Code.PHOTO_SEVERAL)
    found = decoding(lambda: pi_heif.open_heif(data))
    _refuse_size(decoding(lambda: found.size))
    picture = decoding(lambda: found[found.primary_index].to_pillow())
    return Opened(HEIC, picture, _exif(picture.info.get("exif")), picture.size)


def _exif(raw: object) -> Image.Exif:
    """What the camera wrote; empty where that cannot be read, for nothing depends on it."""
    exif = Image.Exif()
    if isinstance(raw, bytes):
        try:
            decoding(lambda: exif.load(raw))
        except RefusedError:
            return Image.Exif()
    return exif


def _too_many() -> RefusedError:
    return RefusedError(Code.PHOTO_PIXELS, limit=MOST_PIXELS // 1_000_000)


def _refuse_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        raise _too_many()
    if width < 1 or height < 1:
        raise RefusedError(Code.PHOTO_DAMAGED)


def _several(picture: Image.Image) -> bool:
    """Whether the file moves or holds several views.

    A second, smaller picture that cameras put behind the first (a preview, what telephones need for bright
    screens) is none; copies that leave are made of the first alone.
    """
    if picture.format != "MPO":
        return getattr(picture, "n_frames", 1) > 1
    entries: Any = getattr(picture, "mpinfo", {}).get(0xB002, ())
    kinds = [str(entry.get("Attribute", {}).get("MPType", "")) for entry in entries]
    return any(kind.startswith("Multi-Frame") for kind in kinds)


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    flat = _flat(picture)
    if not isinstance(profile, bytes) or flat.mode != "RGB" or picture.mode not in ("RGB", "RGBA"):
        return flat.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return flat
        return ImageCms.profileToProfile(flat, source, target) or flat
    except (ImageCms.PyCMSError, *_BROKEN):
        return flat


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, clear).convert("RGB")
    if picture.mode in ("I;16", "I;16B", "I;16L", "I"):
        return picture.point(lambda value: value / 256, "F").convert("L").convert("RGB")
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def grey(picture: Image.Image) -> Image.Image:
    """Brightness alone, as the pixels lie in the file."""
    return picture if picture.mode == "L" else _flat(picture).convert("L")
