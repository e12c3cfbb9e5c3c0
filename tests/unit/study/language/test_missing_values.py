"""What a missing answer does: nothing is shown and nothing fires by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.study.language import compile_expression
from tests.unit.study.language.a_clinic import Answers, answer, day, tree_of

if TYPE_CHECKING:
    from crfapp.study.types import Value

TRUTHS = {True: 1, False: 0, None: None}
THREE = st.sampled_from([True, False, None])


def truth(text: str, a: bool | None, b: bool | None = None, c: bool | None = None) -> object:
    """The expression over three conditions, each of them an item that is 1, 0 or missing."""
    for name in "abc":
        text = text.replace(f"<{name}>", f"{name.upper()} == 1")
    return answer(text, A=TRUTHS[a], B=TRUTHS[b], C=TRUTHS[c])


@pytest.mark.parametrize(
    ("a", "b", "both", "one"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (False, False, False, False),
        (True, None, None, True),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_and_and_or(a: bool | None, b: bool | None, both: bool | None, one: bool | None) -> None:
    for left, right in ((a, b), (b, a)):
        assert truth("<a> and <b>", left, right) is both
        assert truth("<a> or <b>", left, right) is one
        assert truth("all(<a>, <b>)", left, right) is both
        assert truth("any(<a>, <b>)", left, right) is one


def test_not_of_missing_is_missing() -> None:
    assert [truth("not <a>", t) for t in (True, False, None)] == [False, True, None]


@given(THREE, THREE, THREE)
def test_de_morgan_and_distribution(a: bool | None, b: bool | None, c: bool | None) -> None:
    same = [
        ("not (<a> and <b>)", "not <a> or not <b>"),
        ("not (<a> or <b>)", "not <a> and not <b>"),
        ("<a> and (<b> or <c>)", "<a> and <b> or <a> and <c>"),
        ("<a> or <b> or <c>", "any(<c>, <b>, <a>)"),
        ("<a> and <b> and <c>", "all(<c>, <b>, <a>)"),
    ]
    for left, right in same:
        assert truth(left, a, b, c) is truth(right, a, b, c), (left, right)


@pytest.mark.parametrize(
    "text",
    [
        "A + 1",
        "-A",
        "A < 1",
        "A == 1",
        "A != 1",
        "0 < A < 2",
        "A in [1, 2]",
        "A not in [1, 2]",
        "round(A, 1)",
        "1 if A > 0 else 2",
        "days(STDAT, VISDAT)",
        "max(A, 3)",
        "text(A)",
        "A * 0",
        'SEX == "F"',
        "STDAT < VISDAT",
    ],
)
def test_a_missing_operand_makes_the_result_missing(text: str) -> None:
    assert answer(text) is None


def test_given_and_empty_always_know() -> None:
    assert (answer("given(A)"), answer("empty(A)")) == (False, True)
    assert (answer("given(A)", A=0), answer("empty(A)", A=0)) == (True, False)
    assert answer("given(AUTOHX)", AUTOHX=()) is False


@pytest.mark.parametrize(
    ("text", "a", "found"),
    [
        ("A in [1, B]", 1, True),
        ("A in [2, B]", 1, None),
        ("A not in [2, B]", 1, None),
        ("A in [2, 3]", 1, False),
        ("A not in [2, 3]", 1, True),
        ("A in []", 1, False),
    ],
)
def test_in_a_list_with_a_missing_member(text: str, a: int, found: bool | None) -> None:
    assert answer(text, A=a) is found


@pytest.mark.parametrize(
    ("a", "b", "before", "not_after", "same"),
    [
        ("2019", "2020", True, True, False),
        ("2019", "2019-03-11", None, None, None),
        ("2019-03-11", "2019-03-11", False, True, True),
        ("2020", "2019-12-31", False, False, False),
        ("2019-03-31", "2019-03", False, None, None),
        ("2019-03-01", "2019-03", None, True, None),
        ("2019-03", "2019-03", None, None, None),
        ("2019-02", "2019-03", True, True, False),
    ],
)
def test_order_of_partial_dates_is_said_only_when_certain(
    a: str, b: str, before: bool | None, not_after: bool | None, same: bool | None
) -> None:
    dates: dict[str, Value] = {"STDAT": day(a), "ENDAT": day(b)}
    assert answer("STDAT < ENDAT", **dates) is before
    assert answer("ENDAT > STDAT", **dates) is before
    assert answer("STDAT <= ENDAT", **dates) is not_after
    assert answer("ENDAT >= STDAT", **dates) is not_after
    assert answer("STDAT == ENDAT", **dates) is same


SERIOUS = 'any(r.AESER == "Y" for r in AE)'


@pytest.mark.parametrize(
    ("rows", "some", "every", "counted"),
    [
        ([], False, True, 0),
        (["N"], False, False, 0),
        (["N", None], None, False, 0),
        (["Y", None], True, None, 1),
        (["Y", "N"], True, False, 1),
        (["Y"], True, True, 1),
    ],
)
def test_any_all_and_count_over_rows(
    rows: list[str | None], some: object, every: object, counted: int
) -> None:
    log = {"AE": [{"AESER": serious} for serious in rows]}
    assert answer(SERIOUS, log) is some
    assert answer(SERIOUS.replace("any", "all"), log) is every
    assert answer('count(r for r in AE if r.AESER == "Y")', log) == counted


@pytest.mark.parametrize("name", ["sum", "min", "max", "first", "last", "join", "distinct"])
def test_a_missing_element_among_kept_rows(name: str) -> None:
    log = {"ECSITE": [{"ESVOL": 1}, {"ESVOL": None}]}
    result = answer(f"{name}(r.ESVOL for r in ECSITE)", log)
    assert result == (1 if name == "first" else None)
    kept = answer(f"{name}(r.ESVOL for r in ECSITE if given(r.ESVOL))", log)
    assert kept == ("1" if name == "join" else 1)


def test_without_rows_only_sums_and_counts_are_known() -> None:
    names = ("sum", "min", "max", "first", "last", "join")
    assert [answer(f"{name}(r.ESVOL for r in ECSITE)") for name in names] == [0, *[None] * 5]


def test_values_of_a_wrong_type_are_missing_and_break_nothing() -> None:
    meaning = compile_expression(tree_of('A < 3 or SEX == "F"'))
    assert meaning(Answers(A="three", SEX=7)) is None
