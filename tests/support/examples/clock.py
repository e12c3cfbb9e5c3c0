"""Examples of the commands about the workstation's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.clock import CompareClock, NoteClockJump
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example

CLOCK: dict[type[Command], Example] = {
    NoteClockJump: (lambda _w: NoteClockJump(seconds=-10_800), Role.NURSE, ["clock-noticed"]),
    CompareClock: (
        lambda _w: CompareClock(against="telephone", off_seconds=120),
        Role.ADMINISTRATOR,
        ["clock-proved"],
    ),
}
