"""To whom packages are encrypted, and where they are put (REQ-810).

A certificate counts once a second person has compared its code with its owner's: one who administers
proposes, the investigator agrees. Until then whoever was in force before stays in force, so a key that
somebody swapped changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.base.routes import read_address
from crfapp.ledger.events import (
    Event,
    NodeRegistered,
    RecipientAgreed,
    RecipientDeclined,
    RecipientEnded,
    RecipientProposed,
    RouteSet,
)
from crfapp.ledger.state import NodeRow, PersonRow, RecipientRow, RecipientWishRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right
from crfapp.work.validity import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_FINGERPRINT = re.compile(r"[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}")
_PUBLIC, _PRIVATE = "BEGIN PGP PUBLIC KEY BLOCK", "PRIVATE KEY"
_LONGEST_CERTIFICATE = 65_536
"""Certificates have a few kilobytes; one of this size carries pictures or strangers' signatures."""


def _always(_command: Command, _desk: Desk) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRecipient(Command):
    """Ask that packages be encrypted to a certificate; ``recipient`` is empty for somebody new.

    ``certificate`` is armored and ``fingerprint`` its own, as :mod:`crfapp.exchange.openpgp` reads it.
    ``profile`` names what they get; ``node`` is the chain that a centre writes for this site.
    """

    recipient: str = ""
    name: str
    profile: str
    certificate: str
    fingerprint: str
    node: str = ""


@use_case(ProposeRecipient, needs=Right.ADMINISTER, touches=(Topic.PACKAGES,))
def propose_recipient(cmd: ProposeRecipient, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the wish; what is in force stays in force.

    NOT_NAMED without name or profile, CERTIFICATE_WRONG, RECIPIENT_UNKNOWN for one who is to be changed and
    is not there, NODE_KNOWN for a chain that is written by somebody else.
    """
    if not cmd.name.strip() or not cmd.profile.strip():
        raise RefusedError(Code.NOT_NAMED)
    refuse_certificate(cmd.certificate, cmd.fingerprint)
    if cmd.recipient:
        _known(desk, cmd.recipient)
    _refuse_taken_chain(desk, cmd.node)
    told = {"name": cmd.name.strip(), "profile": cmd.profile.strip(), "certificate": cmd.certificate}
    yield RecipientProposed(
        recipient=cmd.recipient or desk.new_id(),
        fingerprint=cmd.fingerprint.upper(),
        node=cmd.node,
        reason=cmd.reason.strip() or None,
        **told,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeRecipient(Command):
    """Say that the code was compared with its owner's; ``fingerprint`` is the one that was compared."""

    recipient: str
    fingerprint: str


@use_case(AgreeRecipient, needs=Right.OVERSEE, touches=(Topic.PACKAGES,))
def agree_recipient(cmd: AgreeRecipient, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Put the certificate in force, and hear the chain that its owner writes.

    NOT_WAITING also where another certificate was proposed since the code was looked at; SECOND_PERSON for
    whoever proposed it, under whichever login.
    """
    wish = _waiting(desk, cmd.recipient)
    if wish.fingerprint != cmd.fingerprint.upper():
        raise RefusedError(Code.NOT_WAITING)
    if is_same_person(desk, wish.asked_by, actor):
        raise RefusedError(Code.SECOND_PERSON)
    certified = {"certificate": wish.certificate, "fingerprint": wish.fingerprint}
    _refuse_taken_chain(desk, wish.node)
    yield desk.lay(
        RecipientAgreed(
            recipient=wish.recipient, name=wish.name, profile=wish.profile, node=wish.node, **certified
        )
    )
    if wish.node:
        yield desk.lay(NodeRegistered(node=wish.node, sort="centre", label=wish.name, **certified))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRecipient(Command):
    """The code is another one than its owner's, or nothing should go there."""

    recipient: str


@use_case(DeclineRecipient, needs=Right.OVERSEE, touches=(Topic.PACKAGES,), needs_reason=_always)
def decline_recipient(cmd: DeclineRecipient, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it with the reason; what was in force stays. NOT_WAITING."""
    wish = _waiting(desk, cmd.recipient)
    yield RecipientDeclined(recipient=wish.recipient, reason=cmd.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRecipient(Command):
    """Send nothing to them any more."""

    recipient: str


@use_case(EndRecipient, needs=Right.ADMINISTER, touches=(Topic.PACKAGES,), needs_reason=_always)
def end_recipient(cmd: EndRecipient, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it with the reason; what was made for them stays in the outbox. RECIPIENT_UNKNOWN."""
    row = desk.tables.get(RecipientRow, cmd.recipient)
    if row is None or row.ended:
        raise RefusedError(Code.RECIPIENT_UNKNOWN)
    yield RecipientEnded(recipient=row.recipient, reason=cmd.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRoute(Command):
    """Say where packages for a recipient or workstation are put; an empty ``url``: carried by hand."""

    peer: str
    url: str


@use_case(SetRoute, needs=Right.ADMINISTER, touches=(Topic.PACKAGES,))
def set_route(cmd: SetRoute, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the place without a secret. RECIPIENT_UNKNOWN, ROUTE_WRONG."""
    if desk.tables.get(NodeRow, cmd.peer) is None:
        _known(desk, cmd.peer)
    yield RouteSet(peer=cmd.peer, url=checked_url(cmd.url))


def checked_url(text: str) -> str:
    """A place for packages as it is recorded; :func:`crfapp.base.routes.read_address` says how it is written.

    ROUTE_WRONG for anything else; empty stays empty.
    """
    url = text.strip()
    if url:
        read_address(url)
    return url


def is_same_person(desk: Desk, login: str, actor: Actor) -> bool:
    """Whether a login is this person's: their own, or one of an earlier account under the same name."""
    if login == actor.login:
        return True
    row = (desk.people or desk.tables).get(PersonRow, login)
    return row is not None and same_name(row.name) == same_name(actor.name)


def refuse_certificate(certificate: str, fingerprint: str) -> None:
    """A secret key that somebody hands over by mistake must not come to stand in the ledger."""
    sound = _PUBLIC in certificate and _PRIVATE not in certificate
    if not sound or len(certificate) > _LONGEST_CERTIFICATE or not _FINGERPRINT.fullmatch(fingerprint):
        raise RefusedError(Code.CERTIFICATE_WRONG)


def _refuse_taken_chain(desk: Desk, node: str) -> None:
    """A certificate must not come to speak for the site's own workstations or a monitor's copy."""
    row = desk.tables.get(NodeRow, node) if node else None
    if node and (node == desk.node or (row is not None and row.sort != "centre")):
        raise RefusedError(Code.NODE_KNOWN, node=node)


def _known(desk: Desk, recipient: str) -> None:
    tables = desk.tables
    if tables.get(RecipientRow, recipient) is None and tables.get(RecipientWishRow, recipient) is None:
        raise RefusedError(Code.RECIPIENT_UNKNOWN)


def _waiting(desk: Desk, recipient: str) -> RecipientWishRow:
    wish = desk.tables.get(RecipientWishRow, recipient)
    if wish is None or wish.state != "asked":
        raise RefusedError(Code.NOT_WAITING)
    return wish
