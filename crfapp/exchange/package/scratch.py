"""Where the plain content of a package lies while it is packed or unpacked.

OpenPGP libraries read and write files. On Linux what fits into a quarter of the memory that is free gets a
file there, so that no plain byte comes near a disk; else it is a file in a folder of the site that is private
to its owner, overwritten before it is removed (docs/administrators.md says what that leaves open).
"""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.exchange.whole_file import disk_named

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_MEMORY = 64 << 20
"""So many bytes are kept in memory on every machine; how many more depends on what is free."""
_SHARE = 4
_CHUNK = 1 << 20


@contextmanager
def scratch(folder: Path, size: int) -> Iterator[Path]:
    """A place for about ``size`` plain bytes, which are gone when the block ends."""
    if sys.platform == "linux" and size <= max(IN_MEMORY, _free() // _SHARE):
        handle = os.memfd_create("package")
        try:
            yield Path(f"/proc/self/fd/{handle}")
        finally:
            os.close(handle)
        return
    path = folder / f".{os.getpid()}-{secrets.token_hex(8)}.plain"
    with disk_named(folder):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        with suppress(OSError):
            _overwrite(path)
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _free() -> int:
    """Bytes of memory that could be had without taking them from others; 0 where the system does not say."""
    with suppress(OSError, ValueError, LookupError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        told = dict(line.split(":", 1) for line in lines)
        return int(told["MemAvailable"].split()[0]) << 10
    return 0


def sweep(folder: Path) -> None:
    """Remove what a program that was killed left here; what this one is working on stays.

    A site's folder belongs to one program at a time, so whatever another one began is at its end.
    """
    with suppress(OSError):
        left = set(folder.glob(".*.plain")) - set(folder.glob(f".{os.getpid()}-*.plain"))
        for path in left:
            _overwrite(path)
            path.unlink(missing_ok=True)


def _overwrite(path: Path) -> None:
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(left, _CHUNK)))
        file.flush()
        os.fsync(file.fileno())
