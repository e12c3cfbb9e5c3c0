"""Cuts the power under a site at work, for real, on file systems of its own; to be run by ``unshare -m``.

It makes a place (:mod:`tests.support.prepared_site`) and file systems on loop devices: of each kind one for
the site and one for a stick, to which exports go. For each line that it reads, a :class:`Cut` in JSON, it
puts a copy of the place there, lets a forked program work, and at some moment tells both file systems to shut
down without writing their log (FS_IOC_SHUTDOWN): what was not synced is gone, as after a power cut. Then it
mounts them again, opens the site as its next start does, and answers with a line of JSON. A cut that is a
``kill`` ends the program alone.

The call is sent only to a loop device (major number 7) that is not the one of ``/``.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections import defaultdict, deque
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.prepared_site import prepare
from tests.support.site_at_work import Wish, share_plans, work
from tests.support.site_found import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHUTDOWN = (2 << 30) | (4 << 16) | (ord("X") << 8) | 125
"""FS_IOC_SHUTDOWN; two file systems know it by this number."""
NO_LOG_FLUSH = 2
LOOP = 7
SIZES = {"ext4": "64M", "xfs": "300M"}
ROOM = "1600M"
START_SECONDS = 60


@dataclass(frozen=True)
class Cut:
    """One try: what is done on which file system, after how many acknowledgements the power goes.

    ``while_opening``: how often it goes once more, each time while the next start opens the site.
    """

    system: str
    operation: str
    seed: int
    manner: str = "honest"
    after: int = 1
    while_opening: int = 0
    kill: bool = False


@dataclass
class Disk:
    """An image with its mount."""

    system: str
    image: Path
    mount: Path

    def make(self) -> None:
        subprocess.run(["truncate", "-s", SIZES[self.system], self.image], check=True)
        subprocess.run([f"mkfs.{self.system}", "-q", self.image], check=True)
        self.mount.mkdir()
        self.attach()

    def attach(self) -> None:
        subprocess.run(["mount", "-o", "loop", self.image, self.mount], check=True)

    def detach(self) -> None:
        subprocess.run(["umount", self.mount], check=True)

    def cut(self) -> None:
        """Nothing that is not on the disk by now will ever be."""
        handle = os.open(self.mount, os.O_RDONLY)
        try:
            device = os.fstat(handle).st_dev
            if os.major(device) != LOOP or device == Path("/").stat().st_dev:
                raise PermissionError(f"{self.mount} is not on a loop device")
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(handle)

    def settle(self) -> None:
        """Everything is on the disk."""
        handle = os.open(self.mount, os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).syncfs(handle) != 0:
                raise OSError(ctypes.get_errno(), "syncfs")
        finally:
            os.close(handle)


@dataclass
class Program:
    """A forked program that works, and what it was heard to say."""

    wish: Wish
    heard: list[str] = field(default_factory=list)
    _rest: bytes = b""

    def __enter__(self) -> Program:
        self._ear, mouth = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.dup2(mouth, 1)
                os.setsid()
                work(self.wish)
            finally:
                os._exit(0)
        os.close(mouth)
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._ear)

    def listen(self, seconds: float, enough: Callable[[], bool]) -> bool:
        """Hear what it says until it is enough, the time is up, or it has ended; whether it goes on."""
        end = time.monotonic() + seconds
        while not enough() and (left := end - time.monotonic()) > 0:
            if select.select([self._ear], [], [], left)[0] and not self._hear():
                return False
        while select.select([self._ear], [], [], 0)[0]:
            if not self._hear():
                return False
        return True

    def _hear(self) -> bool:
        heard = os.read(self._ear, 65_536)
        *lines, self._rest = (self._rest + heard).split(b"\n")
        self.heard += [line.decode() for line in lines]
        return bool(heard)

    @property
    def acks(self) -> int:
        return sum(line.startswith("ACK ") for line in self.heard)


class Bench:
    """The disks, and how long each kind of work takes here."""

    def __init__(self, folder: Path, systems: list[str], *, parcels: int, answers: int) -> None:
        self.prepared, self.key = prepare(folder / "prepared", parcels=parcels, answers=answers)
        disks = folder / "disks"
        disks.mkdir()
        # in memory, and gone with this program
        subprocess.run(["mount", "--make-rprivate", "/"], check=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", disks], check=True)
        self.disks = {
            system: [
                Disk(system, disks / f"{system}.{name}", disks / f"{system}-{name}")
                for name in ("site", "stick")
            ]
            for system in systems
        }
        for pair in self.disks.values():
            for disk in pair:
                disk.make()
        self._took: dict[str, deque[float]] = defaultdict(lambda: deque([0.05], maxlen=8))

    def cut(self, cut: Cut) -> dict[str, object]:
        """Try once; what the next start found."""
        chance = random.Random(cut.seed)  # noqa: S311 (picks moments, not keys)
        site, stick = self.disks[cut.system]
        out = stick.mount / "out"
        for former in (site.mount / "place", out):
            shutil.rmtree(former, ignore_errors=True)
        place = self.prepared.copy(site.mount / "place")
        out.mkdir()
        site.settle()
        stick.settle()
        wish = Wish(place.folder, self.key, cut.operation, out, 0, cut.manner)
        heard = self._hit(wish, cut, chance, cut.operation, cut.after)
        for _ in range(cut.while_opening):
            self._again(cut)
            heard += self._hit(wish, cut, chance, "opening", 0)
        self._again(cut)
        found = check(place, self.key, heard)
        left = sorted(path.name for path in out.iterdir())
        return {**asdict(cut), **asdict(found), "errors": _errors(heard), "left": left}

    def _hit(self, wish: Wish, cut: Cut, chance: random.Random, doing: str, after: int) -> list[str]:
        """Let it work, and hit it some time after the last acknowledgement that is waited for.

        What was heard before counts, and nothing that is said from then on.
        """
        took, started = self._took[doing], time.monotonic()
        moment = chance.uniform(0, 1.2 * sum(took) / len(took))
        with Program(wish) as program:
            if doing == "opening":
                program.listen(moment, lambda: bool(program.heard))
                done = bool(program.heard)
            else:
                begun = program.listen(START_SECONDS, lambda: bool(program.heard))
                started = time.monotonic()
                if begun and program.listen(START_SECONDS, lambda: program.acks >= after):
                    program.listen(moment, lambda: False)
                done = program.acks > 0
            # where it was hit before it had done anything, it takes longer than that
            each = (time.monotonic() - started) / max(1, program.acks)
            took.append(each if done else max(took[-1], 1.1 * each))
            heard = list(program.heard)
            if not cut.kill:
                for disk in reversed(self.disks[cut.system]):
                    disk.cut()
        return heard

    def _again(self, cut: Cut) -> None:
        """The machine is started again."""
        if not cut.kill:
            for disk in self.disks[cut.system]:
                disk.detach()
                disk.attach()


def _errors(heard: list[str]) -> list[str]:
    return [line for line in heard if line.startswith("ERR")]


def cuts(lines: Iterator[str]) -> Iterator[Cut]:
    for line in lines:
        yield Cut(**json.loads(line))


def main() -> None:
    folder, parcels, answers, *systems = sys.argv[1:]
    share_plans()
    bench = Bench(Path(folder), systems, parcels=int(parcels), answers=int(answers))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for cut in cuts(sys.stdin):
        sys.stdout.write(json.dumps(bench.cut(cut)) + "\n")
        sys.stdout.flush()
    for pair in bench.disks.values():
        for disk in pair:
            disk.detach()


if __name__ == "__main__":
    main()
