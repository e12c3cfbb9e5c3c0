"""What a body map shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["treated", "control", "other"]

FIGURES: dict[str, tuple[tuple[str, str], ...]] = {
    "body": (("F", "body-front"), ("B", "body-back")),
    "legs": (("F", "legs-front"), ("B", "legs-back"), ("M", "legs-medial"), ("L", "legs-lateral")),
}
"""The views of each figure: the letter that stands in a position, and the drawing."""


class Spot(NamedTuple):
    """A place on the map: the letter of the view, per mille of its width and height, and the region there."""

    view: str
    x: int
    y: int
    region: str

    @property
    def text(self) -> str:
        """As it is recorded: ``612,437,F``."""
        return f"{self.x},{self.y},{self.view}"


class ViewLine(NamedTuple):
    """One view of the figure: its letter, its drawing, its name in words."""

    letter: str
    drawing: str
    words: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """The sign of a lesion. ``spot`` where a position is recorded, else it stands in one of ``regions``.

    ``wound`` chooses the shape. ``words`` say what a screen reader says: name, role, place.
    """

    row: str
    label: str
    words: str
    kind: Kind
    wound: bool
    spot: Spot | None
    regions: tuple[str, ...]
    gone: bool = False


@dataclass(frozen=True, slots=True)
class MapView:
    """One map. ``regions`` gives every region that can be chosen its name in words.

    ``left`` and ``right`` name the subject's sides. ``chosen`` are the regions that the answers name,
    ``here`` the sign of the lesion that it is about.
    """

    name: str
    views: tuple[ViewLine, ...]
    left: str
    right: str
    regions: Mapping[str, str]
    chosen: tuple[str, ...] = ()
    here: MarkView | None = None
    others: tuple[MarkView, ...] = field(default=())


class Weighed(NamedTuple):
    """What a chosen spot answers: items with texts. ``asks``: a sentence where it contradicts an answer."""

    answers: tuple[tuple[str, str], ...]
    asks: str = ""
