"""``python -m tests.bench`` is for people and for scripts that keep its figures."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.bench import _baseline
from tests.bench._kept import Compared, Figure, Kept, Limit

ROOT = Path(__file__).parents[2]
MEASURES = sorted(
    file.stem for file in Path(__file__).parent.glob("*.py") if not file.stem.startswith(("_", "test_"))
)


def test_a_chosen_measure_is_printed_as_json_with_what_it_was_measured_on() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--json", "pack_load"],
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
    measure = import_module(f"tests.bench.{name}")
    assert callable(measure.measure)
    says = [kept.says for kept in measure.FIGURES]
    assert says
    assert len(set(says)) == len(says)


def test_a_figure_is_read_against_its_limit_and_not_against_the_speed_of_the_machine() -> None:
    kept = Kept("a save", "ours/ms", "ms", Limit("bare_ms", "a bare commit"), goal=2)
    before = kept.found_in({"ours": {"ms": 2.0}, "bare_ms": 1.0})
    slow_machine = kept.found_in({"ours": {"ms": 6.0}, "bare_ms": 3.0})
    slow_program = kept.found_in({"ours": {"ms": 3.0}, "bare_ms": 1.0})
    assert slow_machine
    assert slow_program

    assert not Compared("save", kept, slow_machine, before).worse
    assert Compared("save", kept, slow_program, before).worse
    assert Compared("save", kept, slow_machine, before).met is False
    assert kept.found_in({"bare_ms": 1.0}) is None


def test_what_counts_downwards_is_worse_when_there_is_less_of_it() -> None:
    kept = Kept("events a second", "rate", "events", more_is_better=True)

    assert Compared("rate", kept, Figure(50), Figure(100)).worse
    assert not Compared("rate", kept, Figure(150), Figure(100)).worse


def test_none_before_and_some_now_is_worse() -> None:
    kept = Kept("plans that walk the table", "scans", "plans")

    assert Compared("trail", kept, Figure(1), Figure(0)).worse
    assert not Compared("trail", kept, Figure(0), Figure(0)).worse


def test_the_page_says_what_the_baseline_says() -> None:
    assert _baseline.PAGE.read_text(encoding="utf-8") == _baseline.page_of_today()
