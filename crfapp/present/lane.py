"""Long work as presenters see it: started here, carried out elsewhere, answered where it was started."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from crfapp.base.problems import AppProblem

T = TypeVar("T")
Stop = Callable[[], None]
"""Asks the work to stop at its next step."""


class Steps(Protocol):
    """What running work reports to."""

    def step(self, done: int, total: int, what: str) -> None:
        """Report (``total`` 0: not known), or RefusedError CANCELLED where the person wants it to stop."""

    def at_desk(self, act: Callable[[], T]) -> T:
        """Have something done where commands are sent, and wait for it; what it raises is raised here.

        The desk and its open forms are nobody else's: work that records something does it through this. An
        act that has not begun is not done any more once the work is to stop: RefusedError CANCELLED.
        """


class Lane(Protocol):
    """Carries out one piece of work after another."""

    def start(
        self,
        work: Callable[[Steps], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[AppProblem], None],
        title: str = "",
    ) -> Stop:
        """Begin ``work``; exactly one of ``done`` and ``failed`` is told, unless whoever asked is gone.

        ``title`` names it beside its progress; work without a title shows none and cannot be stopped.
        """
