"""Photographs of journeys and demos: a name stands for a picture, whoever makes it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from crfapp.base.canonical import sha256
from crfapp.work.photo_notes import PhotographFacts

WIDTH, HEIGHT = 2400, 1800


class Lesion(NamedTuple):
    """What a picture shows: of which target, in which view, its diameters in mm (0: not known)."""

    label: str
    view: str
    length: float
    width: float


class Pictures(Protocol):
    """Takes the photograph that a name stands for."""

    def take(self, name: str, taken: str = "", shows: Lesion | None = None) -> PhotographFacts:
        """What is seen in it; its bytes are kept where this keeps any. The same name is the same file.

        ``taken`` is when the camera says it was, and ``shows`` what is on it, for a picture of which nothing
        else is known.
        """

    def traced(self, name: str) -> str:
        """What a perfect hand would trace on it, with its calibration: the canonical text of planimetry.

        KeyError where nobody knows what is in the picture.
        """


class NamedPictures:
    """Pictures of which there is only the name: for playing in memory."""

    def take(self, name: str, taken: str = "", shows: Lesion | None = None) -> PhotographFacts:  # noqa: ARG002
        """A good photograph; its hash is that of its name."""
        picture = (sha256(name.encode()), 1, "image/jpeg", WIDTH, HEIGHT)
        return PhotographFacts(*picture, name, taken or None, None, "100.0", "0.0", "0.0")

    def traced(self, name: str) -> str:
        """Nothing is known of any."""
        raise KeyError(name)
