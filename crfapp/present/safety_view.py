"""What the Safety page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.present.acts import ActState

if TYPE_CHECKING:
    from crfapp.present.address import Address
    from crfapp.work.owed_notices import Occasion


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A report that is owed: of whom and what, since when, by when, how much time is left."""

    title: str
    note: str
    due: str
    left: str
    tone: str
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class EventLine:
    """An adverse event of the site. ``marks`` are words such as serious or related, each with its tone."""

    subject: str
    title: str
    note: str
    grade: str
    when: str
    mark: str
    tone: str
    occasion: Occasion | None
    address: Address


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A stop rule that holds dosing, or was decided: what it says, where, and the decision."""

    title: str
    text: str
    decided: str
    address: Address


@dataclass(frozen=True, slots=True)
class SentLine:
    """A report that went out: which, when, how and to whom, and what the sponsor confirmed."""

    title: str
    note: str
    sent: str
    how: str
    tone: str
    taken: str
    address: Address


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """The event that is open: what is known of it, its judgements, its reports, and what can be done.

    ``left`` is empty once nothing is owed. ``may`` are the acts that this person may begin, in their order.
    """

    title: str
    left: str
    tone: str
    facts: tuple[tuple[str, str], ...]
    judged: tuple[tuple[str, str], ...]
    sent: tuple[SentLine, ...]
    may: tuple[str, ...]
    state: ActState = field(default_factory=ActState)


@dataclass(frozen=True, slots=True)
class SignCell:
    """What a checklist says of a sign: its score, whether it is there, the event that it was said to be."""

    score: str
    there: bool
    event: str


@dataclass(frozen=True, slots=True)
class SignLine:
    """One sign at one place over the checklists."""

    title: str
    cells: tuple[SignCell, ...]
    address: Address


@dataclass(frozen=True, slots=True)
class SignMatrix:
    """The signs of a subject over the checklists, whose days are the ``columns``."""

    subject: str
    columns: tuple[str, ...]
    lines: tuple[SignLine, ...]


@dataclass(frozen=True, slots=True)
class SafetyView:
    """The whole page. ``contact`` says how the sponsor's desk is reached, ``no_contact`` that nobody said."""

    contact: str
    no_contact: str
    owed: tuple[OwedLine, ...]
    events: tuple[EventLine, ...]
    filters: tuple[tuple[str, str], ...]
    at: str
    holds: tuple[HoldLine, ...]
    sent: tuple[SentLine, ...]
    card: NoticeCard | None = None
    signs: SignMatrix | None = None
