"""docs/expressions.md says what the language does: its examples are read, and no function is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crfapp.study.language import ATTRIBUTES, Fault, parse
from crfapp.study.language.aggregates import AGGREGATES
from crfapp.study.language.functions import FUNCTIONS

MANUAL = (Path(__file__).parents[4] / "docs" / "expressions.md").read_text(encoding="utf-8")
BLOCKS = MANUAL.split("```")[1::2]
EXAMPLES = [
    re.split(r"\s{3,}", line)[0].removeprefix("when: ").removeprefix("is: ").removeprefix("fires: ")
    for block in BLOCKS
    for line in block.splitlines()[1:]
]


def test_the_manual_has_examples() -> None:
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_read(example: str) -> None:
    assert not isinstance(parse(example), Fault)


@pytest.mark.parametrize("name", sorted({*FUNCTIONS, *AGGREGATES, *sum(ATTRIBUTES.values(), ())}))
def test_every_function_and_attribute_is_told(name: str) -> None:
    assert re.search(rf"\b{name}\b", MANUAL)
