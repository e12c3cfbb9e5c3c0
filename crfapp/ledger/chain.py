"""Sealing events into a hash chain, opening them again, and finding the first link that is wrong.

One chain per workstation. A link's hash is SHA-256 over its canonical body; the body names the hash
before it. Told fields stand in the body as commitments ``sha256(salt | name | value)``; salts and clear
values are kept beside it, so one of them can be taken away later and the chain still verifies.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.ledger.events import KINDS, Event
from crfapp.ledger.keys import EventId

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

GENESIS = "0" * 64
"""What the first link names as the hash before it."""

SALT_BYTES = 16

Body = dict[str, Any]
LIFTS: dict[tuple[str, int], Callable[[Body], Body]] = {}
"""(kind, version) -> how to read that old version as the next one. Stored bytes are never rewritten."""


class Sealed(NamedTuple):
    """One event as it is stored. ``body`` is hashed; ``told`` holds the salts and clear values."""

    node: str
    seq: int
    hash: str
    kind: str
    subject: str | None
    at: str
    body: bytes
    told: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who did it, when, where, under which versions (REQ-102). Roles stand as they were then."""

    node: str
    seq: int
    prev: str
    at: str
    offset: int
    zone: str
    hybrid: str
    act: str
    login: str
    name: str
    role: str
    organisation: str
    pack: str
    software: str

    @property
    def id(self) -> EventId:
        """Which event."""
        return EventId(self.node, self.seq)


@dataclass(frozen=True, slots=True)
class Record:
    """An event with its envelope; ``redacted`` names the told fields that were taken away."""

    envelope: Envelope
    event: Event
    redacted: frozenset[str] = field(default=frozenset())


class Break(NamedTuple):
    """The first thing wrong in a chain: where, and what."""

    node: str
    seq: int
    what: str


def seal(envelope: Envelope, event: Event, entropy: Callable[[int], bytes]) -> Sealed:
    """Make the stored link of an event. ``entropy(n)`` gives n fresh random bytes for each salt."""
    data = event.model_dump(mode="json", exclude_none=True)
    subject = data.pop("subject", None)
    told: dict[str, list[str]] = {}
    commitments: dict[str, str] = {}
    for name in event.told_fields:
        value = data.pop(name, None)
        if value is not None:
            salt = entropy(SALT_BYTES).hex()
            told[name] = [salt, value]
            commitments[name] = commitment(salt, name, value)
    body = {
        "node": envelope.node,
        "seq": envelope.seq,
        "prev": envelope.prev,
        "at": envelope.at,
        "offset": envelope.offset,
        "zone": envelope.zone,
        "hybrid": envelope.hybrid,
        "act": envelope.act,
        "who": [envelope.login, envelope.name, envelope.role, envelope.organisation],
        "pack": envelope.pack,
        "software": envelope.software,
        "kind": event.kind,
        "version": event.version,
        "subject": subject,
        "facts": data,
        "told": commitments,
    }
    raw = canonical(body)
    return Sealed(
        envelope.node, envelope.seq, sha256(raw), event.kind, subject, envelope.at, raw, canonical(told)
    )


def commitment(salt: str, name: str, value: str) -> str:
    """What the body says of a told value: binding, and without the salt not guessable."""
    return sha256(f"{salt}|{name}|{value}".encode("utf-8", "surrogatepass"))


def open_sealed(sealed: Sealed) -> Record:
    """Read a stored link as today's event, lifting old versions."""
    body: Body = json.loads(sealed.body)
    told: dict[str, list[str]] = json.loads(sealed.told)
    login, name, role, organisation = body["who"]
    envelope = Envelope(
        node=body["node"],
        seq=body["seq"],
        prev=body["prev"],
        at=body["at"],
        offset=body["offset"],
        zone=body["zone"],
        hybrid=body["hybrid"],
        act=body["act"],
        login=login,
        name=name,
        role=role,
        organisation=organisation,
        pack=body["pack"],
        software=body["software"],
    )
    facts = {**body["facts"], **{name: pair[1] for name, pair in told.items()}}
    if body["subject"] is not None:
        facts["subject"] = body["subject"]
    event = read_event(body["kind"], body["version"], facts)
    return Record(envelope, event, frozenset(body["told"]) - frozenset(told))


def read_event(kind: str, version: int, facts: Body) -> Event:
    """Build today's event from any stored version; TOO_NEW where a newer program wrote it."""
    target = _known(kind, version)
    while version < target.version:
        facts = LIFTS[kind, version](facts)
        version += 1
    return target.model_validate(facts)


def refuse_newer(body: Body) -> None:
    """TOO_NEW where only a newer program knows this kind of event, or this version of it."""
    _known(body["kind"], body["version"])


def _known(kind: str, version: int) -> type[Event]:
    target = KINDS.get(kind)
    if target is None or version > target.version:
        raise EnvironmentProblem(Code.TOO_NEW, kind=kind, version=version)
    return target


class Witness(Protocol):
    """Looks at each link of a chain that is sound in itself, for what a chain alone cannot show."""

    def redacted(self, of: EventId) -> Collection[str]:
        """The told fields of an event that a redaction names."""

    def wrong_with(self, link: Sealed, body: Body) -> str | None:
        """What is wrong with a link that fits its chain."""


def first_break(
    links: Iterable[Sealed], start: tuple[int, str] = (0, GENESIS), witness: Witness | None = None
) -> Break | None:
    """Walk one chain and name the first link that is wrong; None where all is well.

    ``links`` come in the order of ``seq``; ``start`` is the (seq, hash) of the link before the first.
    Without a ``witness`` nothing counts as redacted.
    """
    seq, prev = start
    for link in links:
        wrong = _wrong_with(link, seq + 1, prev, witness)
        if wrong:
            return Break(link.node, link.seq, wrong)
        seq, prev = link.seq, link.hash
    return None


def _wrong_with(link: Sealed, expected: int, prev: str, witness: Witness | None) -> str | None:
    if link.seq != expected:
        return f"event {expected} is missing"
    try:
        if sha256(link.body) != link.hash:
            return "its content does not match its hash"
        body: Body = json.loads(link.body)
        if body["prev"] != prev:
            return "it does not follow the event before it"
        wrong = _wrong_with_columns(link, body) or _wrong_with_told(body, json.loads(link.told), witness)
        return wrong if wrong or witness is None else witness.wrong_with(link, body)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return "it cannot be read"  # whatever was put there, it is not what was recorded


def _wrong_with_columns(link: Sealed, body: Body) -> str | None:
    shown = (body["node"], body["seq"], body["kind"], body["subject"], body["at"])
    if shown != (link.node, link.seq, link.kind, link.subject, link.at):
        return "its columns differ from its content"
    if canonical(json.loads(link.told)) != link.told:
        return "its told texts are not as they were written"
    return None


def _wrong_with_told(body: Body, told: Mapping[str, list[str]], witness: Witness | None) -> str | None:
    commitments = body.get("told", {})
    for name, (salt, value) in told.items():
        # a salt of another length could take letters from the value
        fits = isinstance(value, str) and len(salt) == 2 * SALT_BYTES
        if not fits or commitments.get(name) != commitment(salt, name, value):
            return f"its {name} differs from what was recorded"
    missing = [name for name in commitments if name not in told]
    if missing:
        redacted = witness.redacted(EventId(body["node"], body["seq"])) if witness is not None else ()
        missing = [name for name in missing if name not in redacted]
    return f"its {missing[0]} was taken away without a redaction" if missing else None
