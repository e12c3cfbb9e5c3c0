"""Dates as patients give them: nothing imputed, and comparing them may stay open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.base.dates import PartialDate, certainly_before, hi, lo

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    known = draw(st.integers(1, 3))
    return PartialDate(day.year, day.month if known > 1 else None, day.day if known > 2 else None)


@given(partial_dates())
def test_the_text_leads_back_to_the_date(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day


@given(partial_dates())
def test_the_first_day_it_can_be_is_not_after_the_last(day: PartialDate) -> None:
    assert day.lo <= day.hi
    assert (day.lo == day.hi) == day.complete


@given(partial_dates(), partial_dates())
def test_certainly_before_is_certain(a: PartialDate, b: PartialDate) -> None:
    expected = True if a.hi < b.lo else False if a.lo >= b.hi else None
    assert certainly_before(a, b) is expected
    if expected:
        assert certainly_before(b, a) is False


@given(DAYS, DAYS)
def test_whole_dates_compare_like_dates(a: date, b: date) -> None:
    assert certainly_before(a, b) is (a < b)
    assert (lo(a), hi(a)) == (a, a)


@pytest.mark.parametrize(
    "text",
    ["", "19", "2019-3", "2019-13", "2019-02-30", "2019-02-29", "2019-00", "2019-03-00", "0000", "x019"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["2019-03-11-1", "٢٠١٩", "2019--11", " 2019", "2019-03-1 ", "2019-3-011"])
def test_only_the_one_way_of_writing_is_canonical(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


def test_a_day_without_a_month_is_no_date() -> None:
    with pytest.raises(ValueError, match="day without a month"):
        PartialDate(2019, None, 3)


def test_february_of_a_leap_year_has_29_days() -> None:
    assert (PartialDate(2024, 2).hi, PartialDate(2023, 2).hi) == (date(2024, 2, 29), date(2023, 2, 28))
