"""What everybody does about their own account: password, statement, training, signing key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    AccountUnlocked,
    Event,
    KeyRegistered,
    PasswordSet,
    SessionOpened,
    StatementAccepted,
    TrainingNoted,
)
from crfapp.ledger.state import PersonRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Actor, Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk

STATEMENT = "1"
"""Version of the statement about electronic signatures that is asked for now (REQ-309)."""


class Step(StrEnum):
    """What somebody has to do before they may work."""

    PASSWORD = "password"  # noqa: S105 - the name of a step
    STATEMENT = "statement"
    TRAINING = "training"


def steps_of(row: PersonRow, software: str) -> tuple[Step, ...]:
    """What is still to be done, in order; a new version of program or statement asks again (REQ-205)."""
    missing = {
        Step.PASSWORD: row.password != "own",  # noqa: S105 - how it came about
        Step.STATEMENT: row.statement != STATEMENT,
        Step.TRAINING: row.trained != f"{row.role} {trained_for(software)}",
    }
    return tuple(step for step, is_missing in missing.items() if is_missing)


def trained_for(software: str) -> str:
    """The part of a version for which people are trained: MAJOR.MINOR."""
    return ".".join(software.split(".")[:2])


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOwnPassword(Command):
    """A person chose their own password; the vault has it already, the ledger never."""


@use_case(SetOwnPassword, needs=Right.ENTER, touches=(Topic.PEOPLE,))
def set_own_password(_cmd: SetOwnPassword, _desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it, of whoever acts."""
    yield PasswordSet(login=actor.login, how="own")


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptStatement(Command):
    """Accept that an electronic signature binds like a handwritten one; ``statement``: its version."""

    statement: str = STATEMENT


@use_case(AcceptStatement, needs=Right.ENTER, touches=(Topic.PEOPLE,))
def accept_statement(cmd: AcceptStatement, _desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it, of whoever acts; NOT_TRAINED where another text than today's was accepted."""
    if cmd.statement != STATEMENT:
        raise RefusedError(Code.NOT_TRAINED)
    yield StatementAccepted(login=actor.login, statement=cmd.statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTraining(Command):
    """Confirm to have been trained for one's role and for the program as it runs here."""


@use_case(NoteTraining, needs=Right.ENTER, touches=(Topic.PEOPLE,))
def note_training(_cmd: NoteTraining, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it, of whoever acts."""
    yield TrainingNoted(login=actor.login, role=actor.role.value, software=trained_for(desk.software))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKey(Command):
    """Put the public half (hex) of one's own signing key on record; the program does it after a login."""

    public: str


@use_case(RegisterKey, needs=Right.ENTER, touches=(Topic.PEOPLE,))
def register_key(cmd: RegisterKey, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it once somebody has checked who this is (REQ-202, 211): SOMEBODY_ELSE before.

    A key in force stays: it is taken away by a reset alone, after which identity is checked anew.
    """
    row = desk.tables.get(PersonRow, actor.login)
    if row is not None and (not row.identity or row.password != "own"):  # noqa: S105 - how it came about
        raise RefusedError(Code.SOMEBODY_ELSE)
    if row is not None and row.key not in ("", cmd.public):
        raise RefusedError(Code.SOMEBODY_ELSE)
    if row is None or not row.key:
        yield KeyRegistered(login=actor.login, public=cmd.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRecoverySheet(Command):
    """An administrator is let in by the recovery sheet: unlocked, and with ``reset`` given a one-time secret.

    The sheet speaks for administrators alone; everybody else is let in by another person.
    """

    reset: bool = False


@use_case(UseRecoverySheet, needs=Right.RECOVER, touches=(Topic.SESSION, Topic.PEOPLE))
def use_recovery_sheet(cmd: UseRecoverySheet, _desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it, in the name of whoever the sheet is used for."""
    yield SessionOpened(how="recovery")
    yield AccountUnlocked(login=actor.login, reason=cmd.reason or None)
    if cmd.reset:
        yield PasswordSet(login=actor.login, how="reset", reason=cmd.reason or None)
