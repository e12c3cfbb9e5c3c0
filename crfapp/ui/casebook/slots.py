"""Where the lines of a form stand: heights guessed until a line is seen, tops computed, cards around them.

Nothing here knows the screen; a built line is anything that has a height.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from crfapp.ui.casebook.lines import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.ui.casebook.lines import Line, LineKey
    from crfapp.ui.casebook.rows import LineWidget

UNDER_HEAD = frozenset({LineKind.COLUMNS, LineKind.TITLE, LineKind.PART})
"""Lines that mean nothing where no other line of their card is shown."""


class Slot:
    """The place of a line: where it stands and how high it is, and its widget once it was seen."""

    __slots__ = ("height", "line", "top", "widget")

    def __init__(self, line: Line, height: int) -> None:
        self.line, self.height = line, height
        self.top = 0
        self.widget: LineWidget | None = None


class CardBox(NamedTuple):
    """The surface around the lines of a section: its top and height."""

    top: int
    height: int


class Stack:
    """All lines of a form below each other. Tops and heights are logical pixels."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.cards: list[CardBox] = []
        self.bottom = 0
        self._by_card: list[list[Slot]] = []
        self._tops: list[int] = []
        self._starts: set[int] = set()

    def fill(self, lines: Sequence[Line], guesses: dict[LineKind, int]) -> None:
        """Take other lines in, with the heights they probably have."""
        self.slots = [Slot(line, guesses[line.kind]) for line in lines]
        self._by_card = [list(card) for _, card in groupby(self.slots, lambda slot: slot.line.card)]
        self._tops = []

    def adopt(self, before: dict[LineKey, Slot]) -> None:
        """Take over the widgets of lines that were there before; what is left in ``before`` is gone."""
        for slot in self.slots:
            old = before.pop(slot.line.key, None)
            if old is not None and old.widget is not None:
                slot.widget, slot.height = old.widget, old.height
                slot.widget.line = slot.line

    def measure(self, changed: set[LineWidget], width: int) -> None:
        """Ask the lines that changed how high they are now."""
        for slot in self.slots if changed else ():
            if slot.widget in changed:
                slot.height = slot.widget.height_at(width)

    def place(self, top: int, gap: int) -> None:
        """Compute every top, from ``top`` on, with ``gap`` between cards; a card without content vanishes."""
        self.cards, self._starts = [], set()
        for card in self._by_card:
            start = top
            if not any(slot.height and slot.line.kind not in UNDER_HEAD for slot in card):
                for slot in card:
                    slot.top, slot.height = top, 0 if slot.widget else slot.height
                continue
            for slot in card:
                slot.top = top
                top += slot.height
            self._starts.add(start)
            self.cards.append(CardBox(start, top - start))
            top += gap
        self.bottom = top - gap
        self._tops = [slot.top for slot in self.slots]

    def index_at(self, y: int) -> int:
        """The line that stands at a height; the first above it where none begins there."""
        return min(max(0, bisect_right(self._tops, y) - 1), len(self.slots) - 1)

    def between(self, top: int, bottom: int) -> Iterator[Slot]:
        """The lines that reach into a part of the page."""
        for slot in self.slots[self.index_at(top) :] if self._tops else ():
            if slot.top >= bottom:
                return
            yield slot

    def unbuilt(self, top: int, bottom: int) -> list[Slot]:
        """The lines there that were never built."""
        return [slot for slot in self.between(top, bottom) if slot.widget is None]

    def farthest_built(self, middle: int, keep: int) -> list[Slot]:
        """Built lines beyond the ``keep`` nearest to a height."""
        built = [slot for slot in self.slots if slot.widget is not None]
        built.sort(key=lambda slot: abs(slot.top - middle))
        return built[keep:]

    def ruled(self, slot: Slot) -> bool:
        """Whether a hairline stands above a line."""
        return bool(slot.height) and slot.top not in self._starts and slot.line.kind is not LineKind.PART

    def same(self, key: LineKey) -> Slot | None:
        """The line with this key."""
        return next((slot for slot in self.slots if slot.line.key == key), None)
