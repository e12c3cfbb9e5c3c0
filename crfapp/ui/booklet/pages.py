"""Strips become pages: no heading stands last, table heads come again, a row too high is broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.booklet.pieces import Piece
    from crfapp.ui.booklet.strips import Strip


@dataclass(slots=True)
class Page:
    """One page of a chapter: pieces and how far below the top of the page's room each begins."""

    placed: list[tuple[float, Piece]] = field(default_factory=list)
    used: float = 0

    def put(self, strip: Strip) -> None:
        """Place a strip below what is there."""
        self.placed.append((self.used, strip.piece))
        self.used += strip.piece.height


def paged(strips: Sequence[Strip], first: float, later: float) -> list[Page]:
    """Pages of a chapter whose first page has the height ``first``, the others ``later``."""
    flow = _Flow(first, later)
    for strip in strips:
        flow.add(strip)
    flow.finish()
    return flow.pages


class _Flow:
    """Fills one page after another."""

    def __init__(self, first: float, later: float) -> None:
        self._room, self._later = first, later
        self.pages = [Page()]
        self._waiting: list[Strip] = []
        self._heads: tuple[Strip, ...] = ()

    def add(self, strip: Strip) -> None:
        """Place a strip; headings wait for what stands under them."""
        if strip.kept:
            self._waiting.append(strip)
            return
        above = [*self._waiting, *self._heads_above(strip)]
        whole = _height([*above, strip])
        breaks_anyway = strip.row is not None and whole > self._later
        if self._left() < whole and self.pages[-1].placed and not breaks_anyway:
            self._turn()
            above = [*self._waiting, *strip.heads]
        self._waiting = []
        for one in above:
            self.pages[-1].put(one)
        self._heads = strip.heads
        self._put(strip)

    def finish(self) -> None:
        """Place a heading that nothing follows."""
        for strip in self._waiting:
            self.pages[-1].put(strip)

    def _heads_above(self, strip: Strip) -> tuple[Strip, ...]:
        """The heads of its table, unless they stand on this page already."""
        return () if strip.heads is self._heads and not self._waiting else strip.heads

    def _put(self, strip: Strip) -> None:
        """Place it, on as many pages as it needs."""
        while strip.row is not None and strip.piece.height > self._left():
            broken = strip.row.broken(self._left())
            if broken is None and self._left() >= self._later - _height(strip.heads):
                break
            if broken is not None:
                self.pages[-1].put(broken[0].strip(strip.heads))
                strip = broken[1].strip(strip.heads)
            self._turn()
            for head in strip.heads:
                self.pages[-1].put(head)
        self.pages[-1].put(strip)

    def _left(self) -> float:
        return self._room - self.pages[-1].used

    def _turn(self) -> None:
        self.pages.append(Page())
        self._room = self._later


def _height(strips: Sequence[Strip]) -> float:
    return sum(strip.piece.height for strip in strips)
