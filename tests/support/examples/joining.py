"""The example of the command with which another workstation begins its chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.joining import TakeInvitation
from crfapp.work.roles import Role
from tests.support.clinic import ADMIN
from tests.support.examples.nodes import workstation

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward


def _take(ward: Ward) -> Command:
    ward.bus.send(workstation("ws-test", "A"), ADMIN)
    return TakeInvitation(
        package="invitation-ws-test", sender="ws-clinic", sha256="c" * 64, made_at="2025-01-05T06:00:00Z"
    )


JOINING: dict[type[Command], Example] = {TakeInvitation: (_take, Role.NURSE, ["package-taken-in"])}
