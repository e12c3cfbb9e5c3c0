"""Moments as evidence: instant, offset and zone survive, also where the clock jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.base.times import Moment, local_candidates, minutes_between, utc_stamp

ZONES = st.sampled_from(["Asia/Amman", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC"])
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
BERLIN = "Europe/Berlin"


@given(INSTANTS.map(lambda instant: instant.replace(microsecond=0)), ZONES)
def test_a_moment_leads_back_to_its_instant_and_its_text_to_the_moment(instant: datetime, zone: str) -> None:
    moment = Moment.at(instant, zone)
    assert moment.utc == instant
    assert Moment.parse(str(moment)) == moment
    assert moment.local.utcoffset() == timedelta(minutes=moment.offset_minutes)


@given(INSTANTS, ZONES)
def test_every_instant_is_among_what_its_wall_clock_time_can_mean(instant: datetime, zone: str) -> None:
    moment = Moment.at(instant, zone)
    assert moment in local_candidates(moment.local.replace(tzinfo=None), zone)


@given(INSTANTS, INSTANTS)
def test_stamps_sort_like_instants(one: datetime, other: datetime) -> None:
    assert (utc_stamp(one) < utc_stamp(other)) == (one < other)


@pytest.mark.req("REQ-403")
def test_the_hour_that_spring_takes_away_means_nothing_and_the_one_autumn_gives_back_means_two() -> None:
    skipped = local_candidates(datetime.fromisoformat("2025-03-30T02:30"), BERLIN)
    twice = local_candidates(datetime.fromisoformat("2025-10-26T02:30"), BERLIN)
    assert skipped == ()
    assert [str(moment) for moment in twice] == [
        "2025-10-26T02:30+02:00[Europe/Berlin]",
        "2025-10-26T02:30+01:00[Europe/Berlin]",
    ]


@pytest.mark.req("REQ-403")
def test_minutes_are_counted_on_the_utc_line() -> None:
    before = Moment.parse("2025-10-26T01:30+02:00[Europe/Berlin]")
    after = Moment.parse("2025-10-26T03:30+01:00[Europe/Berlin]")
    assert minutes_between(before, after) == 180
    assert minutes_between(after, before) == -180


@pytest.mark.parametrize(
    "text", ["", "2025-01-12T10:05+03:00", "2025-01-12T10:05[Asia/Amman]", "x[Asia/Amman]", "[UTC]"]
)
def test_a_text_without_offset_or_zone_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Moment.parse(text)


def test_seconds_stand_only_where_they_are_known() -> None:
    at = "2025-01-12T10:05{}+03:00[Asia/Amman]"
    assert str(Moment.parse(at.format(":00"))) == at.format("")
    assert str(Moment.parse(at.format(":09"))) == at.format(":09")
