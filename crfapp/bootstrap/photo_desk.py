"""The photographs of an open site, as pages have them done.

What reads pictures is loaded when somebody brings the first one: nobody waits for it who came in to fill a
form.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.present.photo_desk import Arriving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.events.lesions import Box

SHOWN = 640
"""Pixels along the longer side of a picture that is looked at before it is taken."""
_MOST = 25_000_000
_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif"})
_DEPTH = 3
"""Cameras put their pictures at most so deep: ``DCIM/100CANON/IMG_0001.JPG``."""


class SitePhotographs:
    """Implements :class:`crfapp.present.photo_desk.PhotoDesk` by the site's own files."""

    def __init__(self, opened: OpenSite) -> None:
        self._opened = opened

    def look(self, source: Path | bytes, name: str) -> Arriving:
        """Read a picture to its last byte."""
        from crfapp.pictures.reading import look_at
        from crfapp.pictures.showing import upright

        data = source if isinstance(source, bytes) else _read(source)
        seen = look_at(data)
        return Arriving(
            data=data,
            photograph=hashlib.sha256(data).hexdigest(),
            name=name,
            media=seen.media,
            width=seen.width,
            height=seen.height,
            taken=seen.taken,
            camera=seen.camera,
            sharp=seen.sharp,
            dark=seen.dark,
            bright=seen.bright,
            shown=upright(data, SHOWN),
        )

    def keep(self, arriving: Arriving) -> None:
        """Store the original."""
        self._opened.photographs.keep(arriving.data)

    def small(self, photograph: str, side: int) -> bytes:
        """A picture in small."""
        return self._opened.photographs.small(photograph, side)

    def whole(self, photograph: str) -> bytes:
        """A picture in full, upright."""
        from crfapp.pictures.kinds import HEIC
        from crfapp.pictures.opening import opened
        from crfapp.pictures.showing import upright

        data = self._opened.photographs.read(photograph)
        seen = opened(data)
        # most stand upright in the colours of a screen: to decode and encode them anew costs a second each
        as_it_is = seen.media != HEIC and seen.turn is None and "icc_profile" not in seen.picture.info
        return data if as_it_is else upright(data, None)

    def copy(self, photograph: str, boxes: Sequence[Box]) -> bytes:
        """The copy that would leave."""
        from crfapp.pictures.copies import copy_for_others

        return copy_for_others(self._opened.photographs.read(photograph), boxes)

    def newest(self, folder: Path, most: int) -> Sequence[Path]:
        """Pictures of a camera by the time of their files."""
        try:
            found = [(file.stat().st_mtime, file) for file in _pictures(folder, _DEPTH)]
        except OSError as error:
            raise RefusedError(Code.CAMERA_FOLDER, folder=folder.name) from error
        return [file for _at, file in sorted(found, reverse=True)[:most]]

    def in_order(self, sources: Sequence[Path], most: int) -> Sequence[Path]:
        """Pictures by the time at which they were taken."""
        found: list[Path] = []
        for source in sources:
            found += self.newest(source, most) if source.is_dir() else [source]
        return [file for _at, file in sorted((_time_of(file), file) for file in found[:most])]

    def glance(self, file: Path, side: int) -> bytes:
        """A file in small, before it is taken."""
        from crfapp.pictures.showing import upright

        return upright(_read(file), side)


def _read(file: Path) -> bytes:
    """The bytes of a file, unless they are too many to be a photograph."""
    try:
        with file.open("rb") as opened:
            return opened.read(_MOST + 1)
    except OSError as error:
        raise RefusedError(Code.PHOTO_UNREADABLE, name=file.name) from error


def _time_of(file: Path) -> str:
    """When a picture was taken, as the camera wrote it, or when its file was written, in the same way."""
    from crfapp.pictures.reading import look_at

    try:
        taken = look_at(_read(file)).taken
    except AppProblem:
        taken = ""  # what is wrong with it is said when its turn comes
    return taken or f"{datetime.fromtimestamp(file.stat().st_mtime):%Y:%m:%d %H:%M:%S}"  # noqa: DTZ006


def _pictures(folder: Path, depth: int) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if depth > 1 and not entry.is_symlink():
                yield from _pictures(entry, depth - 1)
        elif entry.suffix.lower() in _ENDINGS:
            yield entry
