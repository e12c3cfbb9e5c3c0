"""Another workstation begins its chain: the first thing it says is what it was given (REQ-214, 806)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, PackageTakenIn
from crfapp.ledger.state import NodeRow, ReceiptRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

INVITATION = 0
"""The number of an invitation among the packages of whoever made it: their first package has 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInvitation(Command):
    """Everything that an invitation held is here, sound; ``package`` names it, ``sender`` made it."""

    package: str
    sender: str
    sha256: str
    made_at: str


@use_case(TakeInvitation, needs=Right.ENTER, touches=(Topic.PACKAGES,))
def take_invitation(cmd: TakeInvitation, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it with how far every chain has come here; for the workstation that invited it is the receipt.

    NODE_UNKNOWN where this workstation is not registered, INVITATION_USED where it was recorded before.
    """
    if desk.tables.get(NodeRow, desk.node) is None:
        raise RefusedError(Code.NODE_UNKNOWN, node=desk.node)
    if desk.tables.get(ReceiptRow, cmd.package, desk.node) is not None:
        raise RefusedError(Code.INVITATION_USED, node=desk.node)
    ends = desk.reached()
    yield PackageTakenIn(
        package=cmd.package,
        sender=cmd.sender,
        number=INVITATION,
        sha256=cmd.sha256,
        made_at=cmd.made_at,
        events=sum(end.seq for end in ends),
        ends=ends,
    )
