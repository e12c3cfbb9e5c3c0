"""Why a condition came out as it did, and a calculation with the answers in their places."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crfapp.base.dates import PartialDate
from crfapp.study.language import because, filled, parse, render
from tests.unit.study.language.a_clinic import Answers, dec, tree_of

DAYS = {"STDAT": PartialDate(2025, 1), "VISDAT": date(2025, 1, 3), "A": 4}
AE = 'any(r.AESER == "Y" for r in AE)'


def told(text: str, rows: Any = None, **answers: Any) -> list[tuple[str, Any]]:
    scope = Answers(rows, **answers)
    return [(render(one.node), one.value) for one in because(tree_of(text), scope)]


def test_of_a_true_and_every_part_is_a_reason_and_of_a_false_one_only_what_is_false() -> None:
    text = 'SEX == "F" and A > B and SMOKES == "N"'
    assert told(text, SEX="F", A=2, B=1, SMOKES="N") == [("SEX", "F"), ("A", 2), ("B", 1), ("SMOKES", "N")]
    assert told(text, SEX="M", A=2, B=1, SMOKES="N") == [("SEX", "M")]
    assert told(text, SEX="M", A=0, B=1) == [("SEX", "M"), ("A", 0), ("B", 1)]


def test_of_a_true_or_only_what_is_true_is_a_reason_and_of_a_false_one_everything() -> None:
    text = 'SEX == "F" or A > 1'
    assert told(text, SEX="F", A=0) == [("SEX", "F")]
    assert told(text, SEX="M", A=0) == [("SEX", "M"), ("A", 0)]


def test_where_the_answer_is_not_known_only_what_is_missing_is_a_reason() -> None:
    assert told(f'SEX == "F" and A > B and {AE}', {"AE": [{"AESER": "Y"}]}, SEX="F", A=2) == [("B", None)]
    assert told("not (A > B)", A=2) == [("B", None)]


def test_rows_and_the_clock_stand_for_themselves_and_each_reading_is_told_once() -> None:
    assert told(AE, {"AE": [{"AESER": "Y"}]}) == [(AE, True)]
    assert told("today() > VISDAT", VISDAT=date(2025, 1, 1)) == [
        ("today()", date(2025, 1, 12)),
        ("VISDAT", date(2025, 1, 1)),
    ]
    assert told("A > 1 or A > 2", A=3) == [("A", 3)]


def test_of_a_choice_the_condition_and_the_branch_that_was_taken_are_reasons() -> None:
    text = 'A > 1 if SEX == "F" else B > 1'
    assert told(text, SEX="F", A=2, B=0) == [("SEX", "F"), ("A", 2)]
    assert told(text, SEX="M", A=2, B=0) == [("SEX", "M"), ("B", 0)]
    assert told(text, A=2, B=0) == [("SEX", None)]


@pytest.mark.parametrize(
    ("text", "answers", "seen"),
    [
        ("round(pi / 4 * A * B, 1)", {"A": dec("14.0"), "B": dec("10.0")}, "round(pi / 4 * 14.0 * 10.0, 1)"),
        ("C if given(C) else A * B", {"A": 2, "B": 3}, "2 * 3"),
        ("C if given(C) else A * B", {"A": 2, "B": 3, "C": 5}, "5"),
        ("-A + B", {"A": 2}, "-2 + missing"),
        ('days(lo(STDAT), VISDAT) in [1, A]', DAYS,
         'days(lo(date("2025-01")), date("2025-01-03")) in [1, 4]'),
        ("not given(A) and true", {}, "not given(missing) and true"),
        (f"count(r for r in AE) + 1 if {AE} else 0", {}, "2 + 1"),
    ],
)  # fmt: skip
def test_a_calculation_is_told_with_its_answers(text: str, answers: dict[str, Any], seen: str) -> None:
    scope = Answers({"AE": [{"AESER": "Y"}, {"AESER": "N"}]}, **answers)
    shown = render(filled(tree_of(text), scope))
    assert shown == seen
    assert render(tree_of(shown)) == seen, "what is told can be read again"


def test_a_choice_that_cannot_be_made_stays_as_it_is_written() -> None:
    tree = parse('A if SEX == "F" else B')
    assert filled(tree, Answers(A=1)) == tree  # type: ignore[arg-type]  # it can be read
