"""The data team has gpg and unzip, and nothing of ours; what they see holds nothing that stays."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.exchange.openpgp import SecretKey, decrypt, new_key, read_certificate
from crfapp.exchange.seal import is_sealed
from crfapp.work.subjects import EnrolSubject
from tests.support.canaries import CANARY, told_canaries
from tests.support.gpg import Gpg, keyring
from tests.support.photographed import enrolled, photographed, picture
from tests.support.quick_site import QuickSite
from tests.support.senders import Sender, sender_at
from tests.support.small_packages import Post
from tests.support.small_photo_pack import photo_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Path(__file__).parents[2] / "docs" / "formats" / "package_seal.py"


@pytest.fixture
def gpg() -> Iterator[Gpg]:
    with keyring() as home:
        yield Gpg(Path(home))
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    sender = sender_at(tmp_path / "clinic")
    with sender.site.as_person("rania") as at:
        at.send(EnrolSubject())
    return sender


@pytest.mark.req("REQ-802", "REQ-801")
def test_gpg_decrypts_a_package_and_reports_a_good_signature(
    sender: Sender, gpg: Gpg, tmp_path: Path
) -> None:
    data_team = gpg.new_key("Evia data centre <data@example.org>")
    certificate = read_certificate(data_team)
    shown = gpg.run("--with-colons", "--fingerprint", "data@example.org").stdout.decode()
    assert certificate.fingerprint in shown
    gpg.learn(sender.nodes[0].certificate, tmp_path)
    made = sender.make(sender.agree_to(certificate))
    said = gpg.decrypt(made.path, tmp_path / "package.zip")
    assert "[GNUPG:] DECRYPTION_OKAY" in said
    assert "[GNUPG:] GOODSIG" in said
    assert sender.nodes[0].fingerprint in said.split("[GNUPG:] VALIDSIG ")[1].splitlines()[0]
    assert "WARNING: message was not integrity protected" not in said
    with zipfile.ZipFile(tmp_path / "package.zip") as zipped:
        assert zipped.testzip() is None
        manifest = json.loads(zipped.read("manifest.json"))
        for part in manifest["parts"]:
            assert hashlib.sha256(zipped.read(part["name"])).hexdigest() == part["sha256"]


@pytest.mark.req("REQ-801", "REQ-808")
def test_gpg_unzip_and_exiftool_find_the_photographs_and_nothing_that_a_camera_wrote(
    gpg: Gpg, tmp_path: Path
) -> None:
    sender = Sender(QuickSite(tmp_path / "clinic", photo_pack(tmp_path)))
    with sender.site.open() as opened:
        photographed(opened, enrolled(opened), picture())
    certificate = read_certificate(gpg.new_key("Evia data centre <data@example.org>"))
    gpg.learn(sender.nodes[0].certificate, tmp_path)
    made = sender.make(sender.agree_to(certificate))
    gpg.decrypt(made.path, tmp_path / "package.zip")
    with zipfile.ZipFile(tmp_path / "package.zip") as zipped:
        zipped.extractall(tmp_path / "out")
        listed = zipped.read("photographs.csv").decode("utf-8-sig")
    [file] = (tmp_path / "out" / "photos").iterdir()
    assert hashlib.sha256(file.read_bytes()).hexdigest() in listed
    told = subprocess.run(["exiftool", "-a", "-u", "-G1", str(file)], capture_output=True, check=True).stdout
    assert b"JPEG" in told
    assert b"[IFD0]" not in told
    assert CANARY.encode() not in told


@pytest.mark.req("REQ-802")
def test_a_key_on_rsa_as_gpg_makes_it_unasked_is_sent_to_as_well(gpg: Gpg, tmp_path: Path) -> None:
    gpg.run("--passphrase", "", "--quick-gen-key", "data@example.org", "default", "default", "0")
    post = Post(tmp_path)
    post.centre = SecretKey("", read_certificate(gpg.export("data@example.org")))
    gpg.learn(post.sender.certificate.armored, tmp_path)
    file, _ = post.write()
    assert "DECRYPTION_OKAY" in gpg.decrypt(file, tmp_path / "out.zip")


@pytest.mark.req("REQ-810")
@pytest.mark.parametrize(("usage", "why"), [("default 1d", "expired"), ("sign 0", "cannot encrypt")])
def test_a_key_that_cannot_be_encrypted_to_any_more_is_refused(gpg: Gpg, usage: str, why: str) -> None:
    past = ("--faked-system-time", "20240101T000000")
    gpg.run(*past, "--passphrase", "", "--quick-gen-key", "old@example.org", "future-default", *usage.split())
    with pytest.raises(AppProblem) as refused:
        read_certificate(gpg.export("old@example.org"), datetime(2025, 1, 12, tzinfo=UTC))
    assert refused.value.code is Code.CERTIFICATE_WRONG
    assert refused.value.facts["why"] == why


def test_what_plain_gpg_signs_and_encrypts_is_read(gpg: Gpg, tmp_path: Path) -> None:
    """As docs/formats/package.md says it: without compression, and without a seal."""
    us = new_key("JO01")
    theirs = read_certificate(gpg.new_key("data@example.org"))
    gpg.learn(us.certificate.armored, tmp_path)
    (tmp_path / "plain.zip").write_bytes(b"what comes back")
    to = ("--recipient", us.certificate.fingerprint, "--trust-model", "always")
    out = str(tmp_path / "back.pgp")
    gpg.run(
        "-z",
        "0",
        *to,
        "--local-user",
        "data@example.org",
        "--output",
        out,
        "--sign",
        "--encrypt",
        str(tmp_path / "plain.zip"),
    )
    heard = {theirs.fingerprint: theirs.armored}
    assert decrypt(Path(out), tmp_path / "read.zip", us, heard) == theirs.fingerprint
    assert (tmp_path / "read.zip").read_bytes() == b"what comes back"


@pytest.mark.req("REQ-802")
def test_the_seal_is_verified_and_made_by_hand_as_the_page_about_the_format_says(
    gpg: Gpg, tmp_path: Path
) -> None:
    post = Post(tmp_path)
    gpg.learn(post.sender.certificate.armored, tmp_path)
    file, _ = post.write()
    by_hand("open", file, tmp_path / "statement", tmp_path / "signature")
    said = gpg.run("--status-fd", "1", "--verify", str(tmp_path / "signature"), str(tmp_path / "statement"))
    assert b"[GNUPG:] GOODSIG" in said.stdout

    data_team = read_certificate(gpg.new_key("data@example.org"))
    back = tmp_path / "back.pgp"
    (tmp_path / "plain.zip").write_bytes(b"what comes back")
    to = ("--recipient", post.sender.certificate.fingerprint, "--trust-model", "always")
    us = ("--local-user", "data@example.org")
    gpg.run("-z", "0", *to, *us, "--output", str(back), "--sign", "--encrypt", str(tmp_path / "plain.zip"))
    (tmp_path / "statement").write_bytes(by_hand("statement", back))
    gpg.run(*us, "--output", str(tmp_path / "signature"), "--detach-sign", str(tmp_path / "statement"))
    by_hand("add", back, tmp_path / "signature")
    assert is_sealed(back)
    heard = {data_team.fingerprint: data_team.armored}
    assert decrypt(back, tmp_path / "read.zip", post.sender, heard) == data_team.fingerprint
    whole = back.read_bytes()
    for place in range(whole.rindex(b"crfapp seal 1\n") + 14, len(whole)):  # of gpg's own signature
        back.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(AppProblem):
            decrypt(back, tmp_path / "read.zip", post.sender, heard)


def by_hand(*arguments: object) -> bytes:
    """Call the script beside the page, with a bare Python."""
    command = [sys.executable, "-I", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def everything_in(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and, where it is a ZIP, whatever is in it, through all levels: names are bytes, too."""
    yield name, content + name.encode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            for entry in zipped.infolist():
                yield from everything_in(f"{name}/{entry.filename}", zipped.read(entry))


def places_of(canary: str, files: dict[str, bytes]) -> list[str]:
    """Where a text stands, in whatever way it is written."""
    needles = [canary.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [name for name, content in files.items() if any(needle in content for needle in needles)]


@pytest.mark.req("REQ-808")
def test_no_byte_of_any_package_for_outside_holds_what_stays_at_the_site(
    sender: Sender, gpg: Gpg, tmp_path: Path
) -> None:
    certificate = read_certificate(gpg.new_key("data@example.org"))
    gpg.learn(sender.nodes[0].certificate, tmp_path)
    with sender.site.open() as opened:
        signature = told_canaries(opened)
    for profile in ("sponsor", "safety-board", "statistician", "monitor"):
        made = sender.make(sender.agree_to(certificate, profile), full=True)
        gpg.decrypt(made.path, tmp_path / "package.zip")
        files = dict(everything_in(made.path.name, (tmp_path / "package.zip").read_bytes()))
        assert places_of(CANARY, files) == [], profile
        assert places_of(signature, files) == [], profile
        assert places_of("may leave", files), profile
        assert any(name.endswith("data.xlsx/xl/workbook.xml") for name in files) == (profile != "monitor")


@pytest.mark.req("REQ-808")
def test_the_search_finds_what_another_workstation_of_the_site_is_given(
    sender: Sender, gpg: Gpg, tmp_path: Path
) -> None:
    """The sabotaged twin: where nothing is withheld, the same search finds every canary."""
    certificate = read_certificate(gpg.new_key("ward@example.org"))
    gpg.learn(sender.nodes[0].certificate, tmp_path)
    with sender.site.open() as opened:
        signature = told_canaries(opened)
    made = sender.make(sender.agree_to(certificate, "workstation"), full=True)
    gpg.decrypt(made.path, tmp_path / "package.zip")
    files = dict(everything_in(made.path.name, (tmp_path / "package.zip").read_bytes()))
    assert places_of(CANARY, files) == places_of(signature, files) == [f"{made.path.name}/events.jsonl"]
    events = files[f"{made.path.name}/events.jsonl"].decode()
    kinds = {line.split('"kind":"')[1].split('"')[0] for line in events.splitlines() if CANARY in line}
    assert len(kinds) == 20
