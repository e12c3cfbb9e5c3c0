"""How the other workstations stand, in words; and rounds one after the other, never two at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.bootstrap.ground import translations_folder
from crfapp.present.other_workstations import (
    EVERY_MINUTES,
    RAREST_MINUTES,
    Rounds,
    Standing,
    StandingLine,
    standing_line,
)
from crfapp.present.texts import Texts
from crfapp.work.cases import Topic
from crfapp.work.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

SAME = Standing("ws-2", "Ward", "same")
WAITING = Standing("ws-2", "Ward", "waiting", 3)
APART = Standing("ws-2", "Ward", "apart", 3, Code.ROUTE_FAILS)
SET_ASIDE = Standing("ws-2", "Ward", "refused", 0, Code.CHAIN_FORKED)
ANSWERED = Outcome((), frozenset({Topic.ANSWERS}), datetime(2025, 1, 5, tzinfo=UTC))
MADE = Outcome((), frozenset({Topic.PACKAGES}), datetime(2025, 1, 5, tzinfo=UTC))


@dataclass
class SlowLane:
    """Work lies there until the test has it done."""

    work: list[tuple[Callable[[Any], Any], Callable[[Any], None], Callable[[Any], None], str]] = field(
        default_factory=list
    )
    stopped: int = 0

    def start(self, work: Any, *, done: Any, failed: Any, title: str = "") -> Callable[[], None]:
        self.work.append((work, done, failed, title))
        return self.stop

    def stop(self) -> None:
        self.stopped += 1

    def finish(self) -> None:
        work, done, failed, _title = self.work.pop()
        try:
            found = work(None)
        except EnvironmentProblem as problem:
            failed(problem)
        else:
            done(found)


class Desk:
    """Rounds whose results a test lays out."""

    def __init__(self) -> None:
        self.lane, self.results, self.asked = SlowLane(), [SAME], list[bool]()
        self.shown: list[tuple[StandingLine, ...]] = []
        self.rounds = Rounds(self.lane, self.carry_out, say())
        self.rounds.watch(self.shown.append)

    def carry_out(self, _steps: object, leaving: bool) -> list[Standing]:
        self.asked.append(leaving)
        return self.results

    def round(self, *results: Standing) -> None:
        self.results = list(results)
        self.rounds.begin()
        self.lane.finish()


def say() -> Texts:
    return Texts("en", translations_folder())


@pytest.mark.req("REQ-806")
@pytest.mark.parametrize(
    ("standing", "text", "tone"),
    [
        (SAME, "Ward: up to date", "muted"),
        (WAITING, "Ward: 3 changes waiting", "muted"),
        (APART, "Ward: place not reachable", "warn"),
        (SET_ASIDE, "Ward: a package was set aside", "error"),
        (Standing("ws-2", "Ward", "unheard"), "Ward: nothing came from it yet", "muted"),
    ],
)
def test_every_state_has_its_words_and_what_stood_in_the_way(
    standing: Standing, text: str, tone: str
) -> None:
    line = standing_line(standing, say())
    assert (line.text, line.tone) == (text, tone)
    assert standing.code is None or len(line.hint) > len(line.text)


def test_one_round_at_a_time_and_the_status_bar_is_told_of_each() -> None:
    desk = Desk()
    desk.rounds.begin()
    desk.rounds.begin()
    assert len(desk.lane.work) == 1
    desk.lane.finish()
    desk.round(WAITING)
    assert [lines[0].text for lines in desk.shown] == ["Ward: up to date", "Ward: 3 changes waiting"]
    assert desk.asked == [False, False]


def test_where_a_place_is_not_reached_rounds_become_rarer_and_then_come_back() -> None:
    desk, minutes = Desk(), []
    for _ in range(6):
        desk.round(APART)
        minutes.append(desk.rounds.minutes)
    assert minutes == sorted(minutes)
    assert minutes[-1] == RAREST_MINUTES
    desk.round(SAME)
    assert desk.rounds.minutes == EVERY_MINUTES


def test_a_round_that_fails_is_followed_by_the_next() -> None:
    desk = Desk()

    def fails(_steps: object, _leaving: bool) -> list[Standing]:
        raise EnvironmentProblem(Code.DISK_FULL)

    desk.rounds = Rounds(desk.lane, fails, say())
    for _ in range(2):
        desk.rounds.begin()
        desk.lane.finish()
    assert desk.shown == []


@pytest.mark.req("REQ-806")
def test_before_the_program_is_closed_what_was_said_leaves_once_and_only_where_it_can() -> None:
    desk, closed = Desk(), list[str]()

    def leave() -> bool:
        return desk.rounds.leave(lambda: closed.append("closed"))

    desk.rounds.heed(ANSWERED)
    assert not leave()  # nobody is known to be reached
    desk.round(SAME)
    assert not leave()  # nothing was said since
    desk.rounds.heed(MADE)
    assert not leave()  # what packages write is no cause
    desk.rounds.heed(ANSWERED)
    assert leave()
    assert desk.lane.work[-1][3] != ""  # people see it, and can stop it
    assert closed == []
    desk.lane.finish()
    assert (closed, desk.asked[-1]) == (["closed"], True)
    desk.rounds.heed(ANSWERED)
    assert not leave()


def test_whoever_goes_has_the_round_in_their_name_stopped() -> None:
    idle, desk = Desk(), Desk()
    idle.rounds.stop()
    assert idle.lane.stopped == 0
    desk.rounds.begin()
    desk.rounds.stop()
    assert desk.lane.stopped == 1


def test_when_whoever_is_in_goes_the_round_is_stopped_and_none_begins_any_more() -> None:
    desk = Desk()
    desk.round(SAME)
    desk.rounds.heed(ANSWERED)
    desk.rounds.begin()
    desk.rounds.stop()
    assert desk.lane.stopped == 1
    desk.lane.finish()
    desk.rounds.begin()
    assert not desk.rounds.leave(lambda: None)
    assert (desk.lane.work, desk.rounds.over) == ([], True)
