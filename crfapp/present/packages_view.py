"""What the sections about packages show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.present.acts import ActState

if TYPE_CHECKING:
    from crfapp.present.acts import Act


@dataclass(frozen=True, slots=True)
class PeerLine:
    """Somebody who gets packages: what was last made, sent and confirmed, and what is not confirmed yet.

    ``alarm`` is a sentence where nothing came back for too long, ``tone`` is that of ``waiting``. Without
    ``route`` packages are carried by hand; ``outside``: it is no workstation or copy of this site.
    """

    peer: str
    name: str
    what: str
    code: str
    made: str
    sent: str
    confirmed: str
    waiting: str
    tone: str
    where: str
    route: bool
    outside: bool
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """A package that was made here. ``icon``: complete where it is confirmed, in-progress sent, expected."""

    package: str
    number: str
    peer: str
    made: str
    by: str
    sent: str
    route: str
    confirmed: str
    size: str
    file: str
    icon: str


@dataclass(frozen=True, slots=True)
class ChosenPackage:
    """The package whose card is open. ``inside`` are its parts, once somebody looked."""

    package: str
    title: str
    facts: tuple[tuple[str, str], ...]
    can_send: bool
    inside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PackagesView:
    """The section: whom packages go to, and the outbox. ``done`` and ``problem`` stay until the next act.

    ``running`` says what is going on just now; empty while nothing is.
    """

    may_send: bool
    peers: tuple[PeerLine, ...] = ()
    outbox: tuple[OutboxLine, ...] = ()
    older: str = ""
    chosen: ChosenPackage | None = None
    running: str = ""
    done: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What came of one file: a sentence, and what to know below it. ``grade``: ok, info or error."""

    file: str
    grade: str
    title: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArrivedLine:
    """A package that was taken in earlier."""

    when: str
    sender: str
    number: str
    events: str


@dataclass(frozen=True, slots=True)
class AsideLine:
    """A file that was set aside: its code, why, when it came and from whom.

    ``is_there``: it can be taken in again.
    """

    sha256: str
    file: str
    code: str
    why: str
    came: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class ArrivingView:
    """The section where packages are taken in."""

    may_receive: bool
    routes: bool = False
    results: tuple[ResultLine, ...] = ()
    arrived: tuple[ArrivedLine, ...] = ()
    aside: tuple[AsideLine, ...] = ()
    running: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """A recipient: in force, waiting for a second person, or ended. ``tone`` is that of ``state``."""

    recipient: str
    name: str
    profile: str
    code: str
    proposed: str
    agreed: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class RecipientCard:
    """The card of one recipient. ``code`` is to be compared; ``before`` is the one in force till then."""

    recipient: str
    title: str
    facts: tuple[tuple[str, str], ...]
    acts: tuple[Act, ...]
    code: str = ""
    before: str = ""
    warning: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecipientsView:
    """The section about recipients, with the card of one of them or of a certificate that was read."""

    may_propose: bool
    own_code: str = ""
    lines: tuple[RecipientLine, ...] = ()
    chosen: RecipientCard | None = None
    state: ActState = field(default_factory=ActState)
    problem: str = ""
    done: str = ""
