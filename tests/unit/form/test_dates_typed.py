"""Dates as Jordan, Germany and an English form write them; order, century and calendar are never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from crfapp.base.dates import PartialDate
from crfapp.base.problems import Code
from crfapp.form.values import Field, Manner, Reading, Unreadable, read
from crfapp.study.types import parse_type

DATE, PARTIAL = Field(parse_type("date")), Field(parse_type("partialdate"))
TO_ARABIC = {ord("0") + n: sign for n, sign in enumerate("٠١٢٣٤٥٦٧٨٩")}


def texts(found: Reading | Unreadable | None) -> list[str]:
    assert isinstance(found, Unreadable), found
    return [offer.text for offer in found.offers]


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("2025-01-25", "en"), ("20250125", "en"), ("2025/1/25", "en"), ("2025.01.25", "en"),
        ("25.1.2025", "en"), ("25. 1. 2025", "de"), ("25/01/2025", "en"), ("1/25/2025", "en"),
        ("25 Jan 2025", "en"), ("25-JAN-2025", "en"), ("January 25, 2025", "en"), ("25 january 2025", "de"),
        ("25. Januar 2025", "de"), ("25. Jan. 2025", "de"), ("25. Jänner 2025", "de"),
        ("2025-Jan-25", "en"), ("25 كانون الثاني 2025", "ar"), ("25 يناير 2025", "ar"),
        ("25-كانون الثاني-2025", "ar"), (" \u200f25/1/2025\u200e ", "ar"),
    ],
)  # fmt: skip
def test_a_whole_date_is_read(typed: str, language: str) -> None:
    assert read(typed, DATE, Manner(language=language)) == Reading(date(2025, 1, 25), "2025-01-25")
    assert read(typed, PARTIAL, Manner(language=language)) == Reading(PartialDate(2025, 1, 25), "2025-01-25")


def test_a_date_in_arabic_digits() -> None:
    found = read("25/1/2025".translate(TO_ARABIC), DATE, Manner(language="ar"))
    assert found == Reading(date(2025, 1, 25), "2025-01-25")


@pytest.mark.parametrize(
    ("levantine", "egyptian", "month"),
    [
        ("كانون الثاني", "يناير", 1), ("شباط", "فبراير", 2), ("اذار", "مارس", 3), ("نيسان", "ابريل", 4),
        ("أيّار", "مايو", 5), ("حزيران", "يونيو", 6), ("تموز", "يوليو", 7), ("اب", "اغسطس", 8),
        ("ايلول", "سبتمبر", 9), ("تشرين الأول", "أكتوبر", 10), ("تشرين الثاني", "نوفمبر", 11),
        ("كانون الاول", "ديسمبر", 12),
    ],
)  # fmt: skip
def test_levantine_and_egyptian_months(levantine: str, egyptian: str, month: int) -> None:
    for name in (levantine, egyptian):
        found = read(f"5 {name} 2025", DATE, Manner(language="ar"))
        assert found == Reading(date(2025, month, 5), f"2025-{month:02d}-05")


def test_words_of_a_language_that_is_not_the_persons_are_not_taken() -> None:
    found = read("5. Dezember 2025", DATE, Manner(language="ar"))
    assert isinstance(found, Unreadable)
    assert found.code is Code.NOT_A_DATE


@pytest.mark.req("REQ-406")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("05/01/2025", ["2025-01-05", "2025-05-01"]),
        ("5-1-2025", ["2025-01-05", "2025-05-01"]),
        ("5 1 2025", ["2025-01-05", "2025-05-01"]),
        ("05/06/24", ["1924-06-05", "2024-06-05", "1924-05-06", "2024-05-06"]),
        ("25/1/25", ["1925-01-25", "2025-01-25"]),
        ("5.1.25", ["1925-01-05", "2025-01-05"]),
        ("5 Jan 25", ["1925-01-05", "2025-01-05"]),
        ("29.2.00", ["2000-02-29"]),
    ],
)
def test_an_open_order_or_century_is_asked(typed: str, offered: list[str]) -> None:
    found = read(typed, DATE, Manner())
    assert isinstance(found, Unreadable)
    assert found.code is Code.AMBIGUOUS_DATE
    assert texts(found) == offered


@pytest.mark.parametrize(("typed", "text"), [("5.1.2025", "2025-01-05"), ("5/5/2025", "2025-05-05")])
def test_points_are_day_first_and_equal_numbers_need_no_question(typed: str, text: str) -> None:
    assert read(typed, DATE, Manner()) == Reading(date.fromisoformat(text), text)


@pytest.mark.parametrize(
    "typed",
    [
        "31.2.2025", "1.13.2025", "2025-13-01", "13/13/2025", "today", "5 Foo 2025", "5.1.", "1-2-3-4",
        "25/1-2025", "05012025", "201903", "0025-01-05", "1799-12-31", "2200-01-01", "9/9/99999", "-",
        "2025-01-25 10:00", "Jan 5",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed: str) -> None:
    found = read(typed, DATE, Manner())
    assert isinstance(found, Unreadable)
    assert (found.code, found.offers) == (Code.NOT_A_DATE, ())


@pytest.mark.req("REQ-409")
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2019", "2019"), ("2019-03", "2019-03"), ("03/2019", "2019-03"), ("3.2019", "2019-03"),
        ("Mar 2019", "2019-03"), ("UN-MAR-2019", "2019-03"), ("un-mar-2019", "2019-03"),
        ("UN-UNK-2019", "2019"), ("UNK-UNK-2019", "2019"), ("UN-03-2019", "2019-03"), ("UNK 2019", "2019"),
        ("2019-UNK-UN", "2019"), ("2019-03-UN", "2019-03"), ("2019-03-11", "2019-03-11"),
        ("UN-UNK-2011", "2011"), ("UN-JAN-2025", "2025-01"),
    ],
)  # fmt: skip
def test_a_partial_date_keeps_what_is_known_and_adds_nothing(typed: str, text: str) -> None:
    assert read(typed, PARTIAL, Manner()) == Reading(PartialDate.parse(text), text)


@pytest.mark.req("REQ-409")
@pytest.mark.parametrize("typed", ["2019", "2019-03", "UN-MAR-2019", "UNK", "UN-UNK-UNK"])
def test_a_full_date_takes_no_partial_one(typed: str) -> None:
    found = read(typed, DATE, Manner())
    assert found == Unreadable(Code.DATE_INCOMPLETE)


def test_wholly_unknown_is_a_missing_code_not_a_date() -> None:
    assert read("UNK", PARTIAL, Manner()) == Unreadable(Code.DATE_INCOMPLETE)


def test_a_day_without_its_month_is_offered_as_the_year() -> None:
    found = read("05-UNK-2019", PARTIAL, Manner())
    assert isinstance(found, Unreadable)
    assert (found.code, texts(found)) == (Code.DATE_INCOMPLETE, ["2019"])


@pytest.mark.parametrize(
    ("typed", "kind", "offered"),
    [
        ("12/7/1446", DATE, ["1446-07-12 AH", "1446-12-07 AH"]),  # TC30, day first as the region writes
        ("12.7.1446", DATE, ["1446-07-12 AH"]),
        ("1446-07-12", DATE, ["1446-07-12 AH"]),
        ("1410", PARTIAL, ["1410 AH = 1989", "1410 AH = 1990"]),  # TC31
        ("7/1446", PARTIAL, ["1446-07 AH"]),
        ("12/1410", PARTIAL, ["1410-12 AH = 1990-06", "1410-12 AH = 1990-07"]),
        ("1446-06", PARTIAL, ["1446-06 AH"]),
        ("12/1412", PARTIAL, ["1412-12 AH"]),
        ("1410 AH", PARTIAL, ["1410 AH = 1989", "1410 AH = 1990"]),
        ("1410 AH = 1991", PARTIAL, []),
        ("1410 AH = 1989", DATE, []),
        ("1410", DATE, []),
        ("31.1.1446", DATE, []),
        ("1.1.1320", DATE, []),
        ("1500-12", PARTIAL, []),
    ],
)
def test_a_hijri_year_is_asked_with_its_gregorian_date(typed: str, kind: Field, offered: list[str]) -> None:
    found = read(typed, kind, Manner(language="ar"))
    assert isinstance(found, Unreadable)
    assert (found.code, texts(found)) == (Code.HIJRI_YEAR, offered)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1446-07-12 AH", "2025-01-12"), ("12.7.1446 AH", "2025-01-12"), ("12.7.1446 a.h.", "2025-01-12"),
        ("12 Rajab 1446 AH", "2025-01-12"), ("12 Rajab 1446", "2025-01-12"), ("12 رجب 1446 هـ", "2025-01-12"),
        ("١٢ رجب ١٤٤٦", "2025-01-12"), ("1446-07-12 هجري", "2025-01-12"),
        ("5 Dhu al-Hijjah 1446", "2025-06-01"), ("5 ذو الحجة 1446", "2025-06-01"),
        ("1446-07 AH", "2025-01"), ("1410 AH = 1989", "1989"), ("1410 AH = 1990", "1990"),
        ("1410-12 AH = 1990-07", "1990-07"), ("1446-07-12 AH = 2025-01-12", "2025-01-12"),
    ],
)  # fmt: skip
def test_a_date_that_says_that_it_is_a_hijri_one_is_read(typed: str, text: str) -> None:
    assert read(typed, PARTIAL, Manner(language="ar")) == Reading(PartialDate.parse(text), text)


def test_every_offer_of_a_hijri_date_leads_to_the_date_it_names() -> None:
    for typed in ("1410", "12/1410", "12/7/1446", "1446-06"):
        for offered in texts(read(typed, PARTIAL, Manner())):
            found = read(offered, PARTIAL, Manner())
            assert isinstance(found, Reading), offered
            assert found.text == offered.partition(" = ")[2] or " = " not in offered


def test_a_gregorian_month_has_no_hijri_year() -> None:
    found = read("12 March 1446 AH", DATE, Manner())
    assert isinstance(found, Unreadable)
    assert (found.code, found.offers) == (Code.HIJRI_YEAR, ())
