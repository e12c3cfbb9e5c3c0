"""What is said of a whole form above its questions, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecondLine:
    """An answer that a second person checks: typed again, or compared by one of ``choices``."""

    place: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One of several answers to decide between: its key, what it says, who said it, when, where."""

    key: str
    value: str
    by: str


@dataclass(frozen=True, slots=True)
class FormNote:
    """A sentence about the form. ``acts`` are (key, words) of what can be done about it, few.

    ``grade``: info, or warn where somebody has to do something.
    """

    text: str
    grade: str = "info"
    acts: tuple[tuple[str, str], ...] = ()
