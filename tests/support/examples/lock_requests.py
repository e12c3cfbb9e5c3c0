"""Examples of what the centre asks to lock, and of the site's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import Scope
from crfapp.work.lock_requests import AnswerLocks, AskLock
from crfapp.work.roles import Actor, Role
from tests.support.central import at_centre, central_bus

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

DIMA = Actor("dima", "Dima Saleh", Role.DATA_MANAGER, "Sponsor")


def _ask(ward: Ward) -> Command:
    ward.enter(ward.dm, SEX="M")
    ward.bus = central_bus(ward)
    return AskLock(scope=Scope(*ward.dm))


def _answer(ward: Ward) -> Command:
    ward.enter(ward.dm, SEX="M")
    with at_centre(ward) as bus:
        bus.send(AskLock(scope=Scope(*ward.dm)), DIMA)
    return AnswerLocks()


LOCK_REQUESTS: dict[type[Command], Example] = {
    AskLock: (_ask, Role.DATA_MANAGER, ["lock-asked"]),
    AnswerLocks: (_answer, Role.NURSE, ["lock-refused"]),
}
