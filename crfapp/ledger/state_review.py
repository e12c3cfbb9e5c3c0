"""The tables of what is said about answers, and of the trail itself."""

from __future__ import annotations

from typing import NamedTuple

from crfapp.ledger.keys import EventId, ItemKey, Scope


class QueryRow(NamedTuple):
    """A question of a person about an item, a form, a visit or a subject. ``state``: open, answered, closed.

    ``raised_by`` is a login, ``role`` that person's role then; ``opened`` and ``changed`` are instants (UTC).
    """

    query: str
    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    state: str
    raised_by: str
    role: str
    opened: str
    changed: str
    node: str
    seq: int

    @property
    def scope(self) -> Scope:
        """The form, visit or casebook it lies in."""
        return Scope(*self[1:6])


class QueryNoteRow(NamedTuple):
    """One thing said in a query. ``what``: raised, answered, closed, reopened."""

    query: str
    node: str
    seq: int
    what: str
    text: str | None
    login: str
    name: str
    role: str
    at: str
    offset: int
    hybrid: str


class VerifiedRow(NamedTuple):
    """The last verification of an item. ``state``: done, changed (since), taken (back).

    ``value`` and ``missing`` are what was compared, ``head_node`` and ``head_seq`` the event it came from.
    """

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    state: str
    value: str | None
    missing: str | None
    head_node: str
    head_seq: int
    login: str
    name: str
    role: str
    at: str
    offset: int
    monitoring: str
    node: str
    seq: int

    @property
    def key(self) -> ItemKey:
        """Which item."""
        return ItemKey(*self[:7])


class MonitoringRow(NamedTuple):
    """A monitor's visit to the site; ``ended`` is empty while it lasts."""

    monitoring: str
    login: str
    name: str
    organisation: str
    purpose: str | None
    began: str
    ended: str
    verified: int
    taken: int
    raised: int
    closed: int
    points: str | None


class SeenRow(NamedTuple):
    """What a signer had before their eyes last: the hash of the form's content."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    login: str
    content: str
    at: str


class SignatureRow(NamedTuple):
    """A signature. ``state``: valid, or outdated, and ``because`` of which kind of event.

    ``at`` is the instant signed (UTC), ``offset`` and ``zone`` the local time then.
    """

    signature: str
    of: str
    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    about: str
    meaning: str
    statement: str
    content: str
    login: str
    name: str
    role: str
    organisation: str
    at: str
    offset: int
    zone: str
    state: str
    because: str
    node: str
    seq: int

    @property
    def scope(self) -> Scope:
        """What was signed, where it is a form, a visit or a casebook."""
        return Scope(*self[2:7])


class LockRow(NamedTuple):
    """How a form, visit, casebook or the site is held. ``state``: frozen, locked, or open again.

    ``asked`` is the login of whoever asked to unlock it and waits.
    """

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    state: str
    by: str
    name: str
    role: str
    at: str
    reason: str | None
    asked: str
    asked_why: str | None

    @property
    def scope(self) -> Scope:
        """What is held."""
        return Scope(*self[:5])


class RedactionRow(NamedTuple):
    """A wish to make something unreadable. ``state``: asked, declined, done; ``fields`` by commas.

    ``wish`` is shared by all events that hold the same text; ``subject`` is whose events they are, empty
    for those of the site.
    """

    redaction: str
    of_node: str
    of_seq: int
    fields: str
    state: str
    asked_by: str
    reason: str | None
    decided_by: str
    wish: str
    subject: str

    @property
    def of(self) -> EventId:
        """The event that holds it."""
        return EventId(self.of_node, self.of_seq)


class ReviewRow(NamedTuple):
    """Somebody looked through a part of the trail."""

    node: str
    seq: int
    at: str
    login: str
    name: str
    scope: str
    finding: str | None


class TrailRow(NamedTuple):
    """Where an event can be found by: the index of the audit trail. Empty or 0 where it does not apply.

    ``marks`` are letters of :mod:`crfapp.ledger.trail`; ``settled``: 1 once the indexes hold it.
    """

    node: str
    seq: int
    at: str
    hybrid: str
    login: str
    role: str
    kind: str
    subject: str
    visit: str
    form: str
    item: str
    reason: str | None
    visit_n: int = 0
    marks: str = ""
    settled: int = 0
