"""The seal behind an OpenPGP message: a signature over every byte of it (REQ-802, 804).

It is a packet of type 61, which OpenPGP leaves to private use and which readers pass over: so ``gpg`` opens a
sealed file like any other. It holds a detached signature of one line, ``crfapp seal 1 SHA-256 BYTES``, about
all that stands before it. How it is made and verified by hand is in ``docs/formats/package.md``; who signs is
:mod:`crfapp.exchange.openpgp`.
"""

from __future__ import annotations

import hashlib
import os
import struct
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from crfapp.exchange.whole_file import disk_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAGIC = b"crfapp seal 1\n"
_TAG = 0xC0 | 61
_HEAD = struct.Struct(">BBI")
_LONG_FORM = 0xFF
_LONGEST = 4096
_CHUNK = 1 << 20
_DIGESTS = {8: "sha256", 9: "sha384", 10: "sha512"}
"""Digests by their OpenPGP numbers."""
_ISSUER = b"\x09\x10"
"""Length and kind of the subpacket that names a key by the end of its fingerprint."""


class Seal(NamedTuple):
    """What a seal is about, and its signature: a binary OpenPGP signature packet."""

    statement: bytes
    signature: bytes


def add_seal(path: Path, sign: Callable[[bytes], bytes]) -> None:
    """Put the seal behind a finished message; ``sign`` gives the detached signature of the statement."""
    with disk_named(path.parent), path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        body = MAGIC + sign(_statement(file, size))
        file.seek(size)
        file.write(_HEAD.pack(_TAG, _LONG_FORM, len(body)) + body)
        file.flush()
        os.fsync(file.fileno())


def is_sealed(path: Path) -> bool:
    """Whether there is a seal at the end of a file, whatever it is worth."""
    with disk_named(path.parent), path.open("rb") as file:
        return _found(file) is not None


def seal_of(path: Path) -> Seal | None:
    """The seal at the end of a file, if there is one, with the statement that it has to be a signature of."""
    with disk_named(path.parent), path.open("rb") as file:
        found = _found(file)
        return None if found is None else Seal(_statement(file, found[0]), found[1])


def is_only_way(signature: bytes, statement: bytes, issuer: str) -> bool:
    """Whether every byte of a signature that a verifier does not need is the one it has to be.

    ``signature`` is the body of a version 4 packet, ``issuer`` the fingerprint it names in its hashed part.
    Two places are not signed: the part that is not hashed, which may repeat whose key it was, and the two
    bytes by which the signature tells how its digest begins. They would be the only ones in a file that could
    be changed unseen. RFC 4880 section 5.2.4: the digest goes over the message, the hashed part, and how long
    that is.
    """
    version_to_hashed = 6
    hashed = version_to_hashed + int.from_bytes(signature[4:6], "big")
    rest = hashed + 2 + int.from_bytes(signature[hashed : hashed + 2], "big")
    unhashed = signature[hashed + 2 : rest]
    if unhashed not in (b"", _ISSUER + bytes.fromhex(issuer)[-8:]) or signature[3] not in _DIGESTS:
        return False
    digest = hashlib.new(_DIGESTS[signature[3]], statement + signature[:hashed])
    digest.update(b"\x04\xff" + struct.pack(">I", hashed))
    return signature[rest : rest + 2] == digest.digest()[:2]


def _found(file: BinaryIO) -> tuple[int, bytes] | None:
    """How many bytes stand before the seal, and its signature."""
    end = file.seek(0, os.SEEK_END)
    start = max(0, end - _LONGEST)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(MAGIC) - _HEAD.size
    if at < 0:
        return None
    tag, form, length = _HEAD.unpack(tail[at : at + _HEAD.size])
    body = tail[at + _HEAD.size :]
    if (tag, form, length) != (_TAG, _LONG_FORM, len(body)):
        return None
    return start + at, body[len(MAGIC) :]


def _statement(file: BinaryIO, size: int) -> bytes:
    digest, left = hashlib.sha256(), size
    file.seek(0)
    while left and (chunk := file.read(min(left, _CHUNK))):
        digest.update(chunk)
        left -= len(chunk)
    return b"crfapp seal 1 %s %d\n" % (digest.hexdigest().encode(), size)
