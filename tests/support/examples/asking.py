"""Examples of the commands by which people ask each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import Scope
from crfapp.ledger.state import QueryRow
from crfapp.work.queries import AnswerQuery, CloseQuery, RaiseQuery, ReopenQuery
from crfapp.work.roles import Actor, Role

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

MONITOR = Actor("monitor", "Monitor", Role.MONITOR, "CRO")
"""As the tests over all commands name whoever sends one."""


def asked(ward: Ward, by: Actor = MONITOR) -> str:
    """A query about the weight, raised by somebody; its id."""
    ward.enter(ward.dm, W="61.5")
    ward.bus.send(_about_weight(ward), by)
    return max(ward.ledger.tables.find(QueryRow), key=lambda row: row.seq).query


def _about_weight(ward: Ward) -> RaiseQuery:
    return RaiseQuery(scope=Scope(*ward.dm), item="W", text="Source says 65.1")


def _answer(ward: Ward) -> Command:
    return AnswerQuery(query=asked(ward), text="Corrected")


def _close(ward: Ward) -> Command:
    return CloseQuery(query=asked(ward), text="asked in error")


def _reopen(ward: Ward) -> Command:
    query = asked(ward)
    ward.bus.send(AnswerQuery(query=query, text="It is right"), ward.actor)
    return ReopenQuery(query=query, text="On which page?")


ASKING: dict[type[Command], Example] = {
    RaiseQuery: (_about_weight, Role.MONITOR, ["query-raised"]),
    AnswerQuery: (_answer, Role.NURSE, ["query-answered"]),
    CloseQuery: (_close, Role.MONITOR, ["query-closed"]),
    ReopenQuery: (_reopen, Role.MONITOR, ["query-reopened"]),
}
