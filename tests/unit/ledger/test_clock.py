"""Hybrid time runs forward whatever the wall clock does, and its text sorts the same way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.ledger.clock import BEHIND_TOLERATED_MS, Hybrid

WALLS = st.lists(st.integers(0, 4_102_444_800_000), min_size=1, max_size=30)


@given(WALLS)
def test_every_tick_is_later_than_the_one_before(walls: list[int]) -> None:
    now = Hybrid(0, 0)
    for wall in walls:
        later = now.next(wall)
        assert later > now
        assert str(later) > str(now)
        assert later.ms >= wall
        assert Hybrid.parse(str(later)) == later
        now = later


def test_a_clock_that_stands_still_never_runs_out_of_ticks() -> None:
    full = Hybrid(1_000, 99_999)
    later = full.next(1_000)
    assert (later > full, str(later) > str(full)) == (True, True)


@pytest.mark.req("REQ-404")
def test_a_clock_two_minutes_behind_is_tolerated_and_one_further_behind_is_not() -> None:
    known = Hybrid(10_000_000, 0)
    assert known.behind(10_000_000 - BEHIND_TOLERATED_MS) == 0
    assert known.behind(10_000_000 - BEHIND_TOLERATED_MS - 1) == 120
    assert known.behind(10_000_000 + 5_000) == 0
