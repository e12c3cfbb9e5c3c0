"""The parts a booklet is made of: words, tick boxes, boxes for figures, tables, chapters.

Nothing here has a size: how wide and how high is the matter of whoever draws it. Everything is said in
reading direction; a mirrored page mirrors it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.plot_view import PlotView

Tone = Literal["plain", "strong", "muted", "mark", "mark_strong"]
"""``mark`` is the colour of annotations; nothing else wears it."""
Size = Literal["title", "heading", "body", "small", "tiny"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one tone. ``ltr``: an OID, an expression or a figure, which is never mirrored."""

    text: str
    tone: Tone = "plain"
    ltr: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    runs: tuple[Run, ...]
    size: Size = "body"
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick, each with its words; beside one another where they fit, else one below the other."""

    options: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """One box for each sign: groups of boxes with what stands under them, a sign between two groups.

    Always from left to right, as figures are. Where there is no room for boxes, a line with the hint.
    """

    groups: tuple[tuple[int, str], ...]
    between: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to write on; ``after`` stands behind the last one (a unit)."""

    count: int = 1
    after: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (a JPEG's bytes) in its own proportions, at most ``millimetres`` high, its name below."""

    content: bytes
    caption: str
    millimetres: float = 42


Part = Words | Ticks | Boxes | Lines | Picture


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands one below the other in one place of a table.

    ``shaded``: nobody writes here. ``upright``: turned by a quarter, for narrow columns.
    """

    parts: tuple[Part, ...] = ()
    shaded: bool = False
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. The first ``heads`` rows come again on each new page.

    ``widths`` are parts of the whole width. ``ruled``: lines between columns too, not between rows only.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section; never the last thing on a page."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot over the whole width, ``millimetres`` high, with the names of its lines above it."""

    plot: PlotView
    millimetres: float = 62


Block = Table | Heading | Words | Drawing


@dataclass(frozen=True, slots=True)
class Chapter:
    """What begins on a new page. ``fields``: boxes at the head of each page that say whose it is."""

    name: str
    title: str
    oid: str
    blocks: tuple[Block, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Booklet:
    """A whole document. ``front`` makes the first chapter from the pages on which the others begin.

    ``paging`` says ``page {page} of {pages}``; ``running`` stands at the head of each page, ``badge``
    opposite to it in the colour of annotations; ``foot`` at the foot.
    """

    title: str
    author: str
    language: str
    right_to_left: bool
    running: str
    badge: str
    foot: str
    paging: Callable[[int, int], str]
    chapters: tuple[Chapter, ...]
    front: Callable[[Mapping[str, int]], Chapter] | None = None


def text(words: str, tone: Tone = "plain", size: Size = "body") -> Words:
    """A paragraph in one tone."""
    return Words((Run(words, tone),), size)
