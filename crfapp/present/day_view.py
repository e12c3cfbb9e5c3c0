"""What the page of an injection day shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crfapp.present.address import Address

Grade = Literal["info", "warn", "error"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence to know before anything is given, and where it is dealt with."""

    text: str
    grade: Grade
    address: Address


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing about the product: its name, what stands there, its tone."""

    name: str
    value: str
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class LesionLine:
    """One lesion on this day: where it is, what it was given so far and last time, the plan, today."""

    label: str
    role: str
    where: str
    so_far: str
    last: str
    planned: str
    today: str
    address: Address
    treated: bool = True


@dataclass(frozen=True, slots=True)
class FormButton:
    """A form of the visit with its state."""

    title: str
    icon: str
    words: str
    address: Address


@dataclass(frozen=True, slots=True)
class SubjectCard:
    """One subject of the day. ``pill`` and ``tone`` say how it stands in a word."""

    subject: str
    visit: str
    when: str
    pill: str
    tone: str
    remarks: tuple[Remark, ...]
    checked: str
    product: tuple[Fact, ...]
    lesions: tuple[LesionLine, ...]
    total: str
    forms: tuple[FormButton, ...]
    address: Address
    begun: bool


@dataclass(frozen=True, slots=True)
class WatchedLine:
    """One observation of today: who, since when, its points with their times, how it stands."""

    icon: str
    subject: str
    since: str
    points: str
    state: str
    tone: str
    address: Address


@dataclass(frozen=True, slots=True)
class ComingLine:
    """Somebody who may come today: the window of the visit is open."""

    icon: str
    subject: str
    visit: str
    when: str
    window: str
    know: str
    address: Address


@dataclass(frozen=True, slots=True)
class DayView:
    """The whole page. ``dose`` is what the study calls the form of a dose."""

    day: str
    cards: tuple[SubjectCard, ...]
    coming: tuple[ComingLine, ...]
    watched: tuple[WatchedLine, ...]
    dose: str
