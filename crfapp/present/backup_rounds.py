"""Copies of the records while somebody is in: looked after from time to time, and before closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from crfapp.base.problems import AppProblem
    from crfapp.present.lane import Lane, Steps, Stop
    from crfapp.present.texts import Texts
    from crfapp.work.outcome import Outcome

KeepCopies = Callable[["Steps", bool], None]
"""Makes the copy that is due, on the lane; the flag says that the program is being closed."""
EVERY_MINUTES = 15
_QUIET = frozenset({Topic.BACKUPS, Topic.SESSION})


class BackupRounds:
    """Asks for one look after the other; what fails is tried again, and its age is shown meanwhile."""

    def __init__(self, lane: Lane, keep: KeepCopies, say: Texts) -> None:
        self._lane, self._keep, self._say = lane, keep, say
        self._show: Callable[[], None] = lambda: None
        self._stop: Stop | None = None
        self._then: Callable[[], None] | None = None
        self._heard = self._left = False
        self.over = False
        """Whether whoever was in has gone: no look begins any more."""

    def watch(self, show: Callable[[], None]) -> None:
        """Have the status bar look again after each."""
        self._show = show

    def begin(self) -> None:
        """Begin a look, unless one is under way or these are over."""
        if self._stop is None and not self.over:
            self._start(leaving=False)

    def leave(self, then: Callable[[], None]) -> bool:
        """Begin a last one where something was recorded; ``then`` is called after it. False without cause."""
        if self.over or self._left or self._stop is not None or not self._heard:
            return False
        self._then, self._left = then, True
        self._start(leaving=True)
        return True

    def stop(self) -> None:
        """Whoever is in goes: nothing more is recorded in their name."""
        self.over = True
        if self._stop is not None:
            self._stop()

    def heed(self, outcome: Outcome) -> None:
        """Something was recorded; a copy that somebody made counts for the status bar at once."""
        if Topic.BACKUPS in outcome.topics:
            self._show()
        self._heard = self._heard or bool(outcome.topics - _QUIET)

    def _start(self, *, leaving: bool) -> None:
        title = self._say("Backup") if leaving else ""
        self._stop = self._lane.start(
            lambda steps: self._keep(steps, leaving),
            done=lambda _: self._end(),
            failed=self._not_done,
            title=title,
        )

    def _not_done(self, _problem: AppProblem) -> None:
        self._end()

    def _end(self) -> None:
        self._stop, then, self._then = None, self._then, None
        self._show()
        if then is not None:
            then()
