"""Small files that are either the old one or the new one after any crash, and private to their owner."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.base.unforeseen import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
LARGEST_SMALL = 16 << 20


@contextmanager
def named_disk_failures(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into DISK_FULL or DISK_FAILS; facts name the file, not its content."""
    try:
        yield
    except OSError as error:
        code = Code.DISK_FULL if error.errno in FULL else Code.DISK_FAILS
        raise EnvironmentProblem(code, file=path.name, number=error.errno or 0) from error


def small_file(path: Path) -> bytes:
    """The bytes of a file that has a few kilobytes; what is far larger is none of ours and is cut.

    So a file without end does not fill the memory. OSError where it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(LARGEST_SMALL)


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file at once: temporary name beside it, sync, rename, sync of the folder.

    DISK_FULL or DISK_FAILS leave the former file as it was.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        with named_disk_failures(path):
            _write_synced(fresh, content)
            fresh.replace(path)
            sync_folder(path.parent)
    except EnvironmentProblem:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut; Windows does this with the file itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
