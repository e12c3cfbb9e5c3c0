"""Keys, certificates and messages: whose they are is seen, and what is wrong with them is said."""

from __future__ import annotations

import os
import resource
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pysequoia as pgp
import pytest

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.exchange.openpgp import decrypt, encrypt, new_key, read_certificate, read_key, short_code
from crfapp.exchange.seal import add_seal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SITE, SPONSOR = new_key("JO01"), new_key("Evia data centre")
HEARD = {SITE.certificate.fingerprint: SITE.certificate.armored}


def why(content: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        read_certificate(content)
    assert refused.value.code is Code.CERTIFICATE_WRONG
    return str(refused.value.facts["why"])


@pytest.mark.req("REQ-810")
def test_the_code_that_people_compare_is_how_gpg_shows_the_fingerprint() -> None:
    certificate = read_certificate(SPONSOR.certificate.armored.encode())
    assert certificate == SPONSOR.certificate
    assert certificate.user == "Evia data centre"
    assert certificate.code == short_code(certificate.fingerprint.lower())
    assert certificate.fingerprint.startswith(certificate.code.replace(" ", ""))
    assert len(certificate.code.split()) == 5


def test_a_certificate_is_read_without_its_armor_too() -> None:
    binary = bytes(pgp.Cert.from_bytes(SPONSOR.certificate.armored.encode()))
    assert read_certificate(binary).fingerprint == SPONSOR.certificate.fingerprint


@pytest.mark.req("REQ-810")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "unreadable"),
        (b"dear data team", "unreadable"),
        (SPONSOR.certificate.armored.encode()[:400], "unreadable"),
        (SPONSOR.armored.encode(), "secret"),
        (SPONSOR.certificate.armored.encode() + SITE.certificate.armored.encode(), "several"),
    ],
    ids=["empty", "letter", "cut", "secret key", "two"],
)
def test_what_is_not_one_certificate_is_refused_and_said_why(content: bytes, said: str) -> None:
    assert why(content) == said


def test_a_secret_key_without_armor_is_recognised_as_one() -> None:
    assert why(bytes(pgp.Tsk.from_bytes(SPONSOR.armored.encode()))) == "secret"


def test_a_certificate_that_its_owner_revoked_is_refused() -> None:
    old = pgp.Tsk.generate(user_id="old", profile=pgp.Profile.RFC4880)
    cert = old.extract_certificate()
    revoked = pgp.Cert.from_bytes(bytes(cert) + bytes(cert.revoke(old.certifier())))
    assert why(str(revoked).encode()) == "revoked"


def test_a_secret_key_is_not_shown_by_accident() -> None:
    assert "PRIVATE" not in repr(SITE)
    assert read_key(SITE.armored) == SITE


@pytest.mark.req("REQ-802")
def test_what_was_encrypted_comes_out_with_the_name_of_its_signer(tmp_path: Path) -> None:
    plain, file, out = tmp_path / "plain", tmp_path / "1.pgp", tmp_path / "out"
    plain.write_bytes(b"answers" * 1000)
    encrypt(plain, file, (SPONSOR.certificate, SITE.certificate), SITE)
    assert b"answers" not in file.read_bytes()
    for reader in (SPONSOR, SITE):
        assert decrypt(file, out, reader, HEARD) == SITE.certificate.fingerprint
        assert out.read_bytes() == plain.read_bytes()


@pytest.mark.req("REQ-802", "REQ-804")
@pytest.mark.parametrize(
    ("read", "code"),
    [
        (lambda file, out: decrypt(file, out, new_key("stranger"), HEARD), Code.PACKAGE_NOT_FOR_US),
        (lambda file, out: decrypt(file, out, SPONSOR, {}), Code.PACKAGE_UNKNOWN_SIGNER),
        (
            lambda file, out: decrypt(file, out, SPONSOR, {"x": SPONSOR.certificate.armored}),
            Code.PACKAGE_UNKNOWN_SIGNER,
        ),
    ],
    ids=["not for us", "nobody heard", "somebody else heard"],
)
def test_for_whom_and_by_whom_is_told_apart_and_nothing_is_left(
    tmp_path: Path, read: Callable[[Path, Path], str], code: Code
) -> None:
    plain, file, out = tmp_path / "plain", tmp_path / "1.pgp", tmp_path / "out"
    plain.write_bytes(b"answers" * 1000)
    encrypt(plain, file, (SPONSOR.certificate,), SITE)
    with pytest.raises(RefusedError) as refused:
        read(file, out)
    assert refused.value.code is code
    assert not out.exists()


def test_an_unsigned_message_is_nobodys(tmp_path: Path) -> None:
    file, out = tmp_path / "1.pgp", tmp_path / "out"
    to = [pgp.Cert.from_bytes(SPONSOR.certificate.armored.encode())]
    file.write_bytes(pgp.encrypt(b"answers", to, armor=False))
    with pytest.raises(RefusedError) as refused:
        decrypt(file, out, SPONSOR, HEARD)
    assert refused.value.code is Code.PACKAGE_UNKNOWN_SIGNER
    assert not out.exists()


def test_a_message_of_one_that_another_one_sealed_is_refused(tmp_path: Path) -> None:
    """Whoever is heard here as well cannot put their name on what somebody else said."""
    other = new_key("JO02")
    plain, file, out = tmp_path / "plain", tmp_path / "1.pgp", tmp_path / "out"
    plain.write_bytes(b"answers")
    encrypt(plain, file, (SPONSOR.certificate,), other)
    whole = file.read_bytes()
    unsealed = whole[: whole.rindex(b"crfapp seal 1\n") - 6]
    encrypt(plain, file, (SPONSOR.certificate,), SITE)
    sealing = tmp_path / "sealing"
    sealing.write_bytes(unsealed)
    signer = pgp.Tsk.from_bytes(SITE.armored.encode()).signer()
    add_seal(sealing, lambda said: pgp.sign(signer, said, mode=pgp.SignatureMode.DETACHED, armor=False))
    both = HEARD | {other.certificate.fingerprint: other.certificate.armored}
    with pytest.raises(RefusedError) as refused:
        decrypt(sealing, out, SPONSOR, both)
    assert refused.value.code is Code.PACKAGE_DAMAGED


@pytest.mark.req("REQ-806")
def test_a_disk_without_room_is_the_disks_fault_and_leaves_nothing(tmp_path: Path) -> None:
    plain, file, out = tmp_path / "plain", tmp_path / "1.pgp", tmp_path / "out"
    plain.write_bytes(os.urandom(300_000))
    with room_for(100_000), pytest.raises(EnvironmentProblem) as full:
        encrypt(plain, file, (SPONSOR.certificate,), SITE)
    assert full.value.code is Code.DISK_FULL
    assert not file.exists()
    encrypt(plain, file, (SPONSOR.certificate,), SITE)
    with room_for(100_000), pytest.raises(EnvironmentProblem) as full:
        decrypt(file, out, SPONSOR, HEARD)
    assert full.value.code is Code.DISK_FULL
    assert not out.exists()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file can grow beyond this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
