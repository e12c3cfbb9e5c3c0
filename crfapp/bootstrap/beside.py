"""An open site for work that runs beside the window: it reads for itself, and records at the desk."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from crfapp.work.bus import Bus
from crfapp.work.desk import desk_beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Steps
    from crfapp.work.cases import Command
    from crfapp.work.outcome import Outcome
    from crfapp.work.receiving import Arrival, Arrived
    from crfapp.work.roles import Actor


class LaneBus(Bus):
    """The site's bus, asked from another thread: every command is carried out where the window is."""

    def __init__(self, bus: Bus, steps: Steps) -> None:
        self._bus, self._steps = bus, steps

    def send(self, command: Command, actor: Actor) -> Outcome:
        """Carry out one command, between two steps of the window."""
        return self._steps.at_desk(lambda: self._bus.send(command, actor))

    def receive(self, arrival: Arrival, actor: Actor) -> Arrived:
        """Take in what another chain says, between two steps of the window."""
        return self._steps.at_desk(lambda: self._bus.receive(arrival, actor))

    def listen(self, listener: Callable[[Outcome], None]) -> None:
        """Be told of every outcome, where the window is."""
        self._bus.listen(listener)


def beside(opened: OpenSite, steps: Steps) -> OpenSite:
    """The same site for work on another thread: forms and tables of its own, commands through the window.

    The desk at which people work holds one command at a time and its open forms; nobody else reads from it.
    """
    other = copy(opened)
    other.desk = desk_beside(opened.desk)
    other.bus = LaneBus(opened.bus, steps)
    return other
