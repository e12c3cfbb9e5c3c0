"""What the nurse reads when something is refused."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.present.problem_texts import PROBLEM_TEXTS, problem_text
from crfapp.present.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def say(tmp_path: Path) -> Texts:
    return Texts("en", tmp_path)


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("code", list(Code))
def test_every_problem_says_what_is_wrong_and_what_to_do_without_any_fact(code: Code, say: Texts) -> None:
    what, todo = problem_text(RefusedError(code), say)
    assert what.endswith(".")
    assert todo.endswith(".")
    assert "{" not in what + todo


def test_a_slip_on_the_recovery_sheet_is_named_by_its_line(say: Texts) -> None:
    what, _ = problem_text(RefusedError(Code.WRONG_RECOVERY, line=2), say)
    assert plain(what) == "Line 2 differs from the recovery sheet."


def test_where_the_line_is_not_known_none_is_named(say: Texts) -> None:
    what, _ = problem_text(RefusedError(Code.WRONG_RECOVERY, line=0), say)
    assert what == "This is not the text of the recovery sheet."


def test_a_limit_of_zero_is_a_limit(say: Texts) -> None:
    what, _ = problem_text(RefusedError(Code.OFF_SCALE, low=0, high=10), say)
    assert plain(what) == "The scale goes from 0 to 10; this number is not on it."


def test_facts_keep_their_own_direction_in_an_arabic_sentence(say: Texts) -> None:
    what, _ = problem_text(EnvironmentProblem(Code.NOT_A_SITE, folder="site-1"), say)
    assert "\u2068site-1\u2069" in what


def test_the_texts_without_facts_have_no_places_to_fill() -> None:
    for text in PROBLEM_TEXTS.values():
        places = [
            name for part in (text.what, text.todo) for _, name, _, _ in Formatter().parse(part) if name
        ]
        assert not places
