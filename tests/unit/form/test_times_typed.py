"""Times and date-times: as short as nurses type them, and honest about hours that do not or doubly exist."""

from __future__ import annotations

from datetime import date, time

import pytest

from crfapp.base.problems import Code
from crfapp.base.times import Moment, minutes_between
from crfapp.form.values import Field, Manner, Reading, Unreadable, read, shown
from crfapp.study.types import parse_type

TIME, DATETIME = Field(parse_type("time")), Field(parse_type("datetime"))
AMMAN = Manner(zone="Asia/Amman", language="ar", day=date(2025, 1, 12))
BERLIN = Manner(zone="Europe/Berlin", language="de")
TO_ARABIC = {ord("0") + n: sign for n, sign in enumerate("٠١٢٣٤٥٦٧٨٩")}


def moment(typed: str, manner: Manner) -> Moment:
    found = read(typed, DATETIME, manner)
    assert isinstance(found, Reading), (typed, found)
    assert isinstance(found.value, Moment)
    assert found.text == str(found.value)
    return found.value


def refusal(typed: str, field: Field, manner: Manner) -> tuple[Code, list[str]]:
    found = read(typed, field, manner)
    assert isinstance(found, Unreadable), (typed, found)
    return found.code, [offer.text for offer in found.offers]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("9", "09:00"), ("09", "09:00"), ("21", "21:00"), ("905", "09:05"), ("0905", "09:05"),
        ("2105", "21:05"),
        ("9:05", "09:05"), ("9.05", "09:05"), ("21:05", "21:05"), ("9:05 pm", "21:05"), ("9:05pm", "21:05"),
        ("9 p.m.", "21:00"), ("12 am", "00:00"), ("12:30 PM", "12:30"), ("0:00", "00:00"), ("23:59", "23:59"),
        ("9:05 ص", "09:05"), ("9:05 م", "21:05"), ("9:05 مساءً", "21:05"), ("9 صباحا", "09:00"),
        ("9 Uhr", "09:00"), ("9 Uhr 05", "09:05"), ("9:05 Uhr", "09:05"), ("9h05", "09:05"),
    ],
)  # fmt: skip
def test_a_time_is_read(typed: str, text: str) -> None:
    assert read(typed, TIME, Manner()) == Reading(time.fromisoformat(text), text)
    assert read(typed.translate(TO_ARABIC), TIME, Manner()) == Reading(time.fromisoformat(text), text)


@pytest.mark.parametrize(
    "typed",
    ["24:00", "9:60", "90", "9:05:30", "13 pm", "0 am", "12345", "-9", "noon", "9:", ":30", "9,5", "2465"],
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert refusal(typed, TIME, Manner()) == (Code.NOT_A_TIME, [])


def test_a_lost_digit_of_the_minutes_is_asked() -> None:
    assert refusal("9:5", TIME, Manner()) == (Code.NOT_A_TIME, ["09:05", "09:50"])


@pytest.mark.parametrize(
    "typed",
    [
        "2025-01-12 10:05", "2025-01-12T10:05", "12.1.2025 10:05", "12.1.2025, 10.05", "20250112 1005",
        "12 Jan 2025 10:05 am", "12 كانون الثاني 2025 10:05 ص", "2025-01-12T10:05+03:00[Asia/Amman]",
        "2025-01-12 10:05+03:00", "10:05", "1005", "10:05 ص",
    ],
)  # fmt: skip
def test_a_moment_is_read_in_the_sites_zone(typed: str) -> None:
    assert str(moment(typed, AMMAN)) == "2025-01-12T10:05+03:00[Asia/Amman]"


def test_seconds_are_kept_where_they_were_given() -> None:
    exact = moment("2025-01-12 10:05:30", AMMAN)
    assert str(exact) == "2025-01-12T10:05:30+03:00[Asia/Amman]"
    assert shown(str(exact), DATETIME, AMMAN) == "2025-01-12 10:05:30"


@pytest.mark.parametrize(
    ("typed", "code", "offered"),
    [
        ("10:05", Code.DATE_INCOMPLETE, []),
        ("2025-01-12", Code.NOT_A_TIME, []),
        ("05/01/2025", Code.NOT_A_TIME, []),
        ("2025-01-12 25:00", Code.NOT_A_TIME, []),
        ("2025-01-12 10:05+07:00", Code.NOT_A_TIME, []),
        ("2025-01-12 10:05+01:00[Mars/Base]", Code.NOT_A_TIME, []),
        ("2025-02-30 10:05", Code.NOT_A_DATE, []),
        ("tomorrow", Code.NOT_A_DATE, []),
        ("05/01/2025 10:05", Code.AMBIGUOUS_DATE, ["2025-01-05 10:05", "2025-05-01 10:05"]),
        ("12.7.1446 10:05", Code.HIJRI_YEAR, ["1446-07-12 AH 10:05"]),
        ("1446-07-12 10:05", Code.HIJRI_YEAR, ["1446-07-12 AH 10:05"]),
        ("12.1.2025 9:5", Code.NOT_A_TIME, ["2025-01-12 09:05", "2025-01-12 09:50"]),
    ],
)
def test_what_is_no_moment_is_refused_or_asked(typed: str, code: Code, offered: list[str]) -> None:
    assert refusal(typed, DATETIME, BERLIN) == (code, offered)


def test_the_hour_that_spring_takes_does_not_exist_and_the_two_nearest_are_offered() -> None:
    found = read("2025-03-30 02:30", DATETIME, BERLIN)  # TC35
    assert isinstance(found, Unreadable)
    assert (found.code, found.facts) == (Code.TIME_SKIPPED, {"showed": "02:00", "set": "03:00"})
    assert [offer.text for offer in found.offers] == ["2025-03-30 01:30+01:00", "2025-03-30 03:30+02:00"]
    earlier, later = (moment(offer.text, BERLIN) for offer in found.offers)
    assert minutes_between(earlier, later) == 60
    assert refusal("2025-03-30 02:30+01:00", DATETIME, BERLIN)[0] is Code.TIME_SKIPPED


def test_in_amman_the_clock_went_forward_at_midnight() -> None:
    found = read("2022-02-25 0:30", DATETIME, AMMAN)
    assert isinstance(found, Unreadable)
    assert found.facts == {"showed": "00:00", "set": "01:00"}
    assert [offer.text for offer in found.offers] == ["2022-02-24 23:30+02:00", "2022-02-25 01:30+03:00"]


def test_the_hour_that_autumn_gives_twice_is_asked() -> None:
    code, offered = refusal("26.10.2025 2:30", DATETIME, BERLIN)
    assert (code, offered) == (Code.TIME_TWICE, ["2025-10-26 02:30+02:00", "2025-10-26 02:30+01:00"])
    found = read("26.10.2025 2:30", DATETIME, BERLIN)
    assert isinstance(found, Unreadable)
    assert found.facts == {"showed": "03:00", "set": "02:00"}
    first, second = (moment(text, BERLIN) for text in offered)
    assert minutes_between(first, second) == 60
    end = moment("2025-10-26 03:45", BERLIN)
    assert minutes_between(second, end) == 75  # TC33
    assert shown(str(second), DATETIME, BERLIN) == offered[1]


def test_a_hijri_date_with_its_time_is_a_moment() -> None:
    assert str(moment("12 Rajab 1446 10:05", AMMAN)) == "2025-01-12T10:05+03:00[Asia/Amman]"
    assert str(moment("1446-07-12 AH 10:05", AMMAN)) == "2025-01-12T10:05+03:00[Asia/Amman]"


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [("2025-03-29 23:30", "2025-03-31 00:30", 24), ("2025-10-25 23:30", "2025-10-27 00:30", 26)],
)
def test_hours_of_the_follow_up_call_count_on_the_utc_line(start: str, end: str, hours: int) -> None:
    assert minutes_between(moment(start, BERLIN), moment(end, BERLIN)) == hours * 60  # TC32 and vectors


def test_a_moment_told_in_another_zone_is_shown_in_full() -> None:
    text = "2025-01-12T10:05+03:00[Asia/Amman]"
    assert shown(text, DATETIME, BERLIN) == text
    assert str(moment(text, BERLIN)) == text
    assert shown(text, DATETIME, AMMAN) == "2025-01-12 10:05"
