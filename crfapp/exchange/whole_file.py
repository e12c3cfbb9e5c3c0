"""A file appears under its name whole or not at all, and never over another one unasked."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_WAY_IN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}


def put_whole(target: Path, content: bytes) -> str:
    """Write a new file; its SHA-256. EXPORT_EXISTS, FOLDER_REFUSED, DISK_FULL or DISK_FAILS."""
    refuse_existing(target)
    with beside(target) as part:
        _, digest = write_durably(part, content)
        refuse_existing(target)
        give_name(part, target)
    return digest


def refuse_existing(target: Path, *, replace: bool = False) -> None:
    """EXPORT_EXISTS where a file has this name, FOLDER_REFUSED where its folder cannot be looked into."""
    with disk_named(target.parent):
        taken = target.exists()
    if taken and not replace:
        raise RefusedError(Code.EXPORT_EXISTS, path=str(target))


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A name in the target's folder whose file is gone afterwards, unless it was renamed."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
    finally:
        with suppress(OSError):  # of a disk that is gone, what is wrong has been said already
            part.unlink(missing_ok=True)


def write_durably(path: Path, content: bytes) -> tuple[int, str]:
    """Write a new file and wait until the disk has it; its size and SHA-256."""
    with disk_named(path.parent), path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return len(content), hashlib.sha256(content).hexdigest()


def give_name(part: Path, target: Path) -> None:
    """Put the file in the target's place and wait until the disk knows it by that name.

    ``part`` may be a folder too: then it is waited for everything in it first.
    """
    with disk_named(target.parent):
        for inside in (*part.rglob("*"), part) if part.is_dir() else ():
            _sync(inside)
        part.replace(target)
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; other systems than POSIX do so with the rename."""
    _sync(folder)


def _sync(path: Path) -> None:
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def disk_named(folder: Path) -> Iterator[None]:
    """Turn what the system says of a disk into a coded problem."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            code = Code.DISK_FULL
        else:
            code = Code.FOLDER_REFUSED if error.errno in _NO_WAY_IN else Code.DISK_FAILS
        raise EnvironmentProblem(code, folder=str(folder), errno=error.errno or 0) from error
