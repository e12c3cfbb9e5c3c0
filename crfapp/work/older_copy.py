"""Going on from an older copy of the records, after the newer ones were lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, OlderCopyTaken
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOlderCopy(Command):
    """Say that events of chains are lost: (chain, last event it has, last event it is known to have had)."""

    lost: tuple[tuple[str, int, int], ...]


@use_case(
    TakeOlderCopy,
    needs=Right.ADMINISTER,
    touches=(Topic.SITE,),
    needs_reason=lambda _cmd, _desk: True,
)
def take_older_copy(cmd: TakeOlderCopy, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record what is missing; NOT_WAITING where nothing is."""
    if not cmd.lost:
        raise RefusedError(Code.NOT_WAITING)
    for chain, has, known in cmd.lost:
        yield OlderCopyTaken(chain=chain, has=has, known=known, reason=cmd.reason.strip())
