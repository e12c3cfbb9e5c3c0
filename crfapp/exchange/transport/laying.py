"""Putting a file where bytes can be appended and names changed: folders, SFTP and WebDAV.

It goes there under a hidden name, is read back whole and compared, and gets its own name last: whoever looks
sees all of it or nothing. What a broken upload left is gone on from where the protocol can do that.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Protocol

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.exchange.transport.route import Laid

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from crfapp.exchange.transport.route import Readable

BLOCK = 1 << 18


class Shelf(Protocol):
    """What a file is laid on. ``resumes``: bytes can be appended to what lies there."""

    resumes: bool

    def size(self, name: str) -> int | None:
        """How long a file is; None where there is none."""

    def read(self, name: str) -> AbstractContextManager[Readable]:
        """A file, to be read from its beginning."""

    def write(self, name: str, begin: int, source: BinaryIO) -> None:
        """Cut a file to ``begin`` bytes and write all that ``source`` still gives behind them, durably."""

    def rename(self, name: str, to: str) -> None:
        """Give a file another name; FileExistsError where that is taken."""

    def remove(self, name: str) -> None:
        """Take a file away."""


def part_name(name: str) -> str:
    """Under which a file is on its way; nobody takes such a name for a package."""
    return f".{name}.part"


def is_shown(name: str) -> bool:
    """Whether a name can be that of a package: no way out of the folder, and not hidden or under way."""
    return name.isprintable() and not set(name) & set('/\\:*?"<>|') and name[:1] not in ("", ".", "~")


def lay(shelf: Shelf, file: Path) -> Laid:
    """Put a file on a shelf; ROUTE_TAKEN where another one has its name.

    ROUTE_FAILS where what was written does not read back as what was sent; nothing then has the name.
    """
    there = shelf.size(file.name)
    if there is not None:
        refuse_other(shelf, file, there)
        return Laid(already=True)
    part = part_name(file.name)
    begin = _kept(shelf, part, file)
    with file.open("rb") as source:
        source.seek(begin)
        shelf.write(part, begin, source)
    if _digest_there(shelf, part, file.stat().st_size) != digest_of(file):
        shelf.remove(part)
        raise EnvironmentProblem(Code.ROUTE_FAILS, why="what was written reads back otherwise")
    try:
        shelf.rename(part, file.name)
    except FileExistsError:
        refuse_other(shelf, file, shelf.size(file.name) or 0)
        shelf.remove(part)
        return Laid(already=True)
    return Laid(resumed=begin)


def refuse_other(shelf: Shelf, file: Path, there: int) -> None:
    """ROUTE_TAKEN unless what lies there under the file's name is the same, byte for byte."""
    size = file.stat().st_size
    if there != size or _digest_there(shelf, file.name, size) != digest_of(file):
        raise RefusedError(Code.ROUTE_TAKEN, file=file.name)


def digest_of(file: Path, most: int | None = None) -> str:
    """SHA-256 of a file, or of its first ``most`` bytes."""
    with file.open("rb") as source:
        return _digest(source, most)


def _kept(shelf: Shelf, part: str, file: Path) -> int:
    """How much of a broken upload is the beginning of this file."""
    size = shelf.size(part) if shelf.resumes else None
    if not size or size > file.stat().st_size:
        return 0
    return size if _digest_there(shelf, part, size) == digest_of(file, size) else 0


def _digest_there(shelf: Shelf, name: str, most: int) -> str:
    """One byte more than expected is looked for, so that a longer file never passes."""
    with shelf.read(name) as source:
        return _digest(source, most + 1)


def _digest(source: Readable, most: int | None) -> str:
    digest, left = sha256(), most
    while block := source.read(BLOCK if left is None else min(BLOCK, left)):
        digest.update(block)
        left = None if left is None else left - len(block)
    return digest.hexdigest()
