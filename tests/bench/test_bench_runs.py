"""``python -m tests.bench`` is for people and for scripts that keep its figures."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEASURES = sorted(
    file.stem for file in Path(__file__).parent.glob("*.py") if not file.stem.startswith(("_", "test_"))
)


def test_a_chosen_measure_is_printed_as_json_with_what_it_was_measured_on() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "pack_load"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout)

    assert set(found) == {"machine", "pack_load"}
    assert found["machine"]["cores"] >= 1
    assert found["pack_load"]["items"] == 450
    assert found["pack_load"]["load_pack_ms"] > 0


@pytest.mark.parametrize("name", MEASURES)
def test_every_module_here_takes_part(name: str) -> None:
    assert callable(import_module(f"tests.bench.{name}").measure)
