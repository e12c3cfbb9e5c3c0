"""A file that holds room on the disk of a site's folder, given up when the disk is full.

On a full disk nothing can be saved, and nobody can even close what is open in peace. The reserve is given up
at that moment: what was just done is saved into its room, and people are told to make more. It is made again
when there is plenty.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from crfapp.store.durable_files import PRIVATE_FILE

if TYPE_CHECKING:
    from pathlib import Path

FILE = "reserve"
SIZE = 16 * 1024 * 1024
"""Some thousand answers with their tables, or one photograph."""
_PLENTY = 4 * SIZE
"""So much must be free before a part of it is set aside: the reserve is never what fills a disk."""
_CHUNK = 1024 * 1024


class Reserve:
    """The reserve of one folder. Nothing here raises: without a reserve all else works as with one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / FILE
        self.spent = False

    def make(self) -> bool:
        """Set the room aside where there is plenty; whether it is there now."""
        try:
            if self._file.is_file() and self._file.stat().st_size >= SIZE:
                self.spent = False
                return True
            if shutil.disk_usage(self._folder).free < _PLENTY:
                return False
            _fill(self._file)
        except OSError:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
            return False
        self.spent = False
        return True

    def give_up(self) -> bool:
        """Give its room to whoever writes next; whether there was any."""
        try:
            self._file.unlink()
        except OSError:
            return False
        self.spent = True
        return True


def _fill(path: Path) -> None:
    """Blocks of the disk, not a hole: a file that only says how long it is holds no room."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, SIZE)
        else:
            for _ in range(SIZE // _CHUNK):
                os.write(descriptor, bytes(_CHUNK))
    finally:
        os.close(descriptor)
