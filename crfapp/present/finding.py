"""Finding by words: forgiving about case, accents, Arabic letter forms, digits of other scripts and gaps."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = str.maketrans({"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": ""})
_WORD = re.compile(r"\w+")
_EXACT, _PREFIX, _INSIDE, _SCATTERED = 0, 1, 3, 6
_SHORTEST_SCATTERED = 3


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """A text as it is compared: no case, no accents, one form of each letter, ASCII digits."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (letter for letter in plain if not unicodedata.combining(letter))
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in kept).translate(_SAME)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class Findable:
    """A text prepared for being found."""

    words: tuple[str, ...]
    joined: str

    @classmethod
    def of(cls, text: str) -> Findable:
        """Prepare a text."""
        words = words_of(text)
        return cls(words, "".join(words))

    def distance(self, query: tuple[str, ...]) -> int | None:
        """How far the query's words are from this text: 0 is spot on; None where one of them is not here."""
        total = 0
        for place, word in enumerate(query):
            far = self._distance(word)
            if far is None:
                return None
            at_home = place < len(self.words) and _bare(self.words[place]).startswith(_bare(word))
            total += 2 * far + (0 if at_home else 1)
        return total

    def _distance(self, word: str) -> int | None:
        if word in self.words or (word.isdigit() and any(_bare(own) == _bare(word) for own in self.words)):
            return _EXACT
        if any(own.startswith(word) for own in self.words):
            return _PREFIX
        if word in self.joined:
            return _INSIDE
        scattered = len(word) >= _SHORTEST_SCATTERED and any(_holds(own, word) for own in self.words)
        return _SCATTERED if scattered else None


def _bare(word: str) -> str:
    """A number without the zeros it is filled up with."""
    return word.lstrip("0") if word.isdigit() else word


def _holds(own: str, word: str) -> bool:
    """Whether the letters of a word stand in another in this order, beginning with its first letter."""
    if not own.startswith(word[0]) or word.isdigit():
        return False
    letters = iter(own)
    return all(letter in letters for letter in word)
