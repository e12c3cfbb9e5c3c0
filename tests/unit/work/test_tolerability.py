"""Signs of the checklist, dose by dose: the flagship's example subject (STUDIES 4.6)."""

from __future__ import annotations

from datetime import date
from functools import cache

from crfapp.ledger.state import SubjectRow
from crfapp.work.tolerability import SignScore, dose_days, sign_scores
from tests.support.site_of import example_site


@cache
def example_subject() -> str:
    rows = example_site().desk.tables.find(SubjectRow, number="JO01-003")
    return rows[0].subject


@cache
def scores() -> tuple[SignScore, ...]:
    return sign_scores(example_site().desk, example_subject())


def highest(sign: str, day: date, dose: int) -> int:
    return max(one.score for one in scores() if (one.sign, one.day, one.dose) == (sign, day, dose))


def test_three_doses_were_given_a_week_apart() -> None:
    days = [date(2025, 1, 12), date(2025, 1, 19), date(2025, 1, 26)]
    assert dose_days(example_site().desk, example_subject()) == days


def test_redness_an_hour_after_the_first_injection_is_that_of_the_first_dose() -> None:
    assert highest("LTRED", date(2025, 1, 12), 1) == 2
    of_t01 = [one for one in scores() if one.label == "T01" and one.day == date(2025, 1, 12)]
    assert {one.sign: one.score for one in of_t01}["LTITCH"] == 1
    assert {one.days for one in of_t01} == {0}


def test_a_checklist_before_the_second_injection_still_belongs_to_the_first() -> None:
    same_day = {one.dose for one in scores() if one.day == date(2025, 1, 19)}
    assert same_day == {1, 2}
    assert {one.days for one in scores() if one.day == date(2025, 1, 19) and one.dose == 1} == {7}


def test_asked_and_not_there_is_a_score_and_not_asked_is_none() -> None:
    koebner = [one for one in scores() if one.sign == "LTKOEB"]
    assert koebner
    assert {one.score for one in koebner} == {0}
    visits = {one.key.visit for one in scores()}
    assert "V_SCR" not in visits
