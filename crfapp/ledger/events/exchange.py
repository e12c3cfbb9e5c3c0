"""What leaves and comes back: workstations, recipients, packages, receipts, and what merging leaves."""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple

from crfapp.ledger.events.base import Event, ScopeEvent
from crfapp.ledger.keys import EventId

Sort = Literal["site", "monitor", "centre"]
"""Where a chain is written: on a workstation of the site, on a monitor's copy, or at the centre."""


class End(NamedTuple):
    """How far a chain has come: its last link known."""

    node: str
    seq: int
    hash: str


class Stretch(NamedTuple):
    """A part of a chain from ``first`` to ``last``, and the hash of the last."""

    node: str
    first: int
    last: int
    hash: str


# ---- who may be heard


class NodeRegistered(Event):
    """Another chain is to be heard here (REQ-214): packages signed by this OpenPGP certificate count.

    ``place`` counts the site's workstations from 0 and says which subject numbers above ``numbers_after`` are
    its own; -1 for a chain that enrols nobody. ``certificate`` is armored, ``fingerprint`` in hex.
    """

    kind: ClassVar[str] = "node-registered"
    node: str
    sort: Sort
    label: str
    certificate: str
    fingerprint: str
    place: int = -1
    numbers_after: int = 0


class NodeRevoked(Event):
    """A workstation is lost or given away: what it writes after number ``last`` of its chain is in doubt."""

    kind: ClassVar[str] = "node-revoked"
    node: str
    last: int


class SiteRegistered(Event):
    """A centre will take in packages of this site (REQ-501); stands in the centre's own records.

    ``node`` is the workstation whose packages count from the beginning, registered beside it.
    """

    kind: ClassVar[str] = "site-registered"
    site: str
    code: str
    name: str
    study: str
    node: str


class RecipientEvent(Event):
    """Base of what says to whom packages are encrypted.

    ``profile`` names what the recipient gets (:mod:`crfapp.exchange.profiles`), ``node`` the chain that a
    centre writes for this site, empty where the recipient only reads.
    """

    recipient: str
    name: str
    profile: str
    certificate: str
    fingerprint: str
    node: str = ""


class RecipientProposed(RecipientEvent):
    """Packages are to be encrypted to this certificate, or to this one from now on (REQ-810)."""

    kind: ClassVar[str] = "recipient-proposed"


class RecipientAgreed(RecipientEvent):
    """A second person compared the code of the certificate with its owner's, and agrees: it is in force."""

    kind: ClassVar[str] = "recipient-agreed"


class RecipientDeclined(Event):
    """A second person does not agree; the certificate before it stays."""

    kind: ClassVar[str] = "recipient-declined"
    recipient: str


class RecipientEnded(Event):
    """Nothing is sent to them any more."""

    kind: ClassVar[str] = "recipient-ended"
    recipient: str


class RouteSet(Event):
    """Where packages for a recipient or workstation (``peer``) are put and replies looked for; no secret."""

    kind: ClassVar[str] = "route-set"
    peer: str
    url: str


# ---- packages


class PackageMade(Event):
    """A package lies in the outbox, decrypted again in a test and compared (REQ-402, 803, 806).

    ``peer`` is the recipient or workstation it is for; ``number`` counts the packages of this workstation
    to them from 1, ``previous`` is the hash of the one before. ``stretches`` are the events in it. ``state``
    is the hash of what the certificate says of the site, empty where the package holds events alone.
    """

    kind: ClassVar[str] = "package-made"
    package: str
    peer: str
    number: int
    previous: str
    file: str
    sha256: str
    full: bool
    stretches: tuple[Stretch, ...]
    photographs: int = 0
    state: str = ""


class PackageSent(Event):
    """A package was put where its recipient looks (``route``, without secrets), or was carried by hand."""

    kind: ClassVar[str] = "package-sent"
    package: str
    route: str


class PackageTakenIn(Event):
    """A package of another chain was taken in; for its maker this is the receipt (REQ-402, 512, 806).

    ``ends`` is how far every chain has come here, with this package. ``made_at`` is the maker's instant.
    """

    kind: ClassVar[str] = "package-taken-in"
    package: str
    sender: str
    number: int
    sha256: str
    made_at: str
    events: int
    ends: tuple[End, ...]


class PackageRefused(Event):
    """A file that came was set aside whole; ``code`` says why, nothing of what it holds is told."""

    kind: ClassVar[str] = "package-refused"
    file: str
    sha256: str
    code: str
    sender: str = ""


class CopyMade(Event):
    """The site's own certified copy was made (REQ-502, 503): ``state`` as in :class:`PackageMade`.

    ``whole`` is False for one that holds the record alone, without the views that people read.
    """

    kind: ClassVar[str] = "copy-made"
    file: str
    sha256: str
    state: str
    ends: tuple[End, ...]
    whole: bool = True


class CopyReviewed(Event):
    """The investigator opened a certified copy and confirms that everything is in it (REQ-506)."""

    kind: ClassVar[str] = "copy-reviewed"
    sha256: str


# ---- what the centre asks, and what the site makes of it


class LockAsked(ScopeEvent):
    """The centre asks to lock, knowing the site's chains up to ``knows``."""

    kind: ClassVar[str] = "lock-asked"
    knows: tuple[EventId, ...] = ()


class LockRefused(ScopeEvent):
    """The site does not lock: something unsent has changed, or stands in the way (``code``)."""

    kind: ClassVar[str] = "lock-refused"
    asked: EventId
    code: str


# ---- what merging leaves for a person to decide


class LateDecided(Event):
    """The investigator decides about a change that came for a form locked meanwhile (REQ-608)."""

    kind: ClassVar[str] = "late-decided"
    of: EventId
    taken: bool


class SubjectRenumbered(Event):
    """Two workstations had given the same number; this subject has another one from here on."""

    kind: ClassVar[str] = "subject-renumbered"
    subject: str
    number: str
