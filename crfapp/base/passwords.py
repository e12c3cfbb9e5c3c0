"""Whether a password is long and unusual enough to stand between a thief and the patients (REQ-208, 209).

Any character is welcome, nothing is cut off, and nobody is told to mix classes: length and not being
the one that everybody tries are what counts (OWASP ASVS 6.2).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from crfapp.base.common_passwords import LONGEST, is_common
from crfapp.base.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 15
"""Default of the study's policy, in characters after NFC."""

_LEAST_BITS = 40
_WORD_BITS = 11
_RUN_BITS = 5
_DIGIT_BITS = 3
_OTHER_BITS = 5
_SHORTEST_WORD = 4
_SHORTEST_RUN = 3
_SHORTEST_NAME = 4

_KEYBOARD = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "1qaz2wsx3edc4rfv")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", *_KEYBOARD)
_RUNS = tuple(row for forward in _ROWS for row in (forward, forward[::-1]))
_DISGUISES = str.maketrans("@4301!5$7+", "aaeoiisstt")


def password_problem(
    password: str, *, forbidden: Iterable[str] = (), shortest: int = SHORTEST
) -> Code | None:
    """Say why a password is not good enough, or None.

    ``forbidden`` are names that stand on the wall: study, site, login (PASSWORD_FROM_NAMES).
    PASSWORD_TOO_SHORT, PASSWORD_TOO_COMMON.
    """
    if len(unicodedata.normalize("NFC", password)) < shortest:
        return Code.PASSWORD_TOO_SHORT
    plain = unicodedata.normalize("NFKC", password).casefold()
    bare = _letters_and_digits(plain)
    names = (_letters_and_digits(unicodedata.normalize("NFKC", name).casefold()) for name in forbidden)
    if any(len(name) >= _SHORTEST_NAME and name in bare for name in names):
        return Code.PASSWORD_FROM_NAMES
    if min(_bits(plain), _bits(plain.translate(_DISGUISES))) < _LEAST_BITS:
        return Code.PASSWORD_TOO_COMMON
    return None


def _letters_and_digits(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _bits(text: str) -> int:
    """Roughly how many guesses (as a power of two) somebody needs who tries words and runs first.

    Each distinct part counts once: saying a thing twice adds nothing.
    """
    parts: set[str] = set()
    alone = 0
    text, at = _unrepeated(text), 0
    while at < len(text):
        length = max(_word_at(text, at), _run_at(text, at))
        if length:
            parts.add(text[at : at + length])
        else:
            alone += _DIGIT_BITS if text[at].isdigit() else _OTHER_BITS
        at += length or 1
    return alone + sum(_WORD_BITS if is_common(part) else _RUN_BITS for part in parts)


def _unrepeated(text: str) -> str:
    """``abcabcabc`` is ``abc``."""
    period = (text + text).find(text, 1)
    return text[:period] if 0 < period < len(text) else text


def _word_at(text: str, at: int) -> int:
    """Length of the longest common password that begins here; 0 where none does."""
    longest = min(LONGEST, len(text) - at)
    return next((n for n in range(longest, _SHORTEST_WORD - 1, -1) if is_common(text[at : at + n])), 0)


def _run_at(text: str, at: int) -> int:
    """Length of a run that begins here: one character again and again, or a row of keys or letters."""
    same = next((n for n in range(1, len(text) - at) if text[at + n] != text[at]), len(text) - at)
    longest = max(same, *(_shared(text[at:], row) for row in _rows_with(text[at])))
    return longest if longest >= _SHORTEST_RUN else 0


@lru_cache(maxsize=256)
def _rows_with(first: str) -> tuple[str, ...]:
    """The rest of every row from this character on, and an empty one where none has it."""
    return ("", *(row[row.index(first) :] for row in _RUNS if first in row))


def _shared(text: str, row: str) -> int:
    pairs = enumerate(zip(text, row, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(text), len(row)))
