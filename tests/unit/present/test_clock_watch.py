"""A clock that cannot be right is told apart from a workstation that rested (TC50)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crfapp.present.clock_watch import ClockWatch, JumpWatch
from crfapp.present.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = datetime(2025, 1, 12, 7, 0, tzinfo=UTC)


@pytest.fixture
def say(tmp_path: Path) -> Texts:
    return Texts("en", tmp_path)


def looked(watch: ClockWatch, at: datetime, say: Texts) -> str:
    found = watch.look(at, say)
    return found.what.replace("\u2068", "").replace("\u2069", "") if found is not None else ""


@pytest.mark.req("REQ-404")
def test_a_laptop_in_the_year_2020_is_told_until_its_date_is_right(say: Texts) -> None:
    watch = ClockWatch(KNOWN, "Asia/Amman")
    said = looked(watch, datetime(2020, 1, 1, tzinfo=UTC), say)
    assert said == (
        "The clock of this computer is wrong: "
        "it says 1 Jan 2020 02:00, after 12 Jan 2025 10:00 was seen here."
    )
    watch.accept()  # nobody can say that this is right
    assert looked(watch, datetime(2020, 1, 1, tzinfo=UTC), say) == said
    assert looked(watch, KNOWN + timedelta(hours=1), say) == ""


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (timedelta(minutes=-1), False), (timedelta(minutes=-3), True), (timedelta(), False),
        (timedelta(days=31), False), (timedelta(days=32), True),
    ],
)  # fmt: skip
def test_two_minutes_behind_and_a_month_of_rest_are_not_worth_a_remark(
    say: Texts, step: timedelta, told: bool
) -> None:
    assert bool(looked(ClockWatch(KNOWN, "UTC"), KNOWN + step, say)) is told


def test_after_a_long_rest_a_person_says_that_the_date_is_right(say: Texts) -> None:
    watch, now = ClockWatch(KNOWN, "UTC"), KNOWN + timedelta(days=60)
    warning = watch.look(now, say)
    assert warning is not None
    assert warning.may_be_right
    watch.accept()
    assert looked(watch, now, say) == ""
    assert looked(watch, now - timedelta(days=1), say) != ""  # and then it was set back


def test_a_clock_that_is_set_back_while_somebody_works_is_noticed(say: Texts) -> None:
    watch = ClockWatch(None, "UTC")
    assert looked(watch, KNOWN, say) == ""
    assert looked(watch, KNOWN - timedelta(hours=1), say) != ""
    assert looked(watch, KNOWN + timedelta(minutes=5), say) == ""


# ---- against the machine's steady clock


class Steady:
    """A clock that nobody can set."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.req("REQ-404")
@pytest.mark.parametrize("jump", [3 * 3600, -3 * 3600, 3650 * 86_400, -3650 * 86_400, 61, -61])
def test_a_clock_that_is_moved_while_the_program_runs_is_told_once(jump: int) -> None:
    steady = Steady()
    watch = JumpWatch(steady)
    assert watch.look(KNOWN) == 0
    steady.seconds += 15
    assert watch.look(KNOWN + timedelta(seconds=15)) == 0
    steady.seconds += 15
    moved = KNOWN + timedelta(seconds=30 + jump)
    assert watch.look(moved) == jump
    steady.seconds += 15
    assert watch.look(moved + timedelta(seconds=15)) == 0


@pytest.mark.req("REQ-404")
def test_many_small_steps_are_one_jump_and_a_long_sleep_is_none() -> None:
    steady = Steady()
    watch = JumpWatch(steady)
    watch.look(KNOWN)
    told = [watch.look(KNOWN + timedelta(seconds=20 * step)) for step in (1, 2, 3, 4)]
    assert told == [0, 0, 0, 80]
    steady.seconds += 9 * 3600  # it slept with the machine, as the wall clock did
    assert watch.look(KNOWN + timedelta(seconds=80, hours=9)) == 0


def test_without_a_steady_clock_nothing_is_compared() -> None:
    watch = JumpWatch()
    assert [watch.look(KNOWN), watch.look(KNOWN + timedelta(days=9))] == [0, 0]
