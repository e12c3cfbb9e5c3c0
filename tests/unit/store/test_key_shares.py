"""Shares of the key: any two of three open, one tells nothing, and a slip is found where it is."""

from __future__ import annotations

import itertools
import os

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.store.key_shares import looks_like_shares, make_shares, read_shares
from crfapp.store.recovery import new_secret, sheet_text

SECRET = bytes(range(32))
PRINTED = (
    "disease describe academic acid alcohol birthday result forecast necklace together pupal erode "
    "coastal loan industry undergo industry trend indicate beyond wildlife texture syndrome deploy order "
    "enlarge iris yoga spelling shaft clinic method reward"
    "\n"
    "disease describe academic agency alive petition modify fiscal capture tadpole leaf lily total treat "
    "public declare glasses wealthy depart machine energy aquatic jerky cinema enforce purchase liquid "
    "window award dryer empty climate animal"
    "\n"
)
"""What this program printed in 2026: paper lies in a safe for decades."""


def problem_of(text: str) -> AppProblem:
    with pytest.raises(AppProblem) as problem:
        read_shares(text)
    return problem.value


@pytest.mark.req("REQ-904")
@pytest.mark.parametrize(("needed", "made"), [(2, 3), (3, 5), (2, 2)])
def test_any_of_them_open_as_many_as_are_needed(needed: int, made: int) -> None:
    shares = make_shares(SECRET, needed, made)
    for some in itertools.permutations(shares, needed):
        assert read_shares("\n\n".join(some)) == SECRET
    assert read_shares("\n".join(shares)) == SECRET


@pytest.mark.req("REQ-904")
def test_one_share_fewer_opens_nothing_and_fits_any_secret_as_well() -> None:
    first, *_ = make_shares(SECRET, 2, 3)
    problem = problem_of(first)
    assert (problem.code, problem.facts) == (Code.SHARES_TOO_FEW, {"have": 1, "needed": 2})


@pytest.mark.req("REQ-904")
def test_a_share_reads_back_however_it_was_copied_from_the_paper() -> None:
    one, other, _ = make_shares(SECRET, 2, 3)
    numbered = "  ".join(f"{place}. {word.upper()}" for place, word in enumerate(one.split(), start=1))
    beginnings = " ".join(word[:4] for word in other.split())
    assert read_shares(f"{numbered}\n{beginnings}") == SECRET


def test_paper_that_was_printed_once_opens_for_ever() -> None:
    assert read_shares(PRINTED) == SECRET


def test_a_slip_is_found_in_the_share_where_it_is() -> None:
    one, other, _ = make_shares(SECRET, 2, 3)
    words = other.split()
    exchanged = " ".join([*words[:5], words[6], words[5], *words[7:]])
    for wrong in (exchanged, other.replace(words[9], "olive"), " ".join(words[:-1])):
        problem = problem_of(f"{one}\n\n{wrong}")
        assert (problem.code, problem.facts) == (Code.SHARE_MISTYPED, {"number": 2})
    assert problem_of("").code is Code.SHARE_MISTYPED


def test_shares_of_two_sets_or_one_twice_are_named_as_such() -> None:
    one, _, _ = make_shares(SECRET, 2, 3)
    stranger, _, _ = make_shares(os.urandom(32), 2, 3)
    assert problem_of(f"{one}\n{stranger}").code is Code.SHARES_MIXED
    assert problem_of(f"{one}\n{one}").code is Code.SHARES_MIXED


def test_a_recovery_sheet_is_never_taken_for_shares() -> None:
    assert not any(looks_like_shares(sheet_text(new_secret())) for _ in range(50))
    assert all(map(looks_like_shares, make_shares(SECRET, 2, 3)))
