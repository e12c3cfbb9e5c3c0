"""Agreement of readers is what well-kept libraries say it is, and says nothing where nothing can be said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.planimetry.agreement import (
    f_quantile,
    icc_agreement,
    icc_consistency,
    weighted_kappa,
)

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "agreement_reference.json").read_text(encoding="utf-8")
)
CLASSES = ("MINIMAL", "MILD", "MODERATE", "MARKED", "EXCELLENT")
NEAR = 1e-6


@pytest.mark.req("REQ-931")
@pytest.mark.parametrize("name", REFERENCE["icc"])
def test_intraclass_correlation_is_that_of_pingouin(name: str) -> None:
    told = REFERENCE["icc"][name]
    for kind, worked_out in (("agreement", icc_agreement), ("consistency", icc_consistency)):
        found = worked_out(told["ratings"])
        assert found is not None
        assert (found.value, found.low, found.high) == pytest.approx(told[kind], abs=NEAR)
        assert found.cases == len(told["ratings"])


@pytest.mark.req("REQ-931")
@pytest.mark.parametrize("weights", ["linear", "quadratic"])
@pytest.mark.parametrize("name", REFERENCE["kappa"])
def test_weighted_kappa_is_that_of_scikit_learn_and_statsmodels(name: str, weights: Any) -> None:
    told = REFERENCE["kappa"][name]
    pairs = [(CLASSES[one], CLASSES[other]) for one, other in told["pairs"]]
    found = weighted_kappa(pairs, CLASSES, weights)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx(told[weights], abs=NEAR)


def test_the_printed_example_of_shrout_and_fleiss() -> None:
    ratings = REFERENCE["icc"]["Shrout and Fleiss 1979"]["ratings"]
    agreement, consistency = icc_agreement(ratings), icc_consistency(ratings)
    assert agreement is not None
    assert consistency is not None
    assert (round(agreement.value, 2), round(consistency.value, 2)) == (0.29, 0.71)


@pytest.mark.parametrize(
    ("share", "one", "other", "expected"),
    [(0.95, 1, 1, 161.4476), (0.95, 5, 10, 3.3258), (0.975, 10, 20, 2.7737), (0.975, 29, 29, 2.1010)],
)
def test_quantiles_of_f_are_those_of_printed_tables(
    share: float, one: float, other: float, expected: float
) -> None:
    assert f_quantile(share, one, other) == pytest.approx(expected, abs=1e-4)


def test_readers_who_always_say_the_same_agree_wholly() -> None:
    for worked_out in (icc_agreement, icc_consistency):
        found = worked_out([[10, 10], [55, 55], [90, 90]])
        assert found is not None
        assert found[:3] == (1.0, 1.0, 1.0)
    same = weighted_kappa([("MILD", "MILD"), ("MARKED", "MARKED")], CLASSES, "quadratic")
    assert same is not None
    assert same[:3] == pytest.approx((1, 1, 1))


def test_a_reader_who_is_always_ten_higher_is_consistent_and_does_not_agree() -> None:
    ratings = [[10, 20], [50, 60], [70, 80]]
    consistent, agrees = icc_consistency(ratings), icc_agreement(ratings)
    assert consistent is not None
    assert agrees is not None
    assert consistent.value == 1.0
    assert agrees.low < agrees.value < 1.0
    assert agrees.high <= 1.0


@pytest.mark.parametrize("ratings", [[], [[1.0, 2.0]], [[1.0], [2.0]], [[5.0, 5.0], [5.0, 5.0]]])
def test_nothing_is_said_of_too_little(ratings: list[list[float]]) -> None:
    assert icc_agreement(ratings) is None
    assert icc_consistency(ratings) is None


def test_nothing_is_said_where_there_is_one_class() -> None:
    assert weighted_kappa([], CLASSES, "linear") is None
    assert weighted_kappa([("MILD", "MILD")] * 9, CLASSES, "linear") is None
    assert weighted_kappa([("MILD", "MILD")] * 9, ("MILD",), "linear") is None
    with pytest.raises(ValueError, match="not a class"):
        weighted_kappa([("MILD", "MILD"), ("MILD", "GREAT")], CLASSES, "linear")
    with pytest.raises(ValueError, match="every reader"):
        icc_agreement([[1, 2], [1]])


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30))
@settings(max_examples=60, deadline=None)
def test_an_interval_holds_its_figure_and_the_order_of_readers_does_not_matter(
    pairs: list[tuple[int, int]],
) -> None:
    for worked_out in (icc_agreement, icc_consistency):
        found = worked_out([list(pair) for pair in pairs])
        again = worked_out([list(pair[::-1]) for pair in pairs])
        assert (found is None) == (again is None)
        if found is not None and again is not None:
            assert found == pytest.approx(again)
            assert found.low <= found.high + 1e-9
            assert found.high <= 1 + 1e-9
            if found.value > 0 or worked_out is icc_consistency:  # far below, the approximation has no hold
                assert found.low - 1e-9 <= found.value <= found.high + 1e-9
