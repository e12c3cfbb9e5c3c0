"""A file that cannot be taken in is kept whole with a report, found again, and gone when it was taken in."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from crfapp.exchange.quarantine import (
    FOLDER,
    Report,
    fingerprint_of,
    lies_in,
    quarantined,
    release,
    set_aside,
)

if TYPE_CHECKING:
    from pathlib import Path


def report(file: Path, code: str = "R-606") -> Report:
    sha256, size = fingerprint_of(file)
    return Report(file.name, sha256, size, code, {"node": "ws-1", "seq": 7}, "2025-01-05T06:00:00Z", "rania")


def test_a_file_is_kept_whole_and_private_with_its_report(tmp_path: Path) -> None:
    site, file = tmp_path / "site", tmp_path / "../what came?.pgp"
    site.mkdir()
    file.write_bytes(b"content")
    kept = set_aside(site, file, report(file), "What is wrong.\n")
    assert kept.path.read_bytes() == b"content"
    assert kept.path.parent == site / FOLDER
    assert stat.S_IMODE((site / FOLDER).stat().st_mode) == 0o700
    assert file.exists()  # whoever moves it in takes the original away
    (found,) = quarantined(site)
    assert found == kept
    assert kept.path.with_name(kept.path.name + ".report.txt").read_text() == "What is wrong.\n"
    assert lies_in(site, kept.path)
    assert not lies_in(site, file)


def test_the_same_content_is_kept_once_under_its_newest_report(tmp_path: Path) -> None:
    file = tmp_path / "package.pgp"
    file.write_bytes(b"content")
    first = set_aside(tmp_path, file, report(file), "damaged")
    again = set_aside(tmp_path, first.path, report(first.path, "R-609"), "a gap")
    assert again.path == first.path
    assert [one.report.code for one in quarantined(tmp_path)] == ["R-609"]
    release(again.path)
    assert quarantined(tmp_path) == []
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_two_files_of_one_name_are_both_kept_and_one_without_its_report_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "package.pgp"
    file.write_bytes(b"one")
    set_aside(tmp_path, file, report(file), "damaged")
    file.write_bytes(b"two")
    kept = set_aside(tmp_path, file, report(file), "damaged")
    kept.path.with_name(kept.path.name + ".report.json").write_text("{")
    assert sorted(one.path.read_bytes() for one in quarantined(tmp_path)) == [b"one", b"two"]
