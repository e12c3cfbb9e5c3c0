"""The trail on the command line: a file that other programs read, all of it or what filters leave."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.test_commands import WELL, WRONG_CALL, as_admin, as_nurse, played, site

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["played", "site"]  # fixtures


@pytest.mark.req("REQ-110", "REQ-112")
def test_the_trail_is_written_and_the_next_one_holds_that_it_was(site: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.jsonl"
    assert as_nurse("site", "trail", site, "--out", first).exit_code == WELL
    done = as_nurse("site", "trail", site, "--out", second, "--format", "jsonl")
    assert (done.exit_code, "read back and compared" in done.stdout) == (WELL, True)
    with first.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    later = [json.loads(line) for line in second.read_text(encoding="utf-8").splitlines()]
    # SEQ identifies an event in its chain: nothing of the first file is missing in the second
    assert {row["SEQ"] for row in rows} < {str(row["SEQ"]) for row in later}
    [noted] = [row for row in later if row["KIND"] == "trail-exported"]
    assert "a.csv" in noted["DETAIL"]
    assert f"rows: {len(rows)}" in noted["DETAIL"]


@pytest.mark.req("REQ-112")
def test_filters_narrow_it_and_one_that_names_nothing_is_refused(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    narrowed = ("--where", "user=rania", "--where", "kind=answers")
    assert as_nurse("site", "trail", site, "--out", out, *narrowed).exit_code == WELL
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["LOGIN"] for row in rows} == {"rania"}
    assert "value-recorded" in {row["KIND"] for row in rows}
    for wrong in ("subject=999", "colour=blue", "from=soon"):
        refused = as_nurse("site", "trail", site, "--out", tmp_path / "x", "--where", wrong)
        assert refused.exit_code == WRONG_CALL, wrong
    assert not (tmp_path / "x").exists()


@pytest.mark.req("REQ-117")
def test_whoever_administers_does_not_take_it_out(site: Path, tmp_path: Path) -> None:
    refused = as_admin("site", "trail", site, "--out", tmp_path / "t.csv")
    assert refused.exit_code != WELL
    assert "R-201" in refused.stderr
    assert not (tmp_path / "t.csv").exists()
