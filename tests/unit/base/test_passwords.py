"""Long and unusual is enough; nobody is told to mix classes."""

from __future__ import annotations

import pytest

from crfapp.base.common_passwords import LONGEST, is_common
from crfapp.base.passwords import SHORTEST, password_problem
from crfapp.base.problems import Code


@pytest.mark.req("REQ-208")
def test_fifteen_characters_are_the_default_and_a_study_may_choose() -> None:
    assert SHORTEST == 15
    assert password_problem("fjord lantern7") is Code.PASSWORD_TOO_SHORT
    assert password_problem("fjord lantern7", shortest=12) is None
    assert password_problem("fjord lantern77") is None


@pytest.mark.req("REQ-209")
@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "عصفور اخضر فوق الشجرة",
        "fünf Kraniche über dem Moor",
        "nurse writes 3 notes daily",
        "x" + "kq7 wm2 zr9 " * 16,
        "                 blue heron                 ",
    ],
)
def test_any_characters_and_any_length_are_welcome(password: str) -> None:
    assert password_problem(password) is None


@pytest.mark.req("REQ-209")
@pytest.mark.parametrize(
    "password",
    [
        "Password123456789",
        "P@ssw0rdP@ssw0rd",
        "passwordpassword!!",
        "p@$$w0rd-dr4g0n",
        "xk9qxk9qxk9qxk9q",
        "qwertyuiopasdfgh",
        "poiuytrewqlkjhgfdsa",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "abcdefghijklmnopqrstuvwxyz",
        "123456789012345",
        "summer2025summer2025",
        "Iloveyou12345678",
        "！！！！！！！！！！！！！！！！",  # noqa: RUF001 (full-width, as an input method types them)
    ],
)
def test_what_everybody_tries_is_refused_however_it_is_stretched(password: str) -> None:
    assert password_problem(password) is Code.PASSWORD_TOO_COMMON


@pytest.mark.req("REQ-209")
@pytest.mark.parametrize(
    "word", ["password", "dragon", "qwerty", "1qaz2wsx", "liverpool", "trustno1", "starwars"]
)
def test_the_commonest_are_known_alone_doubled_and_numbered(word: str) -> None:
    assert is_common(word)
    for stretched in (word, word.upper(), word + word, word + "2025", word + "!!!"):
        assert password_problem(stretched, shortest=1) is Code.PASSWORD_TOO_COMMON
    assert not is_common(word + "x7")
    assert LONGEST == 16


@pytest.mark.req("REQ-209")
@pytest.mark.parametrize(
    "password", ["the JO-01 herons are grey", "Ammân? no: amman in the rain", "nct 0681-3027 herons"]
)
def test_names_that_stand_on_the_wall_are_refused(password: str) -> None:
    names = ["NCT06813027", "JO01", "Amman", "CT"]
    assert password_problem(password, forbidden=names) is Code.PASSWORD_FROM_NAMES
    assert password_problem("the grey herons of winter, CT", forbidden=names) is None


@pytest.mark.req("REQ-209")
def test_composed_and_decomposed_letters_are_counted_alike() -> None:
    assert password_problem("e\u0301" * 8 + "abcdxy") is Code.PASSWORD_TOO_SHORT
