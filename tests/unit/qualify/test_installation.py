"""Qualification of the installation: a changed byte, a wrong place and a wrong answer are each a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.parts import AppParts
from crfapp.cli.parts import Credentials
from crfapp.cli.qualify_parts import QualifyWish
from crfapp.qualify import known_answers
from crfapp.qualify.drive import cloud_over, drive_of, is_private, is_removable
from crfapp.qualify.files import (
    MANIFEST,
    checkout_lines,
    differences,
    manifest_lines,
    manifest_of,
    read_manifest,
)
from tests.support.quick_site import QuickSite, password_of

if TYPE_CHECKING:
    from crfapp.cli.qualify_parts import Finding, Qualified

MOUNTS = r"""22 27 0:21 / /proc rw - proc proc rw
27 1 254:0 / / rw - ext4 /dev/vda rw
30 27 0:30 / /tmp rw - tmpfs tmpfs rw
31 27 0:31 / /mnt/team\040share rw - cifs //server/team rw
32 27 0:32 / /mnt/there rw - nfs4 server:/there rw
33 27 0:33 / /home/nurse/remote rw - fuse.sshfs server: rw
34 27 8:17 / /media/stick rw - vfat /dev/sdb1 rw
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder as a build leaves it."""
    folder = tmp_path / "program"
    (folder / "inside").mkdir(parents=True)
    (folder / "crfapp").write_bytes(b"\x7fELF" + bytes(5000))
    (folder / "inside" / "library.so").write_bytes(bytes(range(256)) * 20)
    (folder / MANIFEST).write_text(manifest_of(folder), encoding="utf-8")
    return folder


def failed(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(one.name, one.seen) for one in findings if one.result == "fail"}


@pytest.mark.req("REQ-710")
def test_one_changed_byte_of_an_installed_file_fails_by_name(program: Path) -> None:
    assert failed(list(manifest_lines(program))) == set()
    library = program / "inside" / "library.so"
    content = bytearray(library.read_bytes())
    content[3000] ^= 1
    library.write_bytes(content)
    assert ("File", "other bytes") in {
        (one.name, one.seen) for one in manifest_lines(program) if one.expected == "inside/library.so"
    }
    assert failed(list(manifest_lines(program))) == {
        ("Installed files, byte for byte", "1 of 2 as listed"),
        ("File", "other bytes"),
    }


def test_who_looks_at_sizes_alone_does_not_notice_it(program: Path) -> None:
    """The twin: the same byte, and a checker that does not read what is in the files."""
    sizes = {name: (program / name).stat().st_size for name in read_manifest(program)}
    content = bytearray((program / "crfapp").read_bytes())
    content[3000] ^= 1
    (program / "crfapp").write_bytes(content)
    assert {name: (program / name).stat().st_size for name in read_manifest(program)} == sizes
    assert list(differences(program, read_manifest(program))) == [("crfapp", "other bytes")]


@pytest.mark.req("REQ-710")
def test_a_missing_file_a_strange_one_and_a_missing_list_fail(program: Path) -> None:
    (program / "crfapp").unlink()
    (program / "inside" / "sitecustomize.py").write_text("import os\n", encoding="utf-8")
    assert dict(differences(program, read_manifest(program))) == {
        "crfapp": "missing",
        "inside/sitecustomize.py": "not in it",
    }
    (program / MANIFEST).write_text("no such line\n", encoding="utf-8")
    assert failed(list(manifest_lines(program))) == {("Installed files, byte for byte", "ValueError")}
    (program / MANIFEST).unlink()
    assert failed(list(manifest_lines(program))) == {("Installed files, byte for byte", "FileNotFoundError")}


def test_what_is_neither_built_nor_a_checkout_fails(tmp_path: Path) -> None:
    assert [one.result for one in checkout_lines(tmp_path)] == ["fail"]


@pytest.mark.req("REQ-710")
@pytest.mark.parametrize(
    ("folder", "wrong"),
    [
        ("/home/nurse/.local/share/crfapp/site", ""),
        ("/mnt/team share/site", "network"),
        ("/mnt/there", "network"),
        ("/home/nurse/remote/site", "network"),
        ("/tmp/site", "memory"),  # noqa: S108 - a name in a table
        ("/media/stick/site", ""),
        ("/mnt/thereabouts", ""),
    ],
)
def test_records_on_a_network_drive_are_named(folder: str, wrong: str) -> None:
    drive = drive_of(Path(folder), MOUNTS)
    assert drive is not None
    assert drive.wrong == wrong


def test_a_drive_that_can_be_pulled_is_named(tmp_path: Path) -> None:
    """The partition says nothing of it, the disk around it does."""
    (tmp_path / "sdb" / "sdb1").mkdir(parents=True)
    (tmp_path / "sdb" / "removable").write_text("1\n", encoding="ascii")
    (tmp_path / "8:17").symlink_to(tmp_path / "sdb" / "sdb1")
    assert is_removable("8:17", tmp_path)
    (tmp_path / "sdb" / "removable").write_text("0\n", encoding="ascii")
    assert not is_removable("8:17", tmp_path)


@pytest.mark.parametrize(
    "name", ["OneDrive - Clinic", "Dropbox", "Google Drive", "iCloud Drive", "Nextcloud"]
)
def test_a_folder_that_goes_to_a_cloud_is_named(tmp_path: Path, name: str) -> None:
    assert cloud_over(tmp_path / name / "crfapp" / "site") == name
    assert cloud_over(tmp_path / "crfapp" / "site") == ""


def test_a_folder_open_to_others_is_not_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert is_private(tmp_path)[0]
    tmp_path.chmod(0o750)
    assert not is_private(tmp_path)[0]


def test_a_wrong_answer_of_the_cryptography_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_answers, "_HKDF", "00" * 42)
    monkeypatch.setattr(known_answers, "KEY", bytes(32))
    wrong = {one.id for one in known_answers.known_answers() if one.result == "fail"}
    assert wrong == {"hkdf", "sqlcipher"}


# ---- the report


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Qualified:
    """Of this checkout at a real site, for whoever looks after it."""
    folder = tmp_path_factory.mktemp("qualified")
    QuickSite(folder / "site")
    wish = QualifyWish(folder / "out", "en", folder / "site", Credentials("admin", password_of("admin")))
    return AppParts().qualifying.installation(wish)


@pytest.mark.req("REQ-710")
def test_a_report_says_what_was_expected_and_seen_and_is_the_site_s(report: Qualified) -> None:
    by_id = {one.id: one for one in report.findings}
    for setting in ("journal_mode", "synchronous", "foreign_keys", "cipher_page_size"):
        line = by_id[f"pragma.{setting}"]
        assert (line.result, "the site's database" in line.seen) == ("pass", True)
    assert by_id["chains"].seen.startswith("0 breaks in ")
    asked = {"files", "version", "system", "processor", "memory", "free", "sqlcipher", "aes-gcm", "ed25519",
             "argon2id", "sha256", "guess", "clock.time", "printers", "private", "place.network"}  # fmt: skip
    assert asked <= set(by_id)
    assert {one.id for one in report.findings if one.result == "fail"} <= {"files", "free", "place.memory"}
    assert report.of_site
    told = json.loads(Path(report.files[0]).read_bytes())
    assert told["signed_by"] == report.fingerprint
    assert told["findings"][0]["requirement"] == "REQ-710"


@pytest.mark.req("REQ-710")
def test_a_report_with_one_sign_changed_is_not_what_was_signed(report: Qualified, tmp_path: Path) -> None:
    verify = AppParts().qualifying.verify
    files = [Path(shown) for shown in report.files]
    for file in files:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    data, page = (tmp_path / file.name for file in (files[0], files[2]))
    assert [verify(file).why for file in (data, page)] == ["", ""]
    data.write_bytes(
        data.read_bytes().replace(b'"result":"FAIL"', b'"result":"PASS"', 1).replace(b"8", b"9", 1)
    )
    assert [verify(file).why for file in (data, page)] == ["changed", "its data changed"]
    (tmp_path / files[4].name).unlink()
    with pytest.raises(AppProblem) as caught:
        verify(data)
    assert caught.value.code is Code.NOT_A_REPORT
