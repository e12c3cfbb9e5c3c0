"""Whatever is refused can be said: every code of the catalogue has its words."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.problem_texts import PROBLEM_TEXTS


def test_every_problem_code_has_a_text_and_no_text_is_without_a_code() -> None:
    assert set(PROBLEM_TEXTS) == set(Code)


def test_codes_are_used_once() -> None:
    assert len({code.value for code in Code}) == len(Code.__members__)
