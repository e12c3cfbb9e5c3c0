"""Counting something beside the window, again and again: never twice at once, and never for what is past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.base.problems import AppProblem
    from crfapp.present.lane import Lane

T = TypeVar("T")


class Recount(Generic[T]):
    """``find`` gives, where the window is, the work that is then done on the lane; ``done`` takes its result.

    Whoever asks while it is being counted has it counted once more.
    """

    def __init__(
        self,
        lane: Lane,
        find: Callable[[], Callable[[], T]],
        done: Callable[[T], None],
        failed: Callable[[AppProblem], None],
    ) -> None:
        self._lane, self._find, self._done, self._failed = lane, find, done, failed
        self._running = self._again = False

    def ask(self) -> None:
        """Count, or count again after what is being counted now."""
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        work = self._find()
        self._lane.start(lambda _steps: work(), done=self._counted, failed=self._not_counted)

    def _counted(self, found: T) -> None:
        self._running = False
        if self._again:
            self.ask()
        else:
            self._done(found)

    def _not_counted(self, problem: AppProblem) -> None:
        self._running = False
        self._failed(problem)
