"""OpenPGP in one place: certificates, this workstation's key, encrypting with a signature, decrypting.

Keys and messages are of RFC 4880 with Curve25519, which ``gpg`` from 2.2 on opens and verifies. Everything
is streamed from file to file. Behind the message stands a seal (:mod:`crfapp.exchange.seal`): the signature
inside an OpenPGP message covers what was encrypted, but not the packets that carry the session key.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pysequoia as pgp

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.seal import add_seal, is_only_way, seal_of
from crfapp.exchange.whole_file import disk_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

_NOT_FOR_US = "No key to decrypt"
_NO_SIGNATURE = "no valid signatures"
_DISK = re.compile(r"\(os error (\d+)\)")
"""How the library tells what the system said."""
_CODE_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Certificate:
    """Somebody's public key. ``fingerprint`` is upper-case hex, ``user`` the name it was made out to."""

    armored: str
    fingerprint: str
    user: str

    @property
    def code(self) -> str:
        """What two people compare, over the telephone or on paper; see :func:`short_code`."""
        return short_code(self.fingerprint)


@dataclass(frozen=True, slots=True)
class SecretKey:
    """Both halves of a key; ``armored`` holds the secret one and is never shown or logged."""

    armored: str
    certificate: Certificate

    def __repr__(self) -> str:
        return f"SecretKey({self.certificate.fingerprint})"


def short_code(fingerprint: str) -> str:
    """The first twenty hex digits of a fingerprint in fours: 80 bits, as ``gpg --fingerprint`` shows them."""
    digits = fingerprint.upper()[:_CODE_DIGITS]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def read_certificate(content: bytes, now: datetime | None = None) -> Certificate:
    """The one certificate in a file, armored or not, that packages can be encrypted to now.

    CERTIFICATE_WRONG; its fact ``why`` is ``unreadable``, ``several``, ``secret`` where the file holds a
    secret key, which belongs to nobody but its owner, ``revoked``, ``cannot encrypt``, or, where it is told
    what time it is, ``expired``.
    """
    if b"PRIVATE KEY" in content:
        raise RefusedError(Code.CERTIFICATE_WRONG, why="secret")
    with _refused(Code.CERTIFICATE_WRONG, "unreadable"):
        found = pgp.Cert.split_bytes(content)
        tags = [packet.tag for packet in pgp.packet.PacketPile.from_bytes(content)]
    if len(found) != 1:
        raise RefusedError(Code.CERTIFICATE_WRONG, why="several" if found else "unreadable")
    if any(tag in _SECRET_TAGS for tag in tags):
        raise RefusedError(Code.CERTIFICATE_WRONG, why="secret")
    if found[0].is_revoked:
        raise RefusedError(Code.CERTIFICATE_WRONG, why="revoked")
    with _refused(Code.CERTIFICATE_WRONG, "cannot encrypt"):
        pgp.encrypt(b"", [found[0]])
    if now is not None and not _is_in_time(found[0], now):
        raise RefusedError(Code.CERTIFICATE_WRONG, why="expired")
    return _certificate(found[0])


def new_key(name: str) -> SecretKey:
    """Draw a key that signs and decrypts and does not expire; ``name`` is what its certificate says."""
    made = pgp.Tsk.generate(user_id=name, profile=pgp.Profile.RFC4880, cipher_suite=pgp.CipherSuite.Cv25519)
    return SecretKey(str(made), _certificate(made.extract_certificate()))


def read_key(armored: str) -> SecretKey:
    """A key that was kept as :attr:`SecretKey.armored`."""
    return SecretKey(armored, _certificate(pgp.Tsk.from_bytes(armored.encode()).extract_certificate()))


def encrypt(source: Path, target: Path, to: Sequence[Certificate], signer: SecretKey) -> None:
    """Write ``target``: ``source`` signed and encrypted to every one of ``to``, with a seal behind it.

    CERTIFICATE_WRONG where one of them cannot be encrypted to any more; DISK_FULL and the like. Nothing is
    left of ``target`` then.
    """
    key = pgp.Tsk.from_bytes(signer.armored.encode())
    try:
        recipients = [pgp.Cert.from_bytes(each.armored.encode()) for each in to]
        _encrypt(source, target, recipients, key)
        add_seal(target, lambda statement: _signed(key, statement))
    except BaseException:
        discard(target)
        raise


def decrypt(source: Path, target: Path, key: SecretKey, signers: Mapping[str, str]) -> str:
    """Write what is in ``source`` to ``target``; the fingerprint of whoever signed it.

    ``signers`` are the armored certificates that are heard here, by fingerprint. PACKAGE_NOT_FOR_US,
    PACKAGE_UNKNOWN_SIGNER, and PACKAGE_DAMAGED wherever a byte is not the one that was signed; nothing is
    left of ``target`` then. A file without a seal is read, too: see :func:`crfapp.exchange.seal.is_sealed`.
    """
    heard = [pgp.Cert.from_bytes(armored.encode()) for armored in signers.values()]
    sealed_by = _sealed_by(source, heard)
    secret = pgp.Tsk.from_bytes(key.armored.encode())
    try:
        found = _decrypted(source, target, secret, heard)
    except BaseException:
        discard(target)
        raise
    fingerprint = found.upper()
    if sealed_by is not None and sealed_by.upper() != fingerprint:
        discard(target)
        raise RefusedError(Code.PACKAGE_DAMAGED, why="sealed by another")
    return fingerprint


def sign(content: bytes, signer: SecretKey) -> bytes:
    """A detached signature, armored, as ``gpg --verify`` takes it."""
    key = pgp.Tsk.from_bytes(signer.armored.encode())
    return bytes(pgp.sign(key.signer(), content, mode=pgp.SignatureMode.DETACHED))


def is_signed_by(content: bytes, signature: bytes, armored: str) -> bool:
    """Whether a detached signature of this content is of this certificate."""
    heard = [pgp.Cert.from_bytes(armored.encode())]
    try:
        sealed = pgp.Sig.from_bytes(signature)
        return bool(pgp.verify(bytes=content, store=lambda _ids: heard, signature=sealed).valid_sigs)
    except (RuntimeError, ValueError):
        return False


def discard(target: Path) -> None:
    """Leave nothing of a file that did not come to a good end, where it has a name and where it has none."""
    with suppress(OSError):
        with target.open("r+b") as file:
            file.truncate(0)
        target.unlink(missing_ok=True)


def _encrypt(source: Path, target: Path, recipients: list[pgp.Cert], key: pgp.Tsk) -> None:
    try:
        pgp.encrypt_file(str(source), str(target), recipients, key.signer(), armor=False)
    except (RuntimeError, ValueError, OSError) as error:
        first = _first_line(error)
        _refuse_disk(first, target)
        raise RefusedError(Code.CERTIFICATE_WRONG, why="cannot encrypt", said=first) from None


def _refuse_disk(said: str, target: Path) -> None:
    """DISK_FULL and the like where it was not the message but the disk."""
    found = _DISK.search(said)
    if found:
        with disk_named(target.parent):
            raise OSError(int(found[1]), said)


def _signed(key: pgp.Tsk, statement: bytes) -> bytes:
    return pgp.sign(key.signer(), statement, mode=pgp.SignatureMode.DETACHED, armor=False)


def _sealed_by(source: Path, heard: list[pgp.Cert]) -> str | None:
    """The fingerprint of whoever sealed a file, or None.

    PACKAGE_UNKNOWN_SIGNER where it is nobody in ``heard``, PACKAGE_DAMAGED where the seal does not hold.
    """
    seal = seal_of(source)
    if seal is None:
        return None
    try:
        [packet] = pgp.packet.PacketPile.from_bytes(seal.signature)
        signature, by = pgp.Sig.from_bytes(seal.signature), packet.issuer_fingerprint
    except (RuntimeError, ValueError):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="seal") from None
    if by is None or not any(by == key for cert in heard for key in _keys(cert)):
        raise RefusedError(Code.PACKAGE_UNKNOWN_SIGNER)
    try:
        valid = pgp.verify(bytes=seal.statement, store=lambda _ids: heard, signature=signature).valid_sigs
    except (RuntimeError, ValueError):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="seal") from None
    if len(valid) != 1 or not is_only_way(packet.body, seal.statement, by):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="seal")
    return str(valid[0].certificate)


def _keys(cert: pgp.Cert) -> list[str]:
    packets = pgp.packet.PacketPile.from_bytes(bytes(cert))
    return [packet.fingerprint for packet in packets if packet.fingerprint]


def _decrypted(source: Path, target: Path, secret: pgp.Tsk, heard: list[pgp.Cert]) -> str:
    try:
        found = pgp.decrypt_file(str(source), str(target), secret.decryptor(), lambda _ids: heard)
    except (RuntimeError, ValueError, OSError) as error:
        first = _first_line(error)
        _refuse_disk(first, target)
        if first.startswith(_NOT_FOR_US):
            raise RefusedError(Code.PACKAGE_NOT_FOR_US) from None
        if _NO_SIGNATURE in first:
            raise RefusedError(Code.PACKAGE_UNKNOWN_SIGNER) from None
        raise RefusedError(Code.PACKAGE_DAMAGED, why=first) from None
    signers = {signature.certificate for signature in found.valid_sigs}
    if len(signers) != 1:
        raise RefusedError(Code.PACKAGE_UNKNOWN_SIGNER)
    return str(signers.pop())


def _is_in_time(cert: pgp.Cert, now: datetime) -> bool:
    """Whether neither the certificate nor every key in it that decrypts has expired."""
    if cert.expiration is not None and cert.expiration <= now:
        return False
    created: datetime | None = None
    for packet in pgp.packet.PacketPile.from_bytes(bytes(cert)):
        created = packet.key_created or created
        uses = packet.key_flags
        if uses is None or created is None or not (uses.transport_encryption or uses.storage_encryption):
            continue
        if packet.key_validity_period is None or created + packet.key_validity_period > now:
            return True
    return False


_SECRET_TAGS = (pgp.packet.Tag.SecretKey, pgp.packet.Tag.SecretSubkey)


def _certificate(cert: pgp.Cert) -> Certificate:
    users = cert.user_ids
    return Certificate(str(cert), cert.fingerprint.upper(), str(users[0]) if users else "")


@contextmanager
def _refused(code: Code, why: str) -> Iterator[None]:
    """What the library says becomes a coded problem; of its text the first line alone is for people."""
    try:
        yield
    except (RuntimeError, ValueError, OSError) as error:
        raise RefusedError(code, why=why, said=_first_line(error)) from None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200]
