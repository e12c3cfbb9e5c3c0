"""What is said about answers: queries, verification, signatures, locks, looking through the trail."""

from __future__ import annotations

from typing import ClassVar, Literal

from crfapp.ledger.events.base import Event, FormEvent, ItemEvent, Proof, ScopeEvent, Told
from crfapp.ledger.keys import EventId

# ---- queries


class QueryRaised(ScopeEvent):
    """Somebody asks about an item, a form, a visit or a subject (REQ-601)."""

    kind: ClassVar[str] = "query-raised"
    query: str
    row: str = ""
    item: str = ""
    text: Told = None


class QueryEvent(Event):
    """Base of what is said in the thread of a query."""

    query: str
    text: Told = None


class QueryAnswered(QueryEvent):
    """The site answers."""

    kind: ClassVar[str] = "query-answered"


class QueryClosed(QueryEvent):
    """Whoever raised it, or a data manager, is content."""

    kind: ClassVar[str] = "query-closed"


class QueryReopened(QueryEvent):
    """Whoever raised it, or a data manager, asks again."""

    kind: ClassVar[str] = "query-reopened"


# ---- verification against the source


class ItemVerified(ItemEvent):
    """Somebody compared an answer with its source and found it the same (REQ-604).

    ``head`` names the event that the answer came from, ``value`` and ``missing`` what was compared.
    """

    kind: ClassVar[str] = "item-verified"
    value: Told = None
    missing: str | None = None
    head: EventId
    monitoring: str = ""


class VerificationDropped(ItemEvent):
    """The answer is another one since it was verified (REQ-605); ``because`` is the kind of event."""

    kind: ClassVar[str] = "verification-dropped"
    because: str


class VerificationTaken(ItemEvent):
    """Somebody takes a verification back, with a reason."""

    kind: ClassVar[str] = "verification-taken"
    monitoring: str = ""


class MonitoringBegan(Event):
    """A monitor begins a visit at the site."""

    kind: ClassVar[str] = "monitoring-began"
    monitoring: str
    purpose: Told = None


class MonitoringEnded(Event):
    """The monitor leaves; the counts are those of the visit, ``points`` what stays open in her words."""

    kind: ClassVar[str] = "monitoring-ended"
    monitoring: str
    verified: int
    taken: int
    raised: int
    closed: int
    points: Told = None


# ---- signatures


class FormSeen(FormEvent):
    """A signer had the form before their eyes as it was: ``content`` is the hash of what it held.

    It is kept back with the answers that it is over.
    """

    kind: ClassVar[str] = "form-seen"
    login: str
    content: Proof = ""


class Signed(ScopeEvent):
    """A signature of a form, a visit or a casebook, or of what ``about`` names (REQ-301, 302).

    ``statement`` is the text that was shown, ``content`` the hash of what was signed, ``after`` the hash of
    the event before it in this chain, ``signed`` the Ed25519 signature (hex) over
    :func:`crfapp.ledger.signing.paper`, which ``public`` verifies. Both are kept back with the answers that
    they are over: outside the site some signatures cannot be verified.
    """

    kind: ClassVar[str] = "signed"
    signature: str
    of: Literal["form", "visit", "casebook", "monitoring", "delegation"]
    about: str = ""
    meaning: str
    statement: str
    language: str
    content: Proof = ""
    signed_at: str
    after: str
    public: str
    signed: Proof = ""


class SignatureOutdated(ScopeEvent):
    """What was signed has changed since (REQ-305); the signature stays as it was given."""

    kind: ClassVar[str] = "signature-outdated"
    signature: str
    because: str


# ---- freezing and locking


class Frozen(ScopeEvent):
    """No answer changes here until it is let go; ``knows`` as in :class:`Locked`."""

    kind: ClassVar[str] = "frozen"
    knows: tuple[EventId, ...] = ()


class Unfrozen(ScopeEvent):
    """Let go again."""

    kind: ClassVar[str] = "unfrozen"


class Locked(ScopeEvent):
    """Everything is done here (REQ-607); ``reason`` may say why now.

    ``knows`` is the last event known of every other chain: what those say later was written without knowing
    of the lock (REQ-608). ``asked`` is the centre's wish that this grants.
    """

    kind: ClassVar[str] = "locked"
    knows: tuple[EventId, ...] = ()
    asked: EventId | None = None


class UnlockAsked(ScopeEvent):
    """The sponsor's side asks to open it again, with a reason."""

    kind: ClassVar[str] = "unlock-asked"


class UnlockDeclined(ScopeEvent):
    """The investigator does not agree, with a reason."""

    kind: ClassVar[str] = "unlock-declined"


class Unlocked(ScopeEvent):
    """The investigator agrees."""

    kind: ClassVar[str] = "unlocked"


# ---- the trail itself


class TrailReviewed(Event):
    """Somebody looked through a part of the trail: which, and what was found (REQ-113)."""

    kind: ClassVar[str] = "trail-reviewed"
    scope: str
    finding: Told = None


class RedactionAsked(Event):
    """Somebody says that an event holds personal data that does not belong here (REQ-108).

    ``fields`` are told fields of the event ``of``. One ``wish`` concerns every event that holds the text.
    """

    kind: ClassVar[str] = "redaction-asked"
    redaction: str
    wish: str = ""
    of: EventId
    fields: tuple[str, ...]


class RedactionDeclined(Event):
    """A second person says that it belongs there."""

    kind: ClassVar[str] = "redaction-declined"
    redaction: str


class Redacted(Event):
    """A second person agreed: these told fields of that event cannot be read any more."""

    kind: ClassVar[str] = "redacted"
    redaction: str
    of: EventId
    fields: tuple[str, ...]
