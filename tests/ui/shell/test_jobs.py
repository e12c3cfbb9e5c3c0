"""Long work runs beside the window, reports, can be cancelled, and never calls somebody who is gone."""

from __future__ import annotations

import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, RefusedError
from crfapp.ui.jobs import JobRunner, Running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from crfapp.present.lane import Steps


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    del qtbot
    runner = JobRunner()
    yield runner
    runner.stop()


def unwanted(_: object) -> None:
    raise AssertionError("this answer was not expected")


def test_the_answer_comes_on_the_threads_of_the_window_and_the_work_runs_elsewhere(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    owner, threads = QObject(), list[int]()
    work_threads: list[int] = []

    def work(_: Steps) -> int:
        work_threads.append(threading.get_ident())
        return 7

    answers: list[int] = []

    def done(answer: int) -> None:
        answers.append(answer)
        threads.append(threading.get_ident())

    jobs.start(owner, work, done=done, failed=unwanted)
    qtbot.waitUntil(lambda: answers == [7])
    assert threads == [threading.get_ident()]
    assert work_threads != [threading.get_ident()]


def test_a_refusal_arrives_as_it_was_raised(jobs: JobRunner, qtbot: QtBot) -> None:
    owner, problems = QObject(), list[AppProblem]()

    def work(_: Steps) -> None:
        raise EnvironmentProblem(Code.DISK_FULL)

    jobs.start(owner, work, done=unwanted, failed=problems.append)
    qtbot.waitUntil(lambda: [problem.code for problem in problems] == [Code.DISK_FULL])


def test_steps_are_shown_while_a_job_with_a_title_runs_and_taken_away_at_its_end(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    owner, shown = QObject(), list[Running | None]()
    jobs.changed.connect(shown.append)

    def work(steps: Steps) -> None:
        steps.step(1, 2, "LESM")

    jobs.start(owner, work, done=lambda _: None, failed=unwanted, title="Export")
    assert jobs.busy
    qtbot.waitUntil(lambda: shown[-1] is None)
    steps = [(one.title, one.done, one.total, one.what) for one in shown if one is not None]
    assert steps[-1] == ("Export", 1, 2, "LESM")
    assert not jobs.busy


def test_work_without_a_title_shows_nothing(jobs: JobRunner, qtbot: QtBot) -> None:
    owner, shown, answers = QObject(), list[object](), list[int]()
    jobs.changed.connect(shown.append)
    jobs.start(owner, lambda _: 1, done=answers.append, failed=unwanted)
    assert not jobs.busy
    qtbot.waitUntil(lambda: answers == [1])
    assert shown == []


def test_cancelling_bites_at_the_next_step(jobs: JobRunner, qtbot: QtBot) -> None:
    owner, problems, reached = QObject(), list[AppProblem](), list[str]()
    begun, go = threading.Event(), threading.Event()

    def work(steps: Steps) -> None:
        begun.set()
        go.wait(10)
        steps.step(1, 2, "")
        reached.append("beyond")

    stop = jobs.start(owner, work, done=unwanted, failed=problems.append, title="Export")
    qtbot.waitUntil(begun.is_set)
    stop()
    go.set()
    qtbot.waitUntil(lambda: [problem.code for problem in problems] == [Code.CANCELLED])
    assert reached == []


def test_jobs_run_one_after_another_in_the_order_they_were_started(jobs: JobRunner, qtbot: QtBot) -> None:
    owner, order = QObject(), list[int]()

    def in_turn(number: int, _: Steps) -> None:
        order.append(number)

    for number in range(20):
        jobs.start(owner, partial(in_turn, number), done=lambda _: None, failed=unwanted)
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))


def test_work_that_steps_faster_than_the_window_can_show_does_not_flood_it(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    owner, shown, finished = QObject(), list[Running | None](), threading.Event()
    jobs.changed.connect(shown.append)

    def work(steps: Steps) -> None:
        for number in range(50_000):
            steps.step(number, 50_000, "")
        finished.set()

    jobs.start(owner, work, done=lambda _: None, failed=unwanted, title="Export")
    assert finished.wait(10)  # the window is busy with something else
    qtbot.waitUntil(lambda: shown[-1] is None)
    assert len(shown) <= 4
    assert [one.done for one in shown if one is not None][-1] == 49_999


def test_nobody_is_answered_while_still_asking(jobs: JobRunner, qtbot: QtBot) -> None:
    owner, order = QObject(), list[str]()
    for number in range(200):
        jobs.start(owner, lambda _: None, done=lambda _: order.append("answer"), failed=unwanted)
        order.append("asked")
        assert "answer" not in order, number
    qtbot.waitUntil(lambda: order.count("answer") == 200)


def test_an_owner_that_is_gone_is_not_called_and_the_work_still_counts_as_running(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    owner, other = QObject(), QObject()
    go, after = threading.Event(), list[int]()
    jobs.start(owner, lambda _: go.wait(10), done=unwanted, failed=unwanted, title="Export")
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    assert jobs.busy
    go.set()
    jobs.start(other, lambda _: 1, done=after.append, failed=unwanted)
    qtbot.waitUntil(lambda: after == [1])
    assert not jobs.busy


def test_a_mistake_of_ours_is_shown_like_any_other_and_the_owner_is_not_left_waiting(
    jobs: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooked: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: hooked.append(kind))
    owner, problems = QObject(), list[AppProblem]()

    def work(_: Steps) -> None:
        raise ZeroDivisionError

    jobs.start(owner, work, done=unwanted, failed=problems.append)
    qtbot.waitUntil(lambda: hooked == [ZeroDivisionError])
    assert len(problems) == 1


def test_stopping_waits_for_the_work_and_calls_nobody(jobs: JobRunner, qtbot: QtBot) -> None:
    del qtbot
    owner, ended = QObject(), list[bool]()
    begun = threading.Event()

    def work(steps: Steps) -> None:
        begun.set()
        try:
            while True:
                steps.step(0, 0, "")
        finally:
            ended.append(True)

    jobs.start(owner, work, done=unwanted, failed=unwanted, title="Export")
    begun.wait(10)
    jobs.stop()
    assert ended == [True]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("crfapp-work")]


# ---- what only the window's thread may do


def test_what_is_recorded_during_the_work_is_recorded_on_the_threads_of_the_window(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    owner, answers = QObject(), list[tuple[int, bool]]()
    work_threads: list[int] = []

    def work(steps: Steps) -> tuple[int, bool]:
        work_threads.append(threading.get_ident())
        return steps.at_desk(lambda: (7, threading.get_ident() != work_threads[0]))

    jobs.start(owner, work, done=answers.append, failed=unwanted)
    qtbot.waitUntil(lambda: answers == [(7, True)])


def test_what_is_refused_at_the_desk_is_raised_in_the_work(jobs: JobRunner, qtbot: QtBot) -> None:
    owner, problems = QObject(), list[AppProblem]()

    def refuse() -> None:
        raise RefusedError(Code.NOT_ALLOWED)

    jobs.start(owner, lambda steps: steps.at_desk(refuse), done=unwanted, failed=problems.append)
    qtbot.waitUntil(lambda: [problem.code for problem in problems] == [Code.NOT_ALLOWED])


def test_a_window_that_ends_waits_for_no_work_that_waits_for_it(jobs: JobRunner) -> None:
    """The window does not turn its loop any more: what has not begun is not done, and nobody hangs."""
    owner, asking, recorded = QObject(), threading.Event(), list[int]()
    ends: list[Code] = []

    def work(steps: Steps) -> None:
        asking.set()
        try:
            steps.at_desk(lambda: recorded.append(1))
        except AppProblem as problem:
            ends.append(problem.code)
            raise

    jobs.start(owner, work, done=unwanted, failed=unwanted)
    assert asking.wait(10)
    jobs.stop()
    assert (ends, recorded) == ([Code.CANCELLED], [])


def test_nothing_is_recorded_any_more_in_the_name_of_somebody_who_has_gone(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    """The wish to record is on its way to the window while the person locks it."""
    owner, asking, recorded = QObject(), threading.Event(), list[int]()
    problems: list[AppProblem] = []

    def work(steps: Steps) -> None:
        asking.set()
        steps.at_desk(lambda: recorded.append(1))

    stop = jobs.start(owner, work, done=unwanted, failed=problems.append, title="Package")
    assert asking.wait(10)
    stop()
    qtbot.waitUntil(lambda: [problem.code for problem in problems] == [Code.CANCELLED])
    assert recorded == []
