"""Copies, drills, restores and paper that opens them, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crfapp.store.recovery import sheet_text
from tests.support.quick_site import ADMIN_PASSWORD, QuickSite
from tests.unit.cli.test_commands import NOT_WELL, WELL, crfapp

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


def as_admin(*words: object, **more: str) -> Result:
    return crfapp(*words, CRFAPP_LOGIN="admin", CRFAPP_PASSWORD=ADMIN_PASSWORD, **more)


@pytest.mark.req("REQ-901", "REQ-902", "REQ-903")
def test_copies_are_brought_elsewhere_tried_and_restored_by_a_script(tmp_path: Path) -> None:
    site, stick = QuickSite(tmp_path / "site"), tmp_path / "stick"
    stick.mkdir()
    paper = sheet_text(site.secret).replace("\n", " ")

    copied = as_admin("site", "copies", site.folder, "--second", stick)
    assert copied.exit_code == WELL, copied.stderr
    told = json.loads(copied.stdout)
    assert (told["place"], told["days_second"], told["same_disk"]) == (str(stick), 0, True)
    assert "one broken disk takes both" in copied.stderr

    tried = as_admin("site", "drill", site.folder, "--paper", CRFAPP_RECOVERY=paper)
    assert tried.exit_code == WELL, tried.stderr
    told = json.loads(tried.stdout)
    assert (told["passed"], told["opened_by"]) == (True, "sheet")
    assert told["newer"] > 0
    slip = as_admin(
        "site", "drill", site.folder, "--paper", CRFAPP_RECOVERY=("1" if paper[0] == "0" else "0") + paper[1:]
    )
    assert (slip.exit_code, slip.stdout) == (NOT_WELL, "")

    words = ("site", "restore", stick, tmp_path / "new", "--reason", "the laptop was stolen")
    refused = as_admin("site", "restore", tmp_path, tmp_path / "new", "--reason", "why", "--copy", "none.db")
    assert (refused.exit_code, "R-801" in refused.stderr) == (NOT_WELL, True)
    done = as_admin(*words)
    assert done.exit_code == WELL, done.stderr
    assert json.loads(done.stdout)["opened_by"] == "password"
    assert as_admin("site", "verify", tmp_path / "new").exit_code == WELL
    back = as_admin("site", "restore-photographs", tmp_path / "new", "--from", stick)
    assert (back.exit_code, "0 photographs brought back" in back.stdout) == (WELL, True)


@pytest.mark.req("REQ-904")
def test_paper_that_was_not_typed_back_from_the_sheet_ends_nothing(tmp_path: Path) -> None:
    site = QuickSite(tmp_path / "site")
    wrong = as_admin("site", "shares", site.folder, "--needed", "4", "--of", "3")
    assert (wrong.exit_code, "R-803" in wrong.stderr) == (NOT_WELL, True)
    shown = as_admin("site", "sheet", site.folder)  # nobody types
    assert shown.exit_code == NOT_WELL
    assert "JO01" in shown.stdout
    paper = sheet_text(site.secret).replace("\n", " ")
    assert as_admin("site", "drill", site.folder, "--paper", CRFAPP_RECOVERY=paper).exit_code == NOT_WELL
    assert as_admin("site", "copies", site.folder, "--now").exit_code == WELL
    assert as_admin("site", "drill", site.folder, "--paper", CRFAPP_RECOVERY=paper).exit_code == WELL
