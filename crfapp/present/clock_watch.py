"""Whether the computer's clock can be right, and what to say while it cannot (REQ-404)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crfapp.present.texts import Texts

BEHIND = timedelta(minutes=2)
"""A clock that is behind what is known by no more than this is not yet worth a remark."""
AHEAD = timedelta(days=31)
"""A workstation that was not used for longer than this may have rested, or its clock has jumped."""

JUMP_TOLERATED_S = 60
"""A clock that was corrected by no more than this is not worth a remark."""


@dataclass(frozen=True, slots=True)
class ClockWarning:
    """What is wrong and what to do. ``may_be_right``: only a person can know."""

    what: str
    todo: str
    may_be_right: bool


class JumpWatch:
    """Compares the wall clock with the machine's steady one, which nobody can set, while the program runs.

    ``steady`` gives seconds from some beginning, also counted while the machine slept; None where nothing is
    to be compared. It outlives the faces of the window: what was moved while it was locked is found after.
    """

    def __init__(self, steady: Callable[[], float] | None = None) -> None:
        self._steady = steady
        self._base: tuple[datetime, float] | None = None
        self._first: tuple[datetime, float] | None = None

    def reached(self, known: datetime | None) -> datetime | None:
        """How far the time has come by the steady clock since the first look, at least from what was known.

        Where no steady clock is watched it is what was known.
        """
        if self._steady is None or self._first is None:
            return known
        began = self._first[0] if known is None else max(self._first[0], known)
        return began + timedelta(seconds=self._steady() - self._first[1])

    def look(self, now: datetime) -> int:
        """Seconds by which the wall clock jumped, each jump told once; 0 while that is tolerable."""
        if self._steady is None:
            return 0
        steady = self._steady()
        if self._base is None:
            self._base = self._first = now, steady
        jumped = round((now - self._base[0]).total_seconds() - (steady - self._base[1]))
        if abs(jumped) <= JUMP_TOLERATED_S:
            return 0
        self._base = now, steady
        return jumped

    def apart(self, now: datetime) -> int:
        """Seconds by which the wall clock has moved since it was last compared, however few."""
        if self._steady is None or self._base is None:
            return 0
        return round((now - self._base[0]).total_seconds() - (self._steady() - self._base[1]))


class ClockWatch:
    """Compares the clock with the latest instant that this workstation knew when it was opened.

    ``known`` comes from the last event and from file times; None where there is neither. It moves on
    with the clock, so that a clock set back during a session is noticed too.
    """

    def __init__(self, known: datetime | None, zone: str) -> None:
        self._known, self._zone = known, zone
        self._rested = False

    def accept(self) -> None:
        """A person says that the workstation rested and the date is right."""
        self._rested = True

    def look(self, now: datetime, say: Texts) -> ClockWarning | None:
        """What to say about the clock now; None while it can be right."""
        if self._known is None or self._known - BEHIND <= now <= self._known + AHEAD or self._accepted(now):
            self._known = max(now, self._known or now)
            return None
        facts = {"now": self._words(now, say), "known": self._words(self._known, say)}
        if now < self._known:
            return ClockWarning(
                say(
                    "The clock of this computer is wrong: it says {now}, after {known} was seen here.",
                    **facts,
                ),
                say("Set its date and time. Entry goes on; every entry is marked until the clock is right."),
                may_be_right=False,
            )
        return ClockWarning(
            say("Is the clock of this computer right? It says {now}; the last use was {known}.", **facts),
            say("If not, set its date and time before dates are entered."),
            may_be_right=True,
        )

    def _accepted(self, now: datetime) -> bool:
        return self._rested and self._known is not None and now > self._known

    def _words(self, instant: datetime, say: Texts) -> str:
        local = Moment.at(instant, self._zone).local
        return f"{say.date(local.date())} {isolated(f'{local:%H:%M}')}"
