"""Coded answers and row references typed instead of clicked."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code
from crfapp.form.values import Field, Manner, Reading, Unreadable, read, shown
from crfapp.study.types import parse_type

HERE = Manner()
CODES = ("PRESENT", "RESOLVED", "MERGED", "N", "X")
LABELS = {
    "PRESENT": "Still there",
    "RESOLVED": "Gone",
    "MERGED": "Gone",
    "X": "n",
    "N": "Nicht\u00a0beurteilt",
}
STATUS = Field(parse_type("choice"), codes=CODES, labels=LABELS)
SEVERAL = Field(parse_type("choices"), codes=CODES, labels=LABELS)
YES_NO = Field(parse_type("yesno"), labels={"Y": "نعم", "N": "لا"})
LESION = Field(parse_type("rowref(LESDEF)"), rows=("T01", "T02"), labels={"T01": "left hand"})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("PRESENT", "PRESENT"), (" present ", "PRESENT"), ("still  THERE", "PRESENT"), ("\u200fX", "X"),
        ("n", "N"), ("nicht beurteilt", "N"),
    ],
)  # fmt: skip
def test_a_code_or_its_words_are_read(typed: str, code: str) -> None:
    assert read(typed, STATUS, HERE) == Reading(code, code)


@pytest.mark.parametrize("typed", ["PRES", "1", "PRESENT;X", "?"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert read(typed, STATUS, HERE) == Unreadable(Code.NOT_A_CODE)


def test_words_that_two_codes_share_are_asked() -> None:
    found = read("gone", STATUS, HERE)
    assert isinstance(found, Unreadable)
    assert [offer.text for offer in found.offers] == ["RESOLVED", "MERGED"]


@pytest.mark.parametrize(
    "typed", ["X;PRESENT", "present ; still there; x", "X؛PRESENT;", "PRESENT;X;PRESENT"]
)
def test_several_codes_stand_in_the_codelists_order_once_each(typed: str) -> None:
    assert read(typed, SEVERAL, HERE) == Reading(("PRESENT", "X"), "PRESENT;X")


def test_the_codelists_order_is_not_the_alphabets() -> None:
    assert read("MERGED;RESOLVED", SEVERAL, HERE) == Reading(("RESOLVED", "MERGED"), "RESOLVED;MERGED")


@pytest.mark.parametrize(
    ("typed", "facts"), [("PRESENT;nothing", {"position": 2}), ("gone", {"position": 1}), (";", {})]
)
def test_one_wrong_part_refuses_the_whole_and_is_named_by_its_place(
    typed: str, facts: dict[str, int]
) -> None:
    assert read(typed, SEVERAL, HERE) == Unreadable(Code.NOT_A_CODE, facts=facts)


@pytest.mark.parametrize(("typed", "code"), [("y", "Y"), ("N", "N"), ("نعم", "Y"), ("لا", "N")])
def test_yes_and_no(typed: str, code: str) -> None:
    assert read(typed, YES_NO, HERE) == Reading(code, code)


def test_a_row_must_exist() -> None:
    assert read("t02", LESION, HERE) == Reading("T02", "T02")
    assert read("Left hand", LESION, HERE) == Reading("T01", "T01")
    assert read("T03", LESION, HERE) == Unreadable(Code.UNKNOWN_ROW)


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("PRESENT", "Still there"),
        ("RESOLVED", "RESOLVED"),
        ("X", "X"),
        ("N", "Nicht\u00a0beurteilt"),
        ("OLD", "OLD"),
    ],
)
def test_words_are_shown_only_where_they_lead_back(code: str, seen: str) -> None:
    assert shown(code, STATUS, HERE) == seen


def test_rows_and_several_codes_are_shown_in_words() -> None:
    assert shown("T01", LESION, HERE) == "left hand"
    assert shown("PRESENT;X", SEVERAL, HERE) == "Still there; X"
    awkward = Field(parse_type("choices"), codes=("A",), labels={"A": "one; two"})
    assert shown("A", awkward, HERE) == "A"
