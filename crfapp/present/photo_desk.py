"""What pages need done with photographs, as one port; ``bootstrap`` carries it out.

Everything here may take long (a picture of 12 megapixels is decoded in a good tenth of a second) and touches
neither the desk nor the ledger: presenters have it done in a lane and send their commands afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.ledger.events.lesions import Box


@dataclass(frozen=True, slots=True)
class Arriving:
    """A picture that somebody brought and that is not recorded yet; ``data`` are its bytes as they came.

    ``photograph`` is their SHA-256. The other facts are those of
    :class:`crfapp.ledger.events.PhotographStored`, figures as they are recorded. ``taken`` is what the camera
    wrote (``2025-01-12T09:05:00``), or empty. ``shown`` is a JPEG to be looked at, upright and small.
    """

    data: bytes
    photograph: str
    name: str
    media: str
    width: int
    height: int
    taken: str
    camera: str
    sharp: str
    dark: str
    bright: str
    shown: bytes

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.data)


class Pictures(Protocol):
    """The photographs of the site, to be looked at. Missing and damaged ones are refused as AppProblem."""

    def small(self, photograph: str, side: int) -> bytes:
        """A JPEG, upright, whose longer side has at most ``side`` pixels."""
        ...

    def whole(self, photograph: str) -> bytes:
        """The whole picture, upright, as Qt reads it. For the screen alone: it may be the original itself."""
        ...


class PhotoDesk(Pictures, Protocol):
    """Taking photographs in, and what leaves of them."""

    def look(self, source: Path | bytes, name: str) -> Arriving:
        """Read a file, or bytes that were pasted; wrong, cut, empty and too large ones are AppProblems."""
        ...

    def keep(self, arriving: Arriving) -> None:
        """Store the original encrypted. Twice is once; nothing refers to it before it is recorded."""
        ...

    def copy(self, photograph: str, boxes: Sequence[Box]) -> bytes:
        """The JPEG that would leave: made anew from the pixels, ``boxes`` black."""
        ...

    def newest(self, folder: Path, most: int) -> Sequence[Path]:
        """Pictures in a folder of the camera and the folders in it, the newest first; AppProblem."""
        ...

    def glance(self, file: Path, side: int) -> bytes:
        """A file in small, to be chosen from; AppProblem where it is no picture."""
        ...

    def in_order(self, sources: Sequence[Path], most: int) -> Sequence[Path]:
        """Pictures among files and in folders, at most so many, by the camera's time, else the file's."""
        ...
