"""A durable save of one answer against a bare SQLCipher commit of one row on the same disk."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bench.durable_save import measured

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.bench
def test_a_save_costs_at_most_twice_a_bare_commit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = measured(tmp_path)
    with capsys.disabled():
        sys.stdout.write("\n" + json.dumps(result) + "\n")
    assert isinstance(result["ratio"], float)
    assert result["ratio"] <= 2
