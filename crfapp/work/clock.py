"""The clock of the workstation: that it moved while the program ran, that somebody compared it (REQ-404).

The program cannot own the clock; it notices, records and goes on. The order of events never hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import ClockNoticed, ClockProved, Event
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClockJump(Command):
    """The wall clock moved against the machine's steady one, forward or back (negative)."""

    seconds: int


@use_case(NoteClockJump, needs=Right.ENTER, touches=(Topic.SITE,))
def note_clock_jump(cmd: NoteClockJump, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it in the name of whoever is in; the program noticed, and accuses nobody."""
    if cmd.seconds:
        yield ClockNoticed(jumped_seconds=cmd.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareClock(Command):
    """Somebody looked at a clock outside; ours was ahead of it by ``off_seconds``, or behind (negative)."""

    against: str
    off_seconds: int


@use_case(CompareClock, needs=Right.ADMINISTER, touches=(Topic.SITE,))
def compare_clock(cmd: CompareClock, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record against what and how far off; it corrects nothing (docs/decisions/0022-clock.md)."""
    if not cmd.against.strip():
        raise RefusedError(Code.CLOCK_UNNAMED)
    yield ClockProved(against=cmd.against.strip(), off_seconds=cmd.off_seconds)
