"""Which digit key chooses which answer of a list."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_LAST = 9


def digit_keys(codes: Sequence[str]) -> tuple[str, ...]:
    """The digit of each answer, or empty.

    Answers are counted from 1, but where codes are digits themselves, as in scores, each is its own key:
    whoever means 4 points and presses 4 must never get the fourth answer.
    """
    if any(code.isascii() and code.isdigit() and len(code) == 1 for code in codes):
        return tuple(code if code.isdigit() and len(code) == 1 else "" for code in codes)
    return tuple(str(place) if place <= _LAST else "" for place in range(1, len(codes) + 1))


def place_of_digit(event: QKeyEvent, keys: Sequence[str]) -> int:
    """The place of the answer that a key press chooses, of whatever script the digit is; -1 for none."""
    digit = unicodedata.digit(event.text()[:1] or "x", -1)
    return keys.index(str(digit)) if str(digit) in keys else -1
