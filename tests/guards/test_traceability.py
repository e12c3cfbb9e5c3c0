"""The page of requirements says what the tests say; results are those of a whole run, or said not to be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import OUTCOMES, sources_hash
from tests.guards.sources import ROOT
from tools import traceability
from tools.traceability import (
    PAGE,
    Contradiction,
    Run,
    marked,
    page,
    page_with_results,
    refuse_contradictions,
)

if TYPE_CHECKING:
    from pathlib import Path

TEST = "tests/test_it.py::test_it"


@pytest.mark.req("REQ-730")
def test_a_requirement_that_nobody_decided_on_is_named() -> None:
    """A release is refused where there is one: tools/assurance.py."""
    undecided = traceability.undecided({"REQ-101": [TEST]})
    assert "REQ-102" in undecided
    assert not {"REQ-101", *traceability.reasons()} & set(undecided)


@pytest.mark.req("REQ-730")
def test_the_committed_page_is_what_the_tests_say() -> None:
    shown = marked()
    refuse_contradictions(shown)
    assert page(shown) == PAGE.read_text(encoding="utf-8"), "run `make traceability` and commit the page"


def test_what_is_read_from_the_sources_is_what_pytest_marks(request: pytest.FixtureRequest) -> None:
    """Of every test of this run, whatever part of the suite it is."""
    read = {(number, test) for number, tests in marked().items() for test in tests}
    for item in request.session.items:
        test = item.nodeid.partition("[")[0]
        given = {str(number) for mark in item.iter_markers("req") for number in mark.args}
        assert given == {number for number, name in read if name == test}, test


def test_a_requirement_without_a_test_is_not_claimed_and_may_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = tmp_path / "not-claimed.txt"
    monkeypatch.setattr(traceability, "NOT_CLAIMED", reasons)
    reasons.write_text("# why\nREQ-102\tneeds the centre\n", encoding="utf-8")
    said = page({"REQ-101": [TEST]})
    assert "Not claimed: needs the centre" in said
    assert said.count("Not claimed") == said.count("\n## ") - 1
    assert "Risk high: a change without trace makes every other value doubtful." in said
    for wrong in ("REQ-101\tnot yet", "REQ-999\tnever"):
        reasons.write_text(wrong, encoding="utf-8")
        with pytest.raises(Contradiction, match=wrong[:7]):
            refuse_contradictions({"REQ-101": [TEST]})


def test_results_say_what_ran_of_which_version_and_when_they_are_not_of_these_sources() -> None:
    shown = {"REQ-101": [TEST], "REQ-102": ["tests/test_it.py::test_other"]}
    assert page_with_results(shown, None, "now").count("not run here") == 2
    outcomes = {f"{TEST}[a]": "passed", f"{TEST}[b]": "failed"}
    run = Run("0.1.0", "2025-01-05T10:00:00Z", "now", outcomes)
    said = page_with_results(shown, run, "now")
    assert "| 1 | 1 failed, 1 passed | 0.1.0 |" in said
    assert "| 1 | 1 not run here | 0.1.0 |" in said
    assert "are not theirs" not in said
    assert "are not theirs" in page_with_results(shown, run, "later")


# ---- what a run leaves behind


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """An empty project with our settings and our conftest, and two tests, one of which fails."""
    for name in ("pyproject.toml", "tests/conftest.py", "docs/validation/requirements.txt"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, place)
    tests = "def test_good():\n    assert True\n\n\ndef test_bad():\n    assert False\n"
    (tmp_path / "tests" / "test_it.py").write_text(tests, encoding="utf-8")
    return tmp_path


def run(suite: Path, *chosen: str) -> Run | None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen]
    subprocess.run(command, cwd=suite, capture_output=True, check=False)
    return Run.last(suite / OUTCOMES)


def test_a_run_of_everything_leaves_its_results_with_the_sources_they_are_of(suite: Path) -> None:
    left = run(suite)
    assert left is not None
    assert left.outcomes == {"tests/test_it.py::test_good": "passed", "tests/test_it.py::test_bad": "failed"}
    assert left.sources == sources_hash(suite)
    (suite / "tests" / "test_it.py").write_text("", encoding="utf-8")
    assert left.sources != sources_hash(suite)


@pytest.mark.parametrize("chosen", [("tests/test_it.py",), ("-k", "good")])
def test_a_run_of_a_part_leaves_nothing(suite: Path, chosen: tuple[str, ...]) -> None:
    assert run(suite, *chosen) is None


def test_a_folder_of_results_is_none_of_the_committed_files() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{OUTCOMES.partition('/')[0]}/" in ignored
