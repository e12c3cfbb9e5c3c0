"""Packages leave, and that they did is recorded (REQ-110, 806)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, PackageSent
from crfapp.ledger.state import PackageRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSent(Command):
    """A package lies where its recipient looks; ``route`` is the address without secrets, or ``by hand``."""

    package: str
    route: str


@use_case(NoteSent, needs=Right.SEND, touches=(Topic.PACKAGES,))
def note_sent(cmd: NoteSent, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; PACKAGE_UNKNOWN for a package that was not made."""
    if desk.tables.get(PackageRow, cmd.package) is None:
        raise RefusedError(Code.PACKAGE_UNKNOWN)
    yield PackageSent(package=cmd.package, route=cmd.route)
