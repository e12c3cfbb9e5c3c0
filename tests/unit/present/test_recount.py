"""What is counted beside the window is never what stood before the last change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.present.recount import Recount

if TYPE_CHECKING:
    from collections.abc import Callable


class Later:
    """A lane on which work waits until it is let go on."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[Any], Any], Callable[[Any], None], Callable[..., None]]] = []

    def start(
        self,
        work: Callable[[Any], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[AppProblem], None],
        title: str = "",
    ) -> Callable[[], None]:
        assert not title
        self.waiting.append((work, done, failed))
        return lambda: None

    def goes_on(self) -> None:
        work, done, failed = self.waiting.pop(0)
        try:
            done(work(None))
        except AppProblem as problem:
            failed(problem)


def test_a_change_while_it_is_counted_is_counted_too_and_the_old_number_is_never_told() -> None:
    stands, told, lane = [3], list[int](), Later()

    def find() -> Callable[[], int]:
        stood = stands[0]
        return lambda: stood

    count = Recount(lane, find, told.append, lambda _: None)
    count.ask()
    stands[0] = 4
    count.ask()
    count.ask()
    assert len(lane.waiting) == 1
    lane.goes_on()
    assert told == []
    lane.goes_on()
    assert (told, lane.waiting) == ([4], [])


def test_after_a_problem_it_can_be_counted_again() -> None:
    problems, told, lane = list[Code](), list[int](), Later()
    fails = [True]

    def work() -> int:
        if fails[0]:
            raise EnvironmentProblem(Code.DISK_FAILS)
        return 5

    count = Recount(lane, lambda: work, told.append, lambda problem: problems.append(problem.code))
    count.ask()
    lane.goes_on()
    fails[0] = False
    count.ask()
    lane.goes_on()
    assert (problems, told) == ([Code.DISK_FAILS], [5])
