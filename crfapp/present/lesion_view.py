"""What the page of a lesion shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crfapp.present.address import Address
    from crfapp.present.body_view import MapView
    from crfapp.present.plot_view import PlotView


class StateWords(NamedTuple):
    """A state in words, with the tone of its pill."""

    words: str
    tone: str


class LesionLine(NamedTuple):
    """One lesion in the list of a subject's."""

    row: str
    label: str
    role: str
    site: str
    side: str
    state: StateWords
    area: str
    change: str
    seen: str


@dataclass(frozen=True, slots=True)
class LesionList:
    """All lesions of a subject: the map with their signs, and a line for each.

    ``none``: why there are none, or empty. ``registry`` is where they are registered.
    """

    subject: str
    title: str
    map: MapView | None
    lines: tuple[LesionLine, ...]
    none: str = ""
    registry: Address | None = None


class PhotoCell(NamedTuple):
    """A photograph of the strip; ``photograph`` is its hash, ``words`` what a screen reader says."""

    photograph: str
    words: str
    address: Address


class StripColumn(NamedTuple):
    """One visit of the strip: its photographs by the code of their view."""

    visit: str
    date: str
    state: StateWords
    photographs: tuple[tuple[str, PhotoCell], ...]

    def of(self, view: str) -> PhotoCell | None:
        """The newest photograph of a view."""
        return next((cell for code, cell in reversed(self.photographs) if code == view), None)


class SourceLine(NamedTuple):
    """Where a figure comes from: a sentence, and where to look."""

    words: str
    action: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of the table. ``sources`` say where its figures come from."""

    visit: str
    date: str
    state: StateWords
    length: str
    width: str
    area: str
    how: str
    change: str
    scores: str
    classes: str
    dose: str
    events: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class LesionView:
    """One lesion. ``relatives``: what it came from, split into and became part of (row, words).

    ``views`` are the views of its photographs (code, words). ``before`` and ``after`` are the neighbours in
    the registry, empty at the ends. ``compare`` leads to its photographs beside each other.
    """

    subject: str
    number: str
    row: str
    title: str
    role: str
    place: str
    landmark: str
    state: StateWords
    relatives: tuple[tuple[str, str], ...]
    map: MapView
    views: tuple[tuple[str, str], ...]
    strip: tuple[StripColumn, ...]
    plot: PlotView | None
    visits: tuple[VisitLine, ...]
    compare: Address | None
    registry: Address
    before: str = ""
    after: str = ""
