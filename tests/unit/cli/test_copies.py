"""Copies, comparing and open formats on the command line."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from crfapp.bootstrap.playing import known_password
from tests.support.copied_site import CopiedSite, unpacked
from tests.unit.cli.test_commands import NOT_WELL, WELL, as_admin, as_nurse, crfapp, played, site

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

__all__ = ["played", "site"]  # fixtures


def as_person(login: str, *words: object, **more: str) -> Result:
    return crfapp(*words, CRFAPP_LOGIN=login, CRFAPP_PASSWORD=known_password(login), **more)


@pytest.mark.req("REQ-502", "REQ-501", "REQ-911")
def test_a_copy_is_made_compared_with_and_put_into_work_again(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path).site.folder
    made = as_person("rania", "site", "copy", site, "--out", tmp_path / "stick")
    assert made.exit_code == WELL, made.stderr
    assert "deciphered again and compared" in made.stdout
    assert "R-201" in as_person("rania", "site", "copy-code", site).stderr
    code = as_person("haddad", "site", "copy-code", site).stdout.split()[-1]
    [copy] = (tmp_path / "stick").glob("*.crfcopy")
    with unpacked(copy, code) as parts:
        parts.extract("records/state.jsonl", tmp_path)
    state = tmp_path / "records" / "state.jsonl"
    same = as_person("rania", "site", "compare", site, state)
    assert (same.exit_code, "0 are not" in same.stdout) == (WELL, True)
    state.write_bytes(state.read_bytes()[:-2])
    damaged = as_person("rania", "site", "compare", site, state)
    assert (damaged.exit_code, "R-640" in damaged.stderr) == (NOT_WELL, True)
    looked = as_person("haddad", "site", "review-copy", site, copy, CRFAPP_COPY_PASSWORD=code)
    assert (looked.exit_code, "Every part" in looked.stdout) == (WELL, True)
    again = crfapp(
        "site", "recommission", copy, tmp_path / "again", "--login", "admin", CRFAPP_COPY_PASSWORD=code
    )
    assert again.exit_code == WELL, again.stderr
    assert made.stdout.split("state: ")[1][:64] in again.stdout
    assert (tmp_path / "again" / "ledger.db").is_file()


@pytest.mark.req("REQ-809", "REQ-910", "REQ-110")
def test_open_formats_are_handed_over_and_it_is_on_record(site: Path, tmp_path: Path) -> None:
    folder, document, trail = tmp_path / "csv", tmp_path / "site.odm.xml", tmp_path / "t.csv"
    assert as_nurse("export", "csv", site, "--out", folder).exit_code == WELL
    assert as_nurse("export", "odm", site, "--out", document).exit_code == WELL
    with (folder / "SV.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file))
    assert document.read_bytes().endswith(b"</ODM>\n")
    refused = as_nurse("export", "odm", site, "--out", document)
    assert (refused.exit_code, "R-501" in refused.stderr) == (NOT_WELL, True)
    assert "R-201" in as_admin("export", "csv", site, "--out", tmp_path / "other").stderr
    assert as_nurse("site", "trail", site, "--out", trail).exit_code == WELL
    with trail.open(encoding="utf-8-sig", newline="") as file:
        noted = [row["DETAIL"] for row in csv.DictReader(file) if row["KIND"] == "paper-made"]
    assert any("csv: " in one for one in noted)
    assert any("odm: " in one for one in noted)
