"""A test can only name requirements that exist: the run fails otherwise, before any test runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REQUIREMENTS, known_requirements
from tests.guards.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

USAGE_ERROR = 4


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """An empty project with our settings, our conftest and our list of requirements."""
    for name in ("pyproject.toml", "tests/conftest.py", "docs/validation/requirements.txt"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, place)
    return tmp_path


def run_with(suite: Path, mark: str) -> subprocess.CompletedProcess[str]:
    test = f"import pytest\n\n@pytest.mark.{mark}\ndef test_it():\n    assert True\n"
    (suite / "tests" / "test_it.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=suite, capture_output=True, text=True, check=False)


def test_known_numbers_pass(suite: Path) -> None:
    done = run_with(suite, 'req("REQ-101", "REQ-933")')
    assert "1 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("mark", "said"),
    [('req("REQ-101", "REQ-999")', "test_it: REQ-999"), ("req()", "test_it: no number")],
)
def test_unknown_numbers_fail_the_run_by_name(suite: Path, mark: str, said: str) -> None:
    done = run_with(suite, mark)
    assert done.returncode == USAGE_ERROR
    assert said in done.stderr


def test_a_misspelt_mark_fails_the_run(suite: Path) -> None:
    assert run_with(suite, 'requirement("REQ-101")').returncode != 0


def test_every_line_of_the_list_is_a_number_a_demand_and_its_risk_with_the_reason() -> None:
    every = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    lines = [line for line in every if not line.startswith("#")]
    for line in lines:
        _number, demand, risk = line.split("\t")
        assert demand.endswith("."), line
        assert re.fullmatch(r"(high|medium|low): .{10,}[^.]", risk), line
    assert len(known_requirements()) == len(lines)
