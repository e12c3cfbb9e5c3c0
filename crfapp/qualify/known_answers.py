"""Cryptography asked for what it must answer: published vectors, a database written before, a signed message.

Sources: SHA-256 FIPS 180-4; AES-256-GCM test case 16 of the GCM specification; Ed25519 RFC 8032, test 2;
HKDF RFC 5869, test case 1; Argon2id from the tests of the reference implementation (t=2, m=64 MiB, p=1).
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crfapp.base.marking import N_
from crfapp.base.problems import AppProblem
from crfapp.bootstrap.ground import program_folder
from crfapp.exchange.openpgp import is_signed_by, new_key, sign
from crfapp.qualify.findings import compared, judged
from crfapp.store.known_database import KEY, NAME, what_it_says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.cli.qualify_parts import Finding

_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
_GCM_KEY = "feffe9928665731c6d6a8f9467308308" * 2
_GCM_NONCE = "cafebabefacedbaddecaf888"
_GCM_WITH = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
_GCM_PLAIN = (
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
_GCM_SEALED = (
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
    "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
)
_ED_SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
_ED_SIGNED = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
_HKDF = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
_ARGON2ID = "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def known_answers() -> Iterator[Finding]:
    """One line for each."""
    yield _answer("sha256", N_("SHA-256, known answer"), _SHA256, hashlib.sha256(b"abc").hexdigest())
    yield _aes_gcm()
    yield _ed25519()
    derived = HKDF(
        algorithm=SHA256(),
        length=42,
        salt=bytes(range(13)),
        info=bytes(range(0xF0, 0xFA)),
    ).derive(b"\x0b" * 22)
    yield _answer("hkdf", N_("HKDF-SHA256, known answer"), _HKDF, derived.hex())
    stretched = hash_secret_raw(b"password", b"somesalt", 2, 65_536, 1, hash_len=32, type=Type.ID)
    yield _answer("argon2id", N_("Argon2id, known answer"), _ARGON2ID, stretched.hex())
    yield _openpgp()
    yield from _sqlcipher()


def _answer(place: str, name: str, expected: str, seen: str) -> Finding:
    well = seen == expected
    return judged(place, name, "as published", "as published" if well else seen, well=well)


def _aes_gcm() -> Finding:
    nonce, plain, more = (bytes.fromhex(told) for told in (_GCM_NONCE, _GCM_PLAIN, _GCM_WITH))
    cipher = AESGCM(bytes.fromhex(_GCM_KEY))
    sealed = cipher.encrypt(nonce, plain, more)
    try:
        cipher.decrypt(nonce, bytes([sealed[0] ^ 1]) + sealed[1:], more)
        told = ", and a changed byte is not noticed"
    except InvalidTag:
        told = ""
    return _answer("aes-gcm", N_("AES-256-GCM, known answer"), _GCM_SEALED, sealed.hex() + told)


def _ed25519() -> Finding:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_ED_SEED))
    signed = key.sign(b"\x72")
    try:
        key.public_key().verify(signed, b"\x73")
        told = ", and another message is not noticed"
    except InvalidSignature:
        told = ""
    return _answer("ed25519", N_("Ed25519, known answer"), _ED_SIGNED, signed.hex() + told)


def _openpgp() -> Finding:
    key = new_key("qualification")
    signature = sign(b"a message", key)
    right = is_signed_by(b"a message", signature, key.certificate.armored)
    wrong = is_signed_by(b"another message", signature, key.certificate.armored)
    seen = f"own message {right}, another message {wrong}"
    return compared("openpgp", N_("OpenPGP signature"), "own message True, another message False", seen)


def _sqlcipher() -> Iterator[Finding]:
    """A database that an earlier program wrote opens; with one byte changed it does not."""
    source = program_folder() / "resources" / "qualification" / NAME
    with tempfile.TemporaryDirectory(prefix="crfapp-qualify-") as folder:
        copy = Path(folder) / NAME
        copyfile(source, copy)
        told = _told(copy)
        yield compared("sqlcipher", N_("SQLCipher opens a database of known content"), "a known row", told)
        changed = bytearray(source.read_bytes())
        changed[len(changed) // 2] ^= 1
        for left in Path(folder).iterdir():
            left.unlink()
        copy.write_bytes(changed)
        told = _told(copy)
        name = N_("SQLCipher refuses a database with one changed byte")
        yield judged("sqlcipher.changed", name, "refused", told, well=told != "a known row")


def _told(file: Path) -> str:
    try:
        return what_it_says(file, KEY)
    except AppProblem as problem:
        return f"refused: {problem.code.value}"
