"""What the Study page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.study.matrix import Mark


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A figure of the protocol. ``confirm`` is the sentence at what no source fixes, else empty."""

    title: str
    value: str
    confirm: str
    source: str


@dataclass(frozen=True, slots=True)
class VisitColumn:
    """A visit of the schedule: its day, and the window around it, in words."""

    visit: str
    title: str
    day: str
    window: str


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form with its mark at each visit: always (X), under a condition (C), optional (O), or none."""

    form: str
    title: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class StudyView:
    """The study in force. ``facts`` are pairs of a name and what stands there.

    ``confirm``: how many figures wait for the protocol, as a sentence; empty where none does.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    confirm: str
    parameters: tuple[ParameterLine, ...]
    visits: tuple[VisitColumn, ...]
    forms: tuple[FormLine, ...]
