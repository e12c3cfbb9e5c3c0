"""Newcomers of journeys, demos and previews: what people confirm in the window, confirmed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.own_account import AcceptStatement, NoteTraining, SetOwnPassword

if TYPE_CHECKING:
    from crfapp.work.bus import Bus
    from crfapp.work.roles import Actor


def settle(bus: Bus, actor: Actor) -> None:
    """Let somebody with a new account work: password, statement, training, in their own name."""
    for command in (SetOwnPassword(), AcceptStatement(), NoteTraining()):
        bus.send(command, actor)
