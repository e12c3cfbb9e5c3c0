"""A report of qualification is verified with GnuPG alone, and its PDF names the data that belong to it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.build import Build
from crfapp.qualify.findings import compared
from crfapp.qualify.reports import Told, write_report
from tests.support.gpg import Gpg, keyring

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.interop


@pytest.fixture
def gpg() -> Iterator[Gpg]:
    with keyring() as home:
        yield Gpg(Path(home))
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)


@pytest.mark.req("REQ-710", "REQ-711")
def test_gpg_alone_verifies_data_and_page_of_a_report(gpg: Gpg, tmp_path: Path) -> None:
    told = Told("installation", "JO01", "Site administrator", Build("0.1.0"), {})
    done = write_report(told, [compared("version", "Version", "1", "1")], tmp_path, "en", None)
    data, signature, page, of_page, key = map(Path, done.files)
    gpg.run("--import", str(key))
    for file, signed in ((data, signature), (page, of_page)):
        said = gpg.run("--status-fd", "1", "--verify", str(signed), str(file)).stdout.decode(errors="replace")
        [valid] = [line for line in said.splitlines() if " VALIDSIG " in line]
        assert valid.endswith(done.fingerprint)
    words = subprocess.run(["pdftotext", str(page), "-"], capture_output=True, text=True, check=True).stdout
    assert done.sha256 in words.replace("\n", "")
    assert done.fingerprint in words
    for line in signature.read_text(encoding="ascii").split():
        assert line in words

    data.write_bytes(data.read_bytes().replace(b"JO01", b"JO02"))
    said = gpg.run("--status-fd", "1", "--verify", str(signature), str(data), check=False).stdout.decode(
        errors="replace"
    )
    assert "BADSIG" in said
