"""What is recorded of packages and of the site's own copies (REQ-110, 402, 503, 506, 803)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    CopyMade,
    CopyReviewed,
    End,
    Event,
    PackageMade,
    PackageRefused,
    PackageSent,
    Stretch,
)
from crfapp.ledger.state import CopyRow, NodeRow, PackageRow, RecipientRow, RecipientWishRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.own_copies import copy_is_fresh
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody that packages can be made for: a recipient two people agreed to, or a workstation.

    ``node`` is the chain that is written there, empty where nothing comes back; ``profile`` that of a
    recipient, empty for a workstation, and ``sort`` what a workstation is.
    """

    id: str
    name: str
    certificate: str
    fingerprint: str
    node: str
    profile: str = ""
    sort: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether they are no workstation of the site."""
        return self.sort != "site"


def peer_of(tables: Tables, peer: str) -> Peer:
    """Whom a package may be made for, by the id of the recipient or workstation.

    RECIPIENT_WAITS while nobody agreed, RECIPIENT_UNKNOWN, also after they were ended, NODE_REVOKED.
    """
    row = tables.get(RecipientRow, peer)
    if row is not None and not row.ended:
        return Peer(peer, row.name, row.certificate, row.fingerprint, row.node, row.profile)
    wish = tables.get(RecipientWishRow, peer)
    if row is None and wish is not None and wish.state == "asked":
        raise RefusedError(Code.RECIPIENT_WAITS)
    node = tables.get(NodeRow, peer)
    if node is None:
        raise RefusedError(Code.RECIPIENT_UNKNOWN)
    if node.revoked:
        raise RefusedError(Code.NODE_REVOKED)
    return Peer(peer, node.label, node.certificate, node.fingerprint, peer, sort=node.sort)


def last_package(tables: Tables, node: str, peer: str) -> tuple[int, str]:
    """Number and SHA-256 of the newest package of a workstation to somebody; ``(0, "")`` before the first."""
    made = tables.find(PackageRow, node=node, peer=peer)
    newest = max(made, key=lambda row: row.number, default=None)
    return (newest.number, newest.sha256) if newest is not None else (0, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePackage(Command):
    """A package was written, opened again in a test, and compared with its manifest.

    The fields are those of :class:`crfapp.ledger.events.PackageMade`; ``fingerprint`` is the certificate of
    ``peer`` that it is encrypted to.
    """

    package: str
    peer: str
    fingerprint: str
    number: int
    previous: str
    file: str
    sha256: str
    full: bool
    stretches: tuple[Stretch, ...]
    photographs: int = 0
    state: str = ""


@use_case(NotePackage, needs=Right.SEND, touches=(Topic.PACKAGES,))
def note_package(cmd: NotePackage, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it, where it still is the next one to somebody who is still in force.

    What :func:`peer_of` says; COPY_FIRST where whoever is outside the site would have the data before the
    site has its own copy of this very state (REQ-503); RECIPIENT_WAITS where another certificate was agreed
    to meanwhile, PACKAGE_GAP where another package was made meanwhile, CHAIN_FORKED for events that are not
    here.
    """
    who = peer_of(desk.tables, cmd.peer)
    if who.fingerprint.upper() != cmd.fingerprint.upper():
        raise RefusedError(Code.RECIPIENT_WAITS)
    if cmd.state and who.is_outside and not copy_is_fresh(desk.tables, cmd.state):
        raise RefusedError(Code.COPY_FIRST)
    number, previous = last_package(desk.tables, desk.node, cmd.peer)
    if (cmd.number, cmd.previous) != (number + 1, previous):
        raise RefusedError(Code.PACKAGE_GAP, number=cmd.number)
    _refuse_unknown_ends(desk, ((part.node, part.last) for part in cmd.stretches))
    yield PackageMade(
        package=cmd.package,
        peer=cmd.peer,
        number=cmd.number,
        previous=cmd.previous,
        file=cmd.file,
        sha256=cmd.sha256,
        full=cmd.full,
        stretches=cmd.stretches,
        photographs=cmd.photographs,
        state=cmd.state,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSent(Command):
    """A package was put where its recipient looks, or was carried there by hand (``route`` says which)."""

    package: str
    route: str


@use_case(NoteSent, needs=Right.SEND, touches=(Topic.PACKAGES,))
def note_sent(cmd: NoteSent, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; PACKAGE_UNKNOWN for one that was not made here."""
    row = desk.tables.get(PackageRow, cmd.package)
    if row is None or row.node != desk.node:
        raise RefusedError(Code.PACKAGE_UNKNOWN)
    yield PackageSent(package=cmd.package, route=cmd.route)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRefused(Command):
    """A file that came was set aside; ``code`` says why. ``sender`` is the chain that signed it, if known."""

    file: str
    sha256: str
    code: str
    sender: str = ""


@use_case(NoteRefused, needs=Right.RECEIVE, touches=(Topic.PACKAGES,))
def note_refused(cmd: NoteRefused, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it."""
    yield PackageRefused(file=cmd.file, sha256=cmd.sha256, code=cmd.code, sender=cmd.sender)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCopy(Command):
    """The site's own certified copy was written and compared: it holds every chain up to ``ends``.

    ``whole`` is False where it holds the record alone.
    """

    file: str
    sha256: str
    state: str
    ends: tuple[End, ...]
    whole: bool = True


@use_case(NoteCopy, needs=Right.SEND, touches=(Topic.PACKAGES,))
def note_copy(cmd: NoteCopy, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; CHAIN_FORKED for ends that no chain has here."""
    _refuse_unknown_ends(desk, ((end.node, end.seq) for end in cmd.ends))
    yield CopyMade(file=cmd.file, sha256=cmd.sha256, state=cmd.state, ends=cmd.ends, whole=cmd.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCopy(Command):
    """The investigator opened a certified copy, and everything is in it."""

    sha256: str


@use_case(ReviewCopy, needs=Right.OVERSEE, touches=(Topic.PACKAGES,))
def review_copy(cmd: ReviewCopy, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; PACKAGE_UNKNOWN for a copy that is not on record, COPY_NOT_WHOLE for one without views."""
    row = desk.tables.get(CopyRow, cmd.sha256)
    if row is None:
        raise RefusedError(Code.PACKAGE_UNKNOWN)
    if not row.whole:
        raise RefusedError(Code.COPY_NOT_WHOLE)
    yield CopyReviewed(sha256=cmd.sha256)


def _refuse_unknown_ends(desk: Desk, told: Iterable[tuple[str, int]]) -> None:
    here = {end.node: end.seq for end in desk.reached()}
    for node, seq in told:
        if here.get(node, 0) < seq:
            raise RefusedError(Code.CHAIN_FORKED, node=node, seq=seq)
