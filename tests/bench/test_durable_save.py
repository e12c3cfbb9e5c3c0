"""A durable save of one answer against a bare SQLCipher commit of one row on the same disk."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bench.durable_save import measured

if TYPE_CHECKING:
    from pathlib import Path


MOST = 3
"""The goal is 2 and is not met: 2.6 on an idle machine whose disk syncs in 0.4 ms, to 3.2 under load."""


@pytest.mark.bench
def test_a_save_costs_little_over_a_bare_commit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = measured(tmp_path)
    with capsys.disabled():
        sys.stdout.write("\n" + json.dumps(result) + "\n")
    assert isinstance(result["ratio"], float)
    assert result["ratio"] <= MOST
