"""What the reading desk shows, as plain values. Nothing in here names a subject while a reading goes on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading in the list. ``acts``: (key, words) of what this person can do about it, the first is due.

    ``grade`` is muted while it goes on, primary when all is judged, ok when it is closed, warn where
    somebody has to decide.
    """

    reading: str
    title: str
    state: str
    detail: str
    grade: str
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DeskView:
    """All readings. ``may_open``: this person begins new ones; ``hint`` says why nothing can be begun."""

    lines: tuple[ReadingLine, ...]
    may_open: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SittingView:
    """One case before a reader. ``case`` is its name in the commands and is never shown.

    ``place`` says which one of how many. ``choices`` are classes (code, words), none where a percent is
    typed. ``said`` are both readers' answers where a third person decides. ``before`` is the case that was
    just read and can still be corrected, with what was said of it.
    """

    reading: str
    case: str
    title: str
    place: str
    done: int
    all: int
    earlier: str
    later: str
    ask: str
    choices: tuple[tuple[str, str], ...]
    said: str = ""
    before: str = ""
    before_answer: str = ""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One case of a closed reading, with whose lesion it was."""

    subject: str
    target: str
    visit: str
    answers: tuple[str, ...]
    counts: str
    note: str


@dataclass(frozen=True, slots=True)
class ResultsView:
    """A closed reading: its cases, and how far the readers agreed."""

    title: str
    readers: tuple[str, ...]
    lines: tuple[ResultLine, ...]
    agreement: tuple[tuple[str, str, str], ...]
    """Figure, value with its interval, and over how many cases."""
