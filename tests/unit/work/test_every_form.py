"""The checks that hold in every form of every study (STUDIES 1.9), on a study that does not write them."""

from __future__ import annotations

import pytest

from crfapp.study.generic import generic_checks
from tests.support.round import Round, round_study


@pytest.fixture
def clinic() -> Round:
    return Round()


@pytest.mark.parametrize(
    ("visit", "form", "item", "typed", "check"),
    [
        ("V_SCR", "VS", "TAKEN", "2025-01-06", "GC-01"),
        ("V_SCR", "VS", "TAKEN", "2025-01-04", "GC-02"),
        ("V_SCR", "VS", "TAKEN", "2025-01-04", "GC-03"),
        ("V_LOG", "DD", "DTHDAT", "2025-02", "GC-01"),
    ],
)
def test_a_date_is_held_against_today_the_visit_and_the_consent(
    clinic: Round, visit: str, form: str, item: str, typed: str, check: str
) -> None:
    key = clinic.at(visit, form)
    clinic.enter(key, **{item: typed})
    assert clinic.found(key)[check] == "open"


@pytest.mark.parametrize(
    ("visit", "form", "item", "typed"),
    [("V_SCR", "VS", "TAKEN", "2025-01-05"), ("V_LOG", "DD", "DTHDAT", "2025-01")],
)
def test_the_right_day_and_a_day_that_may_be_right_pass(
    clinic: Round, visit: str, form: str, item: str, typed: str
) -> None:
    key = clinic.at(visit, form)
    clinic.enter(key, **{item: typed})
    assert clinic.found(key) == {}


def test_what_lies_after_the_end_or_after_death_is_found_when_that_becomes_known(clinic: Round) -> None:
    clinic.visit("V_A", "2025-01-12")
    clinic.visit("V_B", "2025-01-20")
    vs = clinic.at("V_B", "VS")
    clinic.enter(vs, TAKEN="2025-01-20")
    clinic.enter(clinic.at("V_LOG", "EOS"), DSSTDAT="2025-01-19")
    assert clinic.found(vs) == {"GC-04": "open"}
    clinic.enter(clinic.at("V_LOG", "DD"), DTHDAT="2025-01-19")
    assert clinic.found(vs) == {"GC-04": "open", "GC-05": "open"}
    clinic.enter(clinic.at("V_LOG", "EOS"), DSSTDAT="2025-01-20", reason="typing error")
    clinic.enter(clinic.at("V_LOG", "DD"), DTHDAT="2025-01", reason="day not known")
    assert clinic.found(vs) == {"GC-04": "settled", "GC-05": "settled"}


def test_forms_that_go_on_after_the_end_are_not_asked(clinic: Round) -> None:
    clinic.clock.later(days=20)
    clinic.enter(clinic.at("V_LOG", "EOS"), DSSTDAT="2025-01-19")
    ae = clinic.at("V_LOG", "AE")
    clinic.enter(ae, clinic.add_row(ae, "ALL"), AESTDAT="2025-01-21")
    assert clinic.found(ae) == {}


def test_an_end_certainly_before_its_start_is_found_in_its_row(clinic: Round) -> None:
    ae = clinic.at("V_LOG", "AE")
    row = clinic.add_row(ae, "ALL")
    clinic.enter(ae, row, AESTDAT="2025-01-03", AEENDAT="2025-01")
    assert clinic.found(ae) == {}
    clinic.enter(ae, row, AEENDAT="2024-12", reason="typing error")
    assert clinic.found(ae) == {"GC-09": "open"}


@pytest.mark.parametrize(
    "typed",
    [
        "call her on 0791234567",
        "write to rana@example.org",
        "national number ٩٨٧٦٥٤٣٢١٠",
        "Mrs. Al-Khatib felt dizzy",
        "السيدة الخطيب تشعر بدوار",
    ],
)
def test_what_looks_like_a_persons_data_in_free_text_is_asked_about(clinic: Round, typed: str) -> None:
    clinic.enter(clinic.at("V_SCR", "SUBJ"), NAME="Rana Khatib الخطيب")
    vs = clinic.at("V_SCR", "VS")
    clinic.enter(vs, NOTE=typed)
    assert clinic.found(vs) == {"GC-11": "open"}


@pytest.mark.parametrize("typed", ["dizzy at 10:30 on 12/01/2025", "lot 12345, 3 x 500 mg", "ran to the bus"])
def test_ordinary_free_text_is_not(clinic: Round, typed: str) -> None:
    clinic.enter(clinic.at("V_SCR", "SUBJ"), NAME="Rana Khatib")
    vs = clinic.at("V_SCR", "VS")
    clinic.enter(vs, NOTE=typed)
    assert clinic.found(vs) == {}


def test_an_items_own_rule_on_the_matter_comes_first() -> None:
    made = {(check.check, check.on) for check in generic_checks(round_study(), "IC")}
    assert ("GC-03", "DSSTDAT") not in made, "the consent is not held against itself"
    assert {check.check for check in generic_checks(round_study(), "SUBJ")} == set()
