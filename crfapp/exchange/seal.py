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


def begins_as_it_says(signature: bytes, statement: bytes) -> bool:
    """Whether the two bytes by which a signature tells how its digest begins are right.

    ``signature`` is the body of a version 4 packet over SHA-512. Nobody has to look at these bytes, so they
    would be the only ones in a file that could be changed unseen. RFC 4880 section 5.2.4: the digest goes
    over the message, the hashed part, and how long that is.
    """
    version_to_hashed = 6
    hashed = version_to_hashed + int.from_bytes(signature[4:6], "big")
    covered = signature[:hashed]
    digest = hashlib.sha512(statement + covered + b"\x04\xff" + struct.pack(">I", hashed)).digest()
    rest = hashed + 2 + int.from_bytes(signature[hashed : hashed + 2], "big")
    return signature[rest : rest + 2] == digest[:2]


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
