"""A lock that the operating system holds for a process, so that a killed one leaves none behind."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.store.durable_files import PRIVATE_FILE, named_disk_failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def file_lock(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold a file for the block; BUSY where another process has it. The file that stays means nothing.

    ``wait``: be next instead of refused; only where others hold it for moments.
    """
    with named_disk_failures(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        if not _taken(descriptor, wait=wait):
            raise EnvironmentProblem(Code.BUSY, file=path.name)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int, *, wait: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
