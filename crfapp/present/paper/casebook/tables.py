"""Tables as every page of a casebook has them: facts side by side, lines under a head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Cell, Heading, Run, Table, Words, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crfapp.present.paper.blocks import Tone

FACTS = (0.26, 0.74)


def heading(words: str) -> Heading:
    """The heading of a section."""
    return Heading((Run(words),))


def facts(pairs: Iterable[tuple[str, str]], widths: tuple[float, float] = FACTS) -> Table:
    """What is said on the left, as what on the right; without what says nothing."""
    rows = [(cell(name, tone="muted"), cell(value)) for name, value in pairs if value]
    return Table(widths, tuple(rows))


def lines(widths: tuple[float, ...], titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    """Rows under a head that comes again on each page."""
    head = tuple(Cell((text(title, "strong", "small"),), shaded=True) for title in titles)
    return Table(widths, (head, *map(tuple, rows)), heads=1, ruled=True)


def cell(*paragraphs: str, tone: Tone = "plain") -> Cell:
    """Paragraphs one below the other, without empty ones; the first in a tone, the others small."""
    said = [words for words in paragraphs if words]
    first = [text(words, tone) for words in said[:1]]
    return Cell((*first, *(text(words, "muted", "small") for words in said[1:])))


def small(*paragraphs: str, tone: Tone = "plain") -> Cell:
    """The same, everything small."""
    return Cell(tuple(text(words, tone, "small") for words in paragraphs if words))


def figures(words: str) -> Cell:
    """What is read from left to right, small."""
    return Cell((Words((Run(words, ltr=True),), "small"),))
