"""The delegation log: which duties the investigator gives to whom, from day to day (REQ-206)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import DelegationEnded, DutiesDelegated, Event
from crfapp.ledger.state import DutyRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import DUTIES, RIGHTS, Actor, Right, Role
from crfapp.work.validity import checked_days, iso_day, person_on_record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from crfapp.work.desk import Desk


def duties_for(role: Role) -> tuple[Right, ...]:
    """The duties that somebody of a role can be given; a sub-investigator alone can be given to sign."""
    return tuple(duty for duty in DUTIES if duty in RIGHTS[role])


def is_in_force(row: DutyRow, day: str) -> bool:
    """Whether a line of the log holds on an ISO day of the site."""
    return row.start <= day and (not row.end or day <= row.end)


def duties_on(rows: Collection[DutyRow], day: str) -> frozenset[Right]:
    """What lines of the log give on an ISO day."""
    return frozenset(Right[name] for row in rows if is_in_force(row, day) for name in row.duties.split(","))


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateDuties(Command):
    """Give duties (names of :data:`crfapp.work.roles.DUTIES`) to a person; days are ISO, ``end`` may be open.

    From the first line on, the log alone says which of these duties the person has.
    """

    login: str
    duties: tuple[str, ...]
    start: str
    end: str = ""


@use_case(DelegateDuties, needs=Right.OVERSEE, touches=(Topic.PEOPLE,))
def delegate_duties(cmd: DelegateDuties, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Write the line; UNKNOWN_PERSON, DUTY_OUTSIDE_ROLE, NOT_A_DATE, DAYS_CROSSED."""
    row = person_on_record(desk, cmd.login)
    possible = [duty.name for duty in duties_for(Role(row.role))]
    if row.login == actor.login or not cmd.duties or not set(cmd.duties) <= set(possible):
        raise RefusedError(Code.DUTY_OUTSIDE_ROLE)
    start, end = checked_days(cmd.start, cmd.end)
    if not start:
        raise RefusedError(Code.NOT_A_DATE)
    duties = tuple(name for name in possible if name in cmd.duties)
    yield DutiesDelegated(
        delegation=desk.new_id(),
        login=row.login,
        duties=duties,
        start=start,
        end=end,
        reason=cmd.reason or None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDelegation(Command):
    """Let a line of the log end with a day (ISO): yesterday, so that it holds no more, today, or later."""

    delegation: str
    end: str


@use_case(EndDelegation, needs=Right.OVERSEE, touches=(Topic.PEOPLE,))
def end_delegation(cmd: EndDelegation, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Write its last day; it never becomes later: UNKNOWN_DELEGATION, NOT_A_DATE, DAYS_CROSSED."""
    row = desk.tables.get(DutyRow, cmd.delegation)
    if row is None:
        raise RefusedError(Code.UNKNOWN_DELEGATION)
    end = iso_day(cmd.end)
    if not end:
        raise RefusedError(Code.NOT_A_DATE)
    yesterday = (desk.today - timedelta(days=1)).isoformat()
    if end < yesterday or (row.end and end >= row.end):
        raise RefusedError(Code.DAYS_CROSSED)
    yield DelegationEnded(delegation=row.delegation, end=end, reason=cmd.reason or None)
