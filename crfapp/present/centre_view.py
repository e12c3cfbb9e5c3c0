"""What the Centre page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.present.address import Address


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site in the list. Each pair is what counts, with a quieter line below.

    ``state`` says what is to be done first, with its ``tone``; empty tone where nothing is.
    """

    site: str
    name: tuple[str, str]
    last: tuple[str, str]
    packages: tuple[str, str]
    forms: tuple[str, str]
    queries: tuple[str, str]
    locks: tuple[str, str]
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A package that was taken in."""

    number: str
    sender: str
    made: str
    came: str
    events: str


@dataclass(frozen=True, slots=True)
class LockLine:
    """A wish to lock, and what the site made of it. ``tone`` is that of ``state``."""

    what: str
    asked: str
    state: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An answer that is new or another one, and where it stands. ``marks`` say what had been done before."""

    subject: str
    place: str
    question: str
    before: str
    after: str
    by: str
    marks: str
    address: Address


@dataclass(frozen=True, slots=True)
class DeltaView:
    """What changed from ``first`` to ``second``; ``choices`` are packages, (id, words), the newest first.

    ``counted`` says how much, ``more`` that not all is listed.
    """

    choices: tuple[tuple[str, str], ...] = ()
    first: str = ""
    second: str = ""
    lines: tuple[ChangeLine, ...] = ()
    counted: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class SiteCardView:
    """The chosen site. ``alarms`` are sentences of what needs a call."""

    site: str
    title: str
    facts: tuple[tuple[str, str], ...]
    alarms: tuple[str, ...]
    opens: bool
    packages: tuple[PackageLine, ...] = ()
    locks: tuple[LockLine, ...] = ()
    delta: DeltaView = DeltaView()


@dataclass(frozen=True, slots=True)
class CentreView:
    """The list of sites and the chosen one. ``done`` and ``problem`` stay until the next act.

    ``filters`` are (key, words) with ``narrowed`` in force, ``orders`` with ``order``; ``empty`` says why
    nothing is listed. ``running`` says what goes on, ``share`` how much of it is done where that is known.
    """

    may_send: bool
    may_lock: bool
    lines: tuple[SiteLine, ...] = ()
    counted: str = ""
    empty: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    narrowed: str = "all"
    orders: tuple[tuple[str, str], ...] = ()
    order: str = "code"
    chosen: SiteCardView | None = None
    running: str = ""
    share: float | None = None
    done: str = ""
    problem: str = ""
