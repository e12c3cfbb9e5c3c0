"""Rows about workstations, recipients, packages, receipts, and about what merging leaves to be decided."""

from __future__ import annotations

from typing import NamedTuple

from crfapp.ledger.keys import EventId, ItemKey, Scope


class NodeRow(NamedTuple):
    """A chain that is heard here. ``revoked``: when, or empty; ``last``: the last of its events beyond doubt.

    ``place`` and ``numbers_after`` as in :class:`crfapp.ledger.events.NodeRegistered`.
    """

    node: str
    sort: str
    label: str
    certificate: str
    fingerprint: str
    place: int
    numbers_after: int
    registered: str
    revoked: str = ""
    last: int = 0


class CentreSiteRow(NamedTuple):
    """A site that this centre takes packages of, by one of its workstations; see ``SiteRegistered``."""

    site: str
    node: str
    code: str
    name: str
    study: str
    at: str


class RecipientRow(NamedTuple):
    """Whom packages are encrypted to: what is in force. ``agreed_by`` is the second person."""

    recipient: str
    name: str
    profile: str
    certificate: str
    fingerprint: str
    node: str
    agreed_by: str
    at: str
    ended: int


class RecipientWishRow(NamedTuple):
    """A certificate that was proposed. ``state``: asked, agreed, declined. The newest for each recipient."""

    recipient: str
    name: str
    profile: str
    certificate: str
    fingerprint: str
    node: str
    asked_by: str
    at: str
    state: str


class RouteRow(NamedTuple):
    """Where packages for a recipient or workstation go."""

    peer: str
    url: str


class PackageRow(NamedTuple):
    """A package that was made; ``node`` made it. ``sent`` and ``route`` are empty while it waits."""

    package: str
    node: str
    peer: str
    number: int
    previous: str
    file: str
    sha256: str
    full: int
    events: int
    photographs: int
    state: str
    made: str
    by: str
    sent: str
    route: str


class ReceiptRow(NamedTuple):
    """``node`` says that it took a package in, when (``at``), and how many events were new to it."""

    package: str
    node: str
    sender: str
    number: int
    sha256: str
    made: str
    at: str
    events: int


class KnownEndRow(NamedTuple):
    """How far ``peer`` said that it knows the chain ``node``."""

    peer: str
    node: str
    seq: int
    hash: str
    at: str


class RefusedRow(NamedTuple):
    """A file that was set aside."""

    node: str
    seq: int
    file: str
    sha256: str
    code: str
    sender: str
    at: str


class CopyRow(NamedTuple):
    """A certified copy of the site's own; ``reviewed`` by whom, or empty. ``whole`` 0: the record alone."""

    sha256: str
    file: str
    state: str
    at: str
    login: str
    reviewed: str
    whole: int


class RivalRow(NamedTuple):
    """An answer that stands beside the one in force, because neither was given in knowledge of the other.

    The columns of :class:`crfapp.ledger.state.ItemRow`, with the event as part of the key. Where its value is
    another one than the item's, the item is in conflict until an answer replaces both.
    """

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    node: str
    seq: int
    value: str | None
    typed: str | None
    missing: str | None
    unit: str | None
    entered: str | None
    reason: str | None
    origin: str
    hidden: int

    @property
    def key(self) -> ItemKey:
        """Which item."""
        return ItemKey(*self[:7])

    @property
    def head(self) -> EventId:
        """The event of this answer."""
        return EventId(self.node, self.seq)


class LateRow(NamedTuple):
    """A change made elsewhere to a form that was locked meanwhile. ``state``: waiting, taken, declined.

    ``kind`` is the event's; of an answer ``value`` and ``missing`` say what it would be.
    """

    node: str
    seq: int
    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    kind: str
    value: str | None
    missing: str | None
    reason: str | None
    login: str
    name: str
    at: str
    state: str
    decided_by: str
    decided_at: str


class LockAskedRow(NamedTuple):
    """The centre's wish to lock. ``state``: asked, done, refused (``code``)."""

    node: str
    seq: int
    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    by: str
    name: str
    at: str
    state: str
    code: str

    @property
    def scope(self) -> Scope:
        """What is to be locked."""
        return Scope(*self[2:7])
