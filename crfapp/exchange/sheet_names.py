"""Names of sheets that every spreadsheet takes: short, free of forbidden signs, told apart without case."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_CHARACTERS = 31
LONG_TEXT = "Long text"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RESERVED = "history"


class SheetNames:
    """Allots the names of one workbook; the sheet of long texts has its name reserved."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._taken: set[str] = {_RESERVED, LONG_TEXT.casefold()}
        self.first = tuple(self._allot(name) for name in wanted)

    def of(self, number: int) -> Iterator[str]:
        """Names of sheet ``number`` and of what goes on after it: ``NAME``, ``NAME (2)`` ..."""
        yield self.first[number]
        for part in count(2):
            yield self._allot(self.first[number], part)

    def of_long_texts(self) -> Iterator[str]:
        """Names of the sheet of long texts and of what goes on after it."""
        yield LONG_TEXT
        for part in count(2):
            yield self._allot(LONG_TEXT, part)

    def _allot(self, wanted: str, part: int = 1) -> str:
        stem = _FORBIDDEN.sub("_", wanted).strip("' ") or "Sheet"
        name = _fitted(stem, "") if part == 1 else _fitted(stem, f" ({part})")
        while name.casefold() in self._taken:
            part += 1
            name = _fitted(stem, f" ({part})")
        self._taken.add(name.casefold())
        return name


def _fitted(stem: str, ending: str) -> str:
    """The stem cut so that it and the ending fit, counted in UTF-16 units as Excel counts."""
    room = 2 * (MOST_CHARACTERS - len(ending))
    cut = stem.encode("utf-16-le")[:room].decode("utf-16-le", "ignore")
    return cut.rstrip("' ") + ending
