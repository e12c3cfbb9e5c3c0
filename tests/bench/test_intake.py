"""A large package: what taking it in costs follows its events, and is a few times its bare rows."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.bench.intake import KINDS, measured

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALL, LARGE = 2_000, 8_000
MOST_TIMES_BARE = 12
"""Processor time against COPY alone, or one prepared statement: 5 to 7 when measured with nothing else."""


@pytest.mark.bench
def test_taking_in_is_linear_and_a_few_times_the_bare_rows(capsys: pytest.CaptureFixture[str]) -> None:
    found: Mapping[str, Any] = measured([SMALL, LARGE])
    with capsys.disabled():
        sys.stdout.write("\n" + json.dumps(found) + "\n")
    for kind in KINDS:
        small, large = found[f"{kind} {SMALL}"], found[f"{kind} {LARGE}"]
        assert (small["events"], large["events"]) == (SMALL, LARGE)
        assert large["ratio_to_bare_rows"] <= MOST_TIMES_BARE
        assert large["processor_seconds"] / small["processor_seconds"] <= 1.6 * LARGE / SMALL
