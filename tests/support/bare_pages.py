"""The pages of an encrypted database and of its write-ahead log, decrypted one by one: also freed ones.

What a query cannot reach, somebody with the key can still read. The format is SQLCipher 4's: AES-256-CBC, in
each page of 4096 bytes the last 80 are 16 of initialisation vector and 64 of authentication; the first page
begins with a salt of 16 bytes in the clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE, RESERVED, VECTOR, SALT = 4096, 80, 16, 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def bare_bytes(ledger: Path, key: bytes) -> bytes:
    """Everything that somebody with the key can read off the disk."""
    log = ledger.with_name(ledger.name + "-wal")
    pages = [*_pages(ledger.read_bytes())]
    if log.exists():
        pages += _frames(log.read_bytes())
    return b"".join(_bare(page, key, first=number == 0) for number, page in enumerate(pages))


def _pages(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PAGE):
        yield content[start : start + PAGE]


def _frames(content: bytes) -> Iterator[bytes]:
    """Also frames that a later turn of the log has not overwritten yet."""
    step = _FRAME_HEADER + PAGE
    for start in range(_LOG_HEADER, len(content) - step + 1, step):
        yield content[start + _FRAME_HEADER : start + step]


def _bare(page: bytes, key: bytes, *, first: bool) -> bytes:
    body = page[SALT if first else 0 : PAGE - RESERVED]
    vector = page[PAGE - RESERVED : PAGE - RESERVED + VECTOR]
    decrypting = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return decrypting.update(body) + decrypting.finalize()
