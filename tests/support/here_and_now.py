"""Long work done at once, where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.base.problems import AppProblem, Code, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable


class HereAndNow:
    """A lane that does the work at once; ``stop_at`` cancels at that step."""

    def __init__(self, stop_at: int = 10**9) -> None:
        self.steps: list[tuple[int, int, str]] = []
        self._left = stop_at

    def step(self, done: int, total: int, what: str) -> None:
        self.steps.append((done, total, what))
        self._left -= 1
        if self._left < 0:
            raise RefusedError(Code.CANCELLED)

    def start(
        self,
        work: Callable[[Any], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[AppProblem], None],
        title: str = "",
    ) -> Callable[[], None]:
        del title
        try:
            result = work(self)
        except AppProblem as problem:
            failed(problem)
        else:
            done(result)
        return lambda: None

    def at_desk(self, act: Callable[[], Any]) -> Any:
        return act()
