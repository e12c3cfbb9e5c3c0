"""What others do about somebody's account: change, end, identity, a lost password, a lock-out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    AccountUnlocked,
    Event,
    IdentityChecked,
    PasswordSet,
    PersonChanged,
    PersonEnded,
)
from crfapp.ledger.state import PersonRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Actor, Right, Role, go_together
from crfapp.work.validity import checked_days, person_on_record, same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk

LEAST_SAID = 3
"""How an identity was checked takes a few letters to say."""


def _always(_command: Command, _desk: Desk) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePerson(Command):
    """Put another name, role, organisation or other days of validity on record; days are ISO or empty."""

    login: str
    name: str
    role: Role
    organisation: str
    valid_from: str = ""
    valid_to: str = ""


@use_case(ChangePerson, needs=Right.ADMINISTER, touches=(Topic.PEOPLE,), needs_reason=_always)
def change_person(cmd: ChangePerson, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it from here on; what was done before keeps the role it was done in.

    SOMEBODY_ELSE for one's own account; ROLES_CONFLICT for a role of another side, or beside another open
    account of the same person; LAST_ADMINISTRATOR; NOT_A_DATE, DAYS_CROSSED.
    """
    row = person_on_record(desk, cmd.login)
    if cmd.login == actor.login:
        raise RefusedError(Code.SOMEBODY_ELSE)
    if not go_together(Role(row.role), cmd.role):
        raise RefusedError(Code.ROLES_CONFLICT)
    refuse_conflict(desk, cmd.name, cmd.role, but=cmd.login)
    first, last = checked_days(cmd.valid_from, cmd.valid_to)
    told = PersonChanged(
        login=row.login,
        name=cmd.name,
        role=cmd.role.value,
        organisation=cmd.organisation,
        valid_from=first,
        valid_to=last,
        reason=cmd.reason,
    )
    changed = row._replace(**told.model_dump(exclude={"login", "subject", "reason"}))
    if changed.valid_to:
        _refuse_without_administrator(desk, row)
    if changed != row:
        yield told


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPerson(Command):
    """Close an account for ever; its login is never given again (REQ-201)."""

    login: str


@use_case(EndPerson, needs=Right.ADMINISTER, touches=(Topic.PEOPLE,), needs_reason=_always)
def end_person(cmd: EndPerson, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it; SOMEBODY_ELSE for one's own account, LAST_ADMINISTRATOR."""
    row = person_on_record(desk, cmd.login)
    if cmd.login == actor.login:
        raise RefusedError(Code.SOMEBODY_ELSE)
    _refuse_without_administrator(desk, row)
    yield PersonEnded(login=row.login, reason=cmd.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIdentity(Command):
    """Say that a person was seen to be who the account says, and ``how``: before that nobody signs."""

    login: str
    how: str


@use_case(CheckIdentity, needs=Right.VOUCH, touches=(Topic.PEOPLE,))
def check_identity(cmd: CheckIdentity, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it, where this person may vouch for that one (SOMEBODY_ELSE, REASON_TOO_SHORT)."""
    row = person_on_record(desk, cmd.login)
    if len(cmd.how.strip()) < LEAST_SAID:
        raise RefusedError(Code.REASON_TOO_SHORT, least=LEAST_SAID)
    if not may_vouch(desk, actor, row):
        raise RefusedError(Code.SOMEBODY_ELSE)
    yield IdentityChecked(login=row.login, how=cmd.how.strip())


def may_vouch(desk: Desk, actor: Actor, row: PersonRow) -> bool:
    """Whether somebody can say who a person is: never of oneself, nor of whom one gave a password (REQ-211).

    Who vouches was vouched for. Only while nobody else here ever was, and nothing was reset, may it be
    whoever gave the first password: a site begins with one person.
    """
    if actor.login == row.login:
        return False
    others = [one for one in desk.tables.find(PersonRow) if one.login != row.login]
    if not any(one.vouched for one in others) and row.password != "reset" and not row.vouched:  # noqa: S105
        return True
    own = desk.tables.get(PersonRow, actor.login)
    return actor.login != row.reset_by and own is not None and bool(own.identity)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword(Command):
    """Replace a lost password by a secret that is used once; the person's signing key is lost with it."""

    login: str


@use_case(ResetPassword, needs=Right.ADMINISTER, touches=(Topic.PEOPLE,), needs_reason=_always)
def reset_password(cmd: ResetPassword, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it before the secret opens anything; SOMEBODY_ELSE for one's own account."""
    row = person_on_record(desk, cmd.login)
    if row.login == actor.login:
        raise RefusedError(Code.SOMEBODY_ELSE)
    yield PasswordSet(login=row.login, how="reset", reason=cmd.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockAccount(Command):
    """Let somebody try again after too many wrong passwords (REQ-207)."""

    login: str


@use_case(UnlockAccount, needs=Right.ADMINISTER, touches=(Topic.PEOPLE,))
def unlock_account(cmd: UnlockAccount, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it; never of oneself (SOMEBODY_ELSE)."""
    row = person_on_record(desk, cmd.login)
    if row.login == actor.login:
        raise RefusedError(Code.SOMEBODY_ELSE)
    yield AccountUnlocked(login=row.login, reason=cmd.reason or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockAdministrator(Command):
    """Let an administrator try again, where there is no other administrator to do it."""

    login: str


@use_case(UnlockAdministrator, needs=Right.OVERSEE, touches=(Topic.PEOPLE,))
def unlock_administrator(cmd: UnlockAdministrator, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it; NOT_ALLOWED for anybody else's account."""
    row = person_on_record(desk, cmd.login)
    if row.role != Role.ADMINISTRATOR.value:
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=Right.ADMINISTER.value)
    yield AccountUnlocked(login=row.login, reason=cmd.reason or None)


def refuse_conflict(desk: Desk, name: str, role: Role, *, but: str = "") -> None:
    """ROLES_CONFLICT where a person of this name has an open account of another side (REQ-215, 508)."""
    for row in desk.tables.find(PersonRow):
        is_same = row.login != but and not row.ended and same_name(row.name) == same_name(name)
        if is_same and not go_together(Role(row.role), role):
            raise RefusedError(Code.ROLES_CONFLICT)


def _refuse_without_administrator(desk: Desk, leaving: PersonRow) -> None:
    """LAST_ADMINISTRATOR where every other administrator's account has a last day, too."""
    rows = desk.tables.find(PersonRow, role=Role.ADMINISTRATOR.value, ended=0, valid_to="")
    if leaving in rows and len(rows) == 1:
        raise RefusedError(Code.LAST_ADMINISTRATOR)
