"""An example of the second check of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.roles import Role
from crfapp.work.second import CheckAnswer

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward


def _check(ward: Ward) -> Command:
    ward.enter(ward.dm, LEN="50")
    return CheckAnswer(key=ward.dm, item="LEN", typed="51")


SECOND: dict[type[Command], Example] = {
    CheckAnswer: (_check, Role.NURSE, ["second-entry", "finding-raised"]),
}
