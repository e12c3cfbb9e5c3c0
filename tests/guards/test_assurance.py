"""The assurance record has all eight parts, or there is no release (REQ-721)."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import OUTCOMES, sources_hash
from tests.guards.sources import ROOT
from tools import assurance
from tools.assurance import ISSUES, PARTS, MissingPartError, record
from tools.traceability import reasons, requirements

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = re.compile(r"^\| KI-\d{3} \| .{20,} \| (high|medium|low) \| .{20,} \|$")


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of which everything is there, and a full run in which all passed."""
    for name in ("intended-use.md", "known-issues.md", "faults.md"):
        place = tmp_path / "docs" / "validation" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"# {name}\n\nWords.\n", encoding="utf-8")
    every = {number: ["t::t"] for number in requirements() if number not in reasons()}
    monkeypatch.setattr(assurance, "marked", lambda: every)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    as_somebody = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e"]
    subprocess.run([*as_somebody, "add", "-A"], check=True)
    subprocess.run([*as_somebody, "commit", "-q", "-m", "all of it"], check=True)
    run_ended(tmp_path, "passed")
    return tmp_path


def run_ended(root: Path, how: str) -> None:
    place = root / OUTCOMES
    place.parent.mkdir(exist_ok=True)
    told = {"version": "1.0", "ended": "2025-01-05T10:00:00Z", "sources": sources_hash(root)}
    place.write_text(json.dumps({**told, "outcomes": {"tests/t.py::t": how}}), encoding="utf-8")


@pytest.mark.req("REQ-721")
def test_the_record_has_eight_parts_and_leaves_the_approval_to_a_person(release: Path) -> None:
    written = record(release)
    assert re.findall(r"^## (.+)$", written, re.MULTILINE) == list(PARTS)
    assert len(PARTS) == 8
    assert "Left to be signed by a person" in written


@pytest.mark.req("REQ-721")
@pytest.mark.parametrize("name", ["intended-use.md", "known-issues.md", "faults.md"])
def test_a_release_without_a_part_is_refused_by_its_name(release: Path, name: str) -> None:
    (release / "docs" / "validation" / name).unlink()
    with pytest.raises(MissingPartError, match=name):
        record(release)


@pytest.mark.req("REQ-721")
def test_a_release_that_was_not_tested_or_failed_is_refused(release: Path) -> None:
    run_ended(release, "failed")
    with pytest.raises(MissingPartError, match="1 tests failed"):
        record(release)
    (release / OUTCOMES).unlink()
    with pytest.raises(MissingPartError, match="no full run"):
        record(release)


@pytest.mark.req("REQ-720")
def test_every_known_issue_has_a_number_a_risk_and_what_to_do() -> None:
    rows = [line for line in ISSUES.read_text(encoding="utf-8").splitlines() if line.startswith("| KI-")]
    assert rows
    assert [row for row in rows if not ISSUE.match(row)] == []
    numbers = [row[2:8] for row in rows]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.req("REQ-720")
def test_the_built_program_carries_the_known_issues() -> None:
    """With the other pages of validation, which the inspector's folder and the help read."""
    spec = (ROOT / "build.spec").read_text(encoding="utf-8")
    assert 'sorted((ROOT / "docs" / "validation").iterdir())' in spec
