"""The container of a copy: AES-256-GCM in pieces under a key out of a code (``docs/formats/copy.md``).

Chosen so that a web browser opens it with what every browser has (WebCrypto), and any language with a
cryptographic library in thirty lines: no program of ours and no sponsor's key is needed to read it.

The first line names the format, the second says in JSON how the key is made; then follow the pieces, each
encrypted for its place (a counter, and whether it is the last one) and together with the two lines: a piece
that is changed, exchanged or missing is found, and so is a cut.
"""

from __future__ import annotations

import hashlib
import io
import os
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crfapp.base.canonical import canonical
from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.base.told import told_json
from crfapp.exchange.whole_file import disk_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"crfapp-copy 1\n"
PIECE = 1 << 20
"""Plain bytes of every piece but the last."""
ITERATIONS = {"password": 600_000, "code": 1_000}
"""A password can be guessed, so each guess is made dear; a code of 140 random bits cannot."""
_TAG, _SALT, _KEY = 16, 16, 32
_LONGEST_HEAD = 10_000
_MOST_ITERATIONS = 5_000_000
"""Some seconds; a file says how long its key takes to make, and may come from anybody."""


class Secret(NamedTuple):
    """What opens a copy. ``sort``: ``code`` of the site's sheet (``name`` says which), or ``password``."""

    text: str
    sort: str
    name: str = ""

    @property
    def plain(self) -> bytes:
        """The bytes that the key is made of: a code without its spacing, a password in Unicode form NFC."""
        if self.sort == "code":
            return read_code(self.text).encode()
        return unicodedata.normalize("NFC", self.text).encode()


class Head(NamedTuple):
    """The second line: whose copy it is, when it was made, and how its key is made out of what is typed."""

    study: str
    site: str
    made_at: str
    opens_with: str
    key_name: str
    iterations: int
    salt: str


def read_code(typed: str) -> str:
    """A code as it was drawn, from what somebody typed: capitals, O for 0, I and L for 1, any spacing."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    kept = "".join(sign for sign in folded if sign.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


class Sealing:
    """Writes the plain bytes it is given into a container; implements what ``zipfile`` wants of a file."""

    def __init__(self, file: BinaryIO, secret: Secret, head: Head) -> None:
        self._file = file
        self._lines = MAGIC + canonical(head._asdict()) + b"\n"
        self._cipher = AESGCM(_key(secret, head))
        self._rest = bytearray()
        self._count = 0
        self._digest = hashlib.sha256()
        self.written = 0
        file.write(self._lines)

    def write(self, plain: bytes | bytearray | memoryview) -> int:
        """Take some more; how many bytes that were."""
        self._rest += plain
        self._digest.update(plain)
        self.written += len(plain)
        while len(self._rest) > PIECE:
            self._put(bytes(self._rest[:PIECE]), last=False)
            del self._rest[:PIECE]
        return len(plain)

    def flush(self) -> None:
        """Nothing: a piece is written when it is whole."""

    def close(self) -> str:
        """Write the last piece; SHA-256 of everything plain."""
        self._put(bytes(self._rest), last=True)
        return self._digest.hexdigest()

    def _put(self, plain: bytes, *, last: bool) -> None:
        nonce = self._count.to_bytes(11) + bytes([last])
        self._file.write(self._cipher.encrypt(nonce, plain, self._lines))
        self._count += 1


def new_head(study: str, site: str, made_at: str, secret: Secret) -> Head:
    """A head with a salt of its own, and so with a key of its own."""
    rounds = ITERATIONS[secret.sort]
    return Head(study, site, made_at, secret.sort, secret.name, rounds, os.urandom(_SALT).hex())


def read_head(path: Path) -> Head:
    """What a container says of itself; COPY_DAMAGED where it is none, TOO_NEW of a newer format."""
    with disk_named(path.parent), path.open("rb") as file:
        return _head(file)[0]


@contextmanager
def opened(path: Path, text: str) -> Iterator[BinaryIO]:
    """The plain content, to be read and sought in; it is deciphered where it is read, and lies nowhere.

    COPY_SECRET_WRONG where the first piece does not open, COPY_DAMAGED where the file ends too early, and in
    reading where another piece is not what was written.
    """
    with disk_named(path.parent), path.open("rb") as file:
        plain = _Opened(file, text)
        with io.BufferedReader(plain, PIECE) as buffered:
            yield buffered


def check(path: Path, text: str) -> str:
    """Decipher everything once; its SHA-256. Raises what :func:`opened` raises."""
    with opened(path, text) as plain:
        digest = hashlib.sha256()
        while piece := plain.read(PIECE):
            digest.update(piece)
        return digest.hexdigest()


class _Opened(io.RawIOBase):
    """The plain bytes of a container as a file. Each piece is deciphered by itself; the last one is kept."""

    def __init__(self, file: BinaryIO, text: str) -> None:
        super().__init__()
        head, self._lines = _head(file)
        self._file, self._begin = file, file.tell()
        sealed = file.seek(0, os.SEEK_END) - self._begin
        self._count = max(1, -(-sealed // (PIECE + _TAG)))
        self._size = sealed - self._count * _TAG
        if self._size < 0:
            raise RefusedError(Code.COPY_DAMAGED, what="end")
        self._cipher = AESGCM(_key(Secret(text, head.opens_with), head))
        self._at, self._known = 0, (-1, b"")
        self._piece(0)

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Where the next byte is read."""
        self._at = max(0, offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Give what is left of the piece at this place, as much as there is room for."""
        if self._at >= self._size:
            return 0
        number, inside = divmod(self._at, PIECE)
        found = self._piece(number)[inside : inside + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _piece(self, number: int) -> bytes:
        if self._known[0] != number:
            self._file.seek(self._begin + number * (PIECE + _TAG))
            sealed = self._file.read(PIECE + _TAG)
            nonce = number.to_bytes(11) + bytes([number == self._count - 1])
            try:
                self._known = (number, self._cipher.decrypt(nonce, sealed, self._lines))
            except InvalidTag:
                # of a file of one piece nobody can say whether the secret is wrong or a byte
                code = Code.COPY_SECRET_WRONG if number == 0 else Code.COPY_DAMAGED
                raise RefusedError(code, what=f"piece {number + 1}") from None
        return self._known[1]


def _head(file: BinaryIO) -> tuple[Head, bytes]:
    first, second = file.readline(len(MAGIC)), file.readline(_LONGEST_HEAD)
    if first.startswith(b"crfapp-copy ") and first != MAGIC:
        raise EnvironmentProblem(
            Code.TOO_NEW, kind="crfapp-copy", version=first[12:].decode("ascii", "replace")
        )
    try:
        told: dict[str, Any] = told_json(second)
        head = Head(**told)
        if [type(value) for value in head] != [str] * 5 + [int, str]:
            raise TypeError("not what a head says")
        fits = len(bytes.fromhex(head.salt)) == _SALT and 0 < head.iterations <= _MOST_ITERATIONS
    except (ValueError, TypeError, RecursionError):
        raise RefusedError(Code.COPY_DAMAGED, what="head") from None
    if first != MAGIC or not fits:
        raise RefusedError(Code.COPY_DAMAGED, what="head")
    return head, first + second


def _key(secret: Secret, head: Head) -> bytes:
    salt = bytes.fromhex(head.salt)
    return hashlib.pbkdf2_hmac("sha256", secret.plain, salt, head.iterations, _KEY)
