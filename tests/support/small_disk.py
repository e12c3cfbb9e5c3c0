"""A place on a small disk that nobody else sees, and what is found there, brought home."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.support.prepared_site import Place

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.failing_site import Failing, Said
    from tests.support.own_mounts import OwnMounts

BLOCK = 4096
MAY_BE_EMPTY = ("lock", "attempts.lock", "ledger.db-wal")
"""Files that mean nothing by what is in them, and a log that was emptied."""


@dataclass
class SmallDisk:
    """A file system in memory at ``at``, with a place on it."""

    failing: Failing
    at: Path

    @property
    def mounts(self) -> OwnMounts:
        assert self.failing.mounts is not None
        return self.failing.mounts

    def filled_with(self, source: Place, room: int) -> Place:
        """Bring a place onto it, with so many bytes left besides."""
        self.mounts.small_disk(self.at, 64 << 20)
        self.mounts.run("cp", "-r", source.folder, self.at / "place")
        self.leave_room(room)
        return Place(self.at / "place")

    def leave_room(self, room: int) -> None:
        """So many bytes are free from now on."""
        used = sum(_blocks(file) for file in self.mounts.seen(self.at).rglob("*"))
        self.mounts.small_disk(self.at, used + room + 8 * BLOCK)

    def put_away(self) -> None:
        self.mounts.take_away(self.at)

    def broken(self, operation: str, said: Said, home: Path) -> list[str]:
        """Which promises were not kept, by a copy of what lies there."""
        shutil.copytree(self.mounts.seen(self.at / "place"), home)
        lines = [line.replace(str(self.at / "place"), str(home)) for line in said.lines]
        broken = self.failing.broken(Place(home), operation, replace(said, lines=lines))
        empty = [file.name for file in home.rglob("*") if file.is_file() and file.stat().st_size == 0]
        return broken + [f"{name} is empty" for name in empty if name not in MAY_BE_EMPTY]


def _blocks(path: Path) -> int:
    """What a file takes of a disk in memory; folders take nothing."""
    return -(-path.stat().st_size // BLOCK) * BLOCK if path.is_file() else 0
