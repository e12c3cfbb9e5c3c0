"""Somebody is watched after a dose: what is due, for how long it has been, whatever becomes of the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crfapp.ledger.keys import FormKey
from crfapp.work.clock import NoteClockJump
from crfapp.work.observation import (
    Jump,
    Observation,
    Passed,
    jumps_among,
    observations_of,
    running,
    time_passed,
    time_watched,
)
from tests.support.injection import InjectionClinic, instant


class Watched(InjectionClinic):
    """A subject whose injection ended at 10:18 on 12 January, written down at 10:20."""

    def __init__(self, ended: str = "10:18", now: str = "2025-01-12 10:20") -> None:
        super().__init__()
        at = self.injection()
        self.clock.at = instant(now)
        self.ecev = self.dose(at, start="10:05", end=ended)
        self.obs = FormKey(*at, "OBS", 1)

    def goes_on(self, minutes: float) -> None:
        """Time passes, and the clock with it."""
        self.clock.later(minutes=minutes)

    def is_moved(self, minutes: float) -> None:
        """Somebody sets the clock, and the program notices."""
        self.clock.later(minutes=minutes)
        self.send(NoteClockJump(seconds=round(minutes * 60)))

    def jumps(self) -> list[Jump]:
        """What the ledger says of the clock."""
        return jumps_among(self.ledger.records(None))

    def passed(self, unnoticed: int = 0) -> Passed:
        """How long it has been since the dose."""
        (observed,) = running(self.desk)
        return time_passed(self.desk, observed, self.jumps(), unnoticed)


def test_nobody_is_watched_before_a_dose_has_ended() -> None:
    clinic = Watched(ended="")
    assert running(clinic.desk) == ()
    clinic.enter(clinic.ecev, ECENDTM="10:18")
    assert [one.key for one in running(clinic.desk)] == [clinic.obs]


def test_the_points_are_due_at_0_15_30_and_60_minutes() -> None:
    clinic = Watched()
    (observed,) = running(clinic.desk)
    assert [
        (point.row, *(f"{one.local:%H:%M}" for one in (point.due, point.earliest, point.latest)))
        for point in observed.points
    ] == [
        ("0", "10:18", "10:18", "10:23"),
        ("15", "10:33", "10:28", "10:38"),
        ("30", "10:48", "10:43", "10:53"),
        ("60", "11:18", "11:18", "11:33"),
    ]
    assert (observed.minutes, f"{observed.over.local:%H:%M}") == (60, "11:18")
    assert clinic.passed().minutes == 2


def test_points_count_from_when_watching_really_began() -> None:
    clinic = Watched()
    clinic.enter(clinic.obs, OBSYN="Y", OBSSTDTM="10:20")
    (observed,) = running(clinic.desk)
    assert [f"{point.due.local:%H:%M}" for point in observed.points] == ["10:20", "10:35", "10:50", "11:20"]
    assert f"{observed.over.local:%H:%M}" == "11:18"


def test_what_was_measured_is_over_and_the_next_one_is_due() -> None:
    clinic = Watched()
    clinic.enter(clinic.obs, OBSYN="Y", OBSSTDTM="10:18")
    clinic.enter(clinic.obs, "0", VSDTM="10:19")
    (observed,) = running(clinic.desk)
    assert f"{observed.points[0].measured.local:%H:%M}" == "10:19"  # type: ignore[union-attr]
    assert minute_at(observed, "10:20") == 15


def minute_at(observed: Observation, time: str) -> int | None:
    """Which measurement is to be taken at a time of 12 January."""
    point = observed.point_at(instant(f"2025-01-12 {time}"))
    return None if point is None else point.minute


def test_a_measurement_that_was_forgotten_gives_way_when_the_next_may_be_taken() -> None:
    clinic = Watched()
    (observed,) = running(clinic.desk)
    minutes = {time: minute_at(observed, time) for time in ("10:19", "10:27", "10:28", "10:50", "11:40")}
    assert minutes == {"10:19": 0, "10:27": 0, "10:28": 15, "10:50": 30, "11:40": 60}


@pytest.mark.req("REQ-404")
def test_a_clock_put_forward_lets_nobody_go_after_a_quarter_of_an_hour() -> None:
    """The times of the form say an hour; what the ledger knows of the clock says less."""
    clinic = Watched()
    clinic.enter(clinic.obs, OBSYN="Y", OBSSTDTM="10:18")
    clinic.goes_on(13)
    clinic.is_moved(45)
    clinic.enter(clinic.obs, OBSENDTM="11:18")
    assert clinic.value(clinic.obs, "OBSMIN") == "60"
    (observed,) = observations_of(clinic.desk, clinic.subject)
    watched = time_watched(clinic.desk, observed, clinic.jumps())
    assert watched is not None
    assert (watched.minutes, watched.moved) == (15, timedelta(minutes=45))
    clinic.is_moved(-45)  # put right afterwards: what was is not changed
    assert time_watched(clinic.desk, observed, clinic.jumps()) == watched


def test_it_runs_until_its_end_is_recorded() -> None:
    clinic = Watched()
    clinic.goes_on(70)
    clinic.enter(clinic.obs, OBSYN="Y", OBSSTDTM="10:18")
    assert len(running(clinic.desk)) == 1
    clinic.enter(clinic.obs, OBSENDTM="11:20")
    assert running(clinic.desk) == ()
    (over,) = observations_of(clinic.desk, clinic.subject)
    assert f"{over.ended.local:%H:%M}" == "11:20"  # type: ignore[union-attr]


def test_who_was_not_watched_has_no_clock() -> None:
    clinic = Watched()
    clinic.enter(clinic.obs, OBSYN="N")
    assert running(clinic.desk) == ()


def test_a_dose_that_is_taken_back_is_watched_no_longer() -> None:
    clinic = Watched()
    clinic.enter(clinic.ecev, reason="was not given", ECYN="N")
    assert running(clinic.desk) == ()


def test_the_clock_stops_with_the_day_on_which_it_should_have_ended() -> None:
    clinic = Watched()
    clinic.clock.at = instant("2025-01-12 23:59")
    assert len(running(clinic.desk)) == 1
    clinic.clock.at = instant("2025-01-13 00:01")
    assert running(clinic.desk) == ()


@pytest.mark.req("REQ-404")
def test_an_observation_over_midnight_goes_on_after_it() -> None:
    clinic = Watched(ended="23:30", now="2025-01-12 23:31")
    clinic.clock.at = instant("2025-01-13 00:15")
    (observed,) = running(clinic.desk)
    assert f"{observed.over.local:%d %H:%M}" == "13 00:30"
    assert clinic.passed().minutes == 45


@pytest.mark.req("REQ-404")
@pytest.mark.parametrize("moved", [-90, -30, 45, 24 * 60])
def test_a_clock_that_is_set_neither_lengthens_nor_shortens_it(moved: int) -> None:
    clinic = Watched()
    clinic.goes_on(10)
    clinic.is_moved(moved)
    clinic.goes_on(20)
    (observed,) = observations_of(clinic.desk, clinic.subject)
    passed = time_passed(clinic.desk, observed, clinic.jumps())
    assert passed.minutes == 32
    assert passed.moved == timedelta(minutes=moved)


def test_without_the_jumps_it_would_be_wrong() -> None:
    """The sabotaged twin: who asks the wall alone takes 32 minutes for 77, and lets the subject go."""
    clinic = Watched()
    clinic.goes_on(10)
    clinic.is_moved(45)
    clinic.goes_on(20)
    (observed,) = running(clinic.desk)
    assert time_passed(clinic.desk, observed).minutes == 77


@pytest.mark.req("REQ-404")
def test_a_jump_that_nobody_has_noticed_yet_does_not_count_as_time() -> None:
    clinic = Watched()
    clinic.goes_on(10)
    clinic.clock.later(minutes=45)
    assert clinic.passed(unnoticed=45 * 60).minutes == 12


def test_a_clock_put_right_before_the_dose_was_written_down_changes_nothing() -> None:
    clinic = Watched(ended="")
    clinic.is_moved(60)
    clinic.enter(clinic.ecev, ECENDTM="11:18")
    clinic.goes_on(5)
    assert clinic.passed().minutes == 7
    assert clinic.passed().moved == timedelta()


def test_the_clock_of_another_workstation_moves_no_time_here() -> None:
    clinic = Watched()
    (observed,) = running(clinic.desk)
    elsewhere = Jump("ws-other", 10_000, clinic.clock.at, 3600)
    assert time_passed(clinic.desk, observed, [elsewhere]).minutes == 2


def test_a_dose_written_down_elsewhere_counts_the_jumps_of_this_clock_since_it_ended() -> None:
    clinic = Watched()
    (observed,) = running(clinic.desk)
    elsewhere = replace(observed, node="ws-other", seq=5)
    clinic.goes_on(10)
    clinic.is_moved(-60)
    before = Jump(clinic.desk.node, 1, instant("2025-01-12 09:00"), 1800)
    assert time_passed(clinic.desk, elsewhere, [before, *clinic.jumps()]).minutes == 12
