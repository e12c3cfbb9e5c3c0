"""Chance, as the demo needs it: whoever starts the demo gives it (``random.Random(seed)`` does)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    T = TypeVar("T")


class Chance(Protocol):
    """Draws; the same seed draws the same."""

    def random(self) -> float:
        """A number from 0 to below 1."""

    def uniform(self, a: float, b: float, /) -> float:
        """A number between two."""

    def randint(self, a: int, b: int, /) -> int:
        """A whole number between two, both possible."""

    def choice(self, seq: Sequence[T], /) -> T:
        """One of several."""

    def choices(self, population: Sequence[T], weights: Sequence[float], /) -> list[T]:
        """One of several by weight, in a list."""
