"""What the Today page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from crfapp.present.address import Address


@dataclass(frozen=True, slots=True)
class TileView:
    """One number at a glance. ``tone`` is text where it is nothing to act upon."""

    key: str
    title: str
    number: int
    tone: str = "text"
    note: str = ""


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit that wants somebody. ``pill``: whether ``when`` stands on a coloured ground."""

    subject: str
    visit: str
    icon: str
    icon_words: str
    when: str
    window: str
    know: str
    address: Address
    pill: str = ""


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One thing owed: about whom and what, by when, and at which visit. ``pill`` tones what presses."""

    title: str
    text: str
    due: str
    visit: str
    address: Address
    pill: str = ""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One thing to know about accounts and duties, with its sign and the place where it is dealt with."""

    text: str
    icon: str
    address: Address


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One open finding: where it stands, its sentence, the check that asks, the visit."""

    title: str
    text: str
    check: str
    visit: str
    icon: str
    address: Address


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One query of a person that waits for this one: about what, the last words, who asked, how old."""

    title: str
    text: str
    by: str
    age: str
    old: bool
    address: Address


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form that was begun and is not complete."""

    subject: str
    title: str
    visit: str
    changed: str
    address: Address


@dataclass(frozen=True, slots=True)
class Growth:
    """Enrolment over time: how many there were from each day on, and how many are planned (0: not known)."""

    steps: tuple[tuple[date, int], ...]
    today: date
    planned: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """The whole page. What begins with ``more`` counts what is not listed."""

    greeting: str
    day: str
    tiles: tuple[TileView, ...]
    growth: Growth
    visits: tuple[VisitLine, ...]
    owed: tuple[OwedLine, ...]
    findings: tuple[FindingLine, ...]
    forms: tuple[FormLine, ...]
    more_visits: int = 0
    queries: tuple[AskedLine, ...] = ()
    more_queries: int = 0
    more_owed: int = 0
    more_findings: int = 0
    more_forms: int = 0
    may_enrol: bool = False
    notices: tuple[NoticeLine, ...] = ()
