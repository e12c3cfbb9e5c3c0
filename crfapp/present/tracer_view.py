"""What the Tracer page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crfapp.present.ghost import Lines

Mode = Literal["first", "again", "second", "watch"]
"""Drawn for the first time, drawn anew by correction, drawn blind by a second person, or only looked at."""


@dataclass(frozen=True, slots=True)
class PhotographChoice:
    """A photograph that can be traced: its hash, and its view with when it was taken."""

    photograph: str
    title: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the drawing measures, in the units of the items; empty while it cannot be measured.

    ``hint`` says what is to be done next, ``problem`` what is wrong. ``ready``: it can be saved.
    """

    area: str = ""
    uncertainty: str = ""
    perimeter: str = ""
    length: str = ""
    width: str = ""
    hint: str = ""
    problem: str = ""
    ready: bool = False


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """An outline that was recorded: who drew it and when, its area, and the name of its colour.

    ``lines`` are in pixels of its photograph. ``may_choose``: this person can say that it counts.
    """

    outline: str
    who: str
    when: str
    area: str
    colour: str
    lines: Lines
    photograph: str
    counts: bool
    may_choose: bool


@dataclass(frozen=True, slots=True)
class TracerView:
    """One area item of one lesion at one visit.

    ``title`` names the lesion, ``where`` subject, visit and item. ``told`` are sentences about how it is
    drawn, ``hindrance`` is why it cannot be. ``ghost`` is the visit of the earlier outline that can be laid
    over. ``card_mm`` is the side of the card that was used last. ``outlines`` are there to be compared,
    ``apart`` says by how much they differ. ``aside``: a drawing that is not saved was taken up again.
    ``reason``: a reason is wanted; ``problem`` what was refused; ``done`` what was saved.
    """

    title: str = ""
    where: str = ""
    mode: Mode = "watch"
    told: tuple[str, ...] = ()
    hindrance: str = ""
    photographs: tuple[PhotographChoice, ...] = ()
    photograph: str = ""
    ghost: str = ""
    card_mm: str = ""
    outlines: tuple[OutlineLine, ...] = ()
    apart: str = ""
    aside: bool = False
    reason: str = ""
    problem: str = ""
    done: str = ""
