"""Which workstations are heard here (REQ-214): registered by one who administers, and revoked when lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, NodeRegistered, NodeRevoked, Sort
from crfapp.ledger.state import NodeRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.numbers import highest_number
from crfapp.work.recipients import refuse_certificate
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

PLACES = 8
"""So many workstations can share out the numbers of subjects; a place is never given twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterNode(Command):
    """Hear another chain: its name, where it is written, what people call it, and its certificate.

    The first workstation registers itself before any other one of the site.
    """

    node: str
    sort: Sort
    label: str
    certificate: str
    fingerprint: str


@use_case(RegisterNode, needs=Right.ADMINISTER, touches=(Topic.PACKAGES,))
def register_node(cmd: RegisterNode, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it with its place among the site's workstations, and from which number on places count.

    Nothing where it is known already in the same way. NOT_NAMED, CERTIFICATE_WRONG, NODE_KNOWN for a name
    with another certificate, NODE_UNKNOWN while this workstation itself is not registered, NODES_FULL.
    """
    if not cmd.node.strip() or not cmd.label.strip():
        raise RefusedError(Code.NOT_NAMED)
    refuse_certificate(cmd.certificate, cmd.fingerprint)
    fingerprint = cmd.fingerprint.upper()
    known = desk.tables.get(NodeRow, cmd.node)
    if known is not None:
        if (known.fingerprint, known.sort, known.revoked) == (fingerprint, cmd.sort, ""):
            return
        raise RefusedError(Code.NODE_KNOWN, node=cmd.node)
    place, numbers_after = _place(desk, cmd) if cmd.sort == "site" else (-1, 0)
    yield NodeRegistered(
        node=cmd.node,
        sort=cmd.sort,
        label=cmd.label.strip(),
        certificate=cmd.certificate,
        fingerprint=fingerprint,
        place=place,
        numbers_after=numbers_after,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeNode(Command):
    """A workstation is lost, stolen or given away: what it writes from now on is in doubt."""

    node: str


@use_case(
    RevokeNode, needs=Right.ADMINISTER, touches=(Topic.PACKAGES,), needs_reason=lambda _cmd, _desk: True
)
def revoke_node(cmd: RevokeNode, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the last of its events that is known here; those stay. NODE_UNKNOWN, NODE_REVOKED, OWN_NODE."""
    row = desk.tables.get(NodeRow, cmd.node)
    if row is None:
        raise RefusedError(Code.NODE_UNKNOWN, node=cmd.node)
    if row.revoked:
        raise RefusedError(Code.NODE_REVOKED, node=cmd.node)
    if row.node == desk.node:
        raise RefusedError(Code.OWN_NODE)
    last = next((end.seq for end in desk.reached() if end.node == row.node), 0)
    yield NodeRevoked(node=row.node, last=last, reason=cmd.reason.strip())


def _place(desk: Desk, cmd: RegisterNode) -> tuple[int, int]:
    """The next place, and the number above which numbers are shared out: the same for all of the site."""
    site = desk.tables.find(NodeRow, sort="site")
    if not site and cmd.node != desk.node:
        raise RefusedError(Code.NODE_UNKNOWN, node=desk.node)
    if len(site) >= PLACES:
        raise RefusedError(Code.NODES_FULL, most=PLACES)
    return len(site), site[0].numbers_after if site else highest_number(desk)
