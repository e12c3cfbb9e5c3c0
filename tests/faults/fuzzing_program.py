"""Reads one spoiled file after the other, as many as time allows; a process of its own for each kind.

``{"name", "seconds", "most", "series", "without"}`` on a line: loader ``name`` is tried for so many seconds
or so many files; ``without`` its guard the run ends at the first bad one. The answer is a line of JSON. The
libraries are loaded once; each run is a fork of that, with 300 MB of memory more than it has. The parent
looks at a clock: whoever reads one file for longer than five seconds is ended, and the next fork goes on
behind it. All seconds are those of a processor, for a machine has more to do at times; who waits for two
minutes and uses none hangs, too.
"""

from __future__ import annotations

import gc
import json
import mmap
import os
import resource
import select
import signal
import struct
import sys
import tempfile
import time
import traceback
import warnings
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from crfapp.base.problems import AppProblem
from tests.support.loaders import LOADERS, Loader
from tests.support.loaders_without import GUARDS
from tests.support.mutations import Seed, mutated

HANG_SECONDS = 5.0
WAITING_SECONDS = 120.0
MORE_MEMORY = 300 << 20
MOST_BAD = 20
_NOW = struct.Struct("<QddQQQ")
"""The number of the file that is read, since when by the wall and by the processor, how many were read,
refused, and the most memory (KiB)."""


@dataclass(frozen=True)
class Order:
    """What is to be tried."""

    name: str
    seconds: float
    most: int
    series: int
    without: bool = False

    @property
    def most_bad(self) -> int:
        """After so many bad files enough is known."""
        return 1 if self.without else MOST_BAD


@dataclass
class Run:
    """What came of it. ``bad`` says of each bad file its number and what happened."""

    tried: int = 0
    refused: int = 0
    peak_kib: int = 0
    bad: list[str] = field(default_factory=list)


class Now(NamedTuple):
    """Where the reading process is: see ``_NOW``."""

    number: int = 0
    since: float = 0
    used: float = 0
    tried: int = 0
    refused: int = 0
    peak_kib: int = 0


class Shared:
    """What the reading process writes down and the watching one sees, also when the former was ended."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _NOW.size)
        self.hears, self.says = os.pipe()

    def note(self, number: int, tried: int = 0, refused: int = 0) -> None:
        """This file is read now."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self._memory[:] = _NOW.pack(number, time.monotonic(), time.process_time(), tried, refused, peak)

    def now(self) -> Now:
        """What was written last."""
        return Now(*_NOW.unpack(self._memory[:]))

    def tell(self, words: str) -> None:
        """One bad file."""
        os.write(self.says, f"{words}\n".encode("utf-8", "backslashreplace"))


def fuzz(order: Order) -> Run:
    """Fork until the time is up or enough was read; a fork that dies or hangs is a bad file."""
    run, first, left = Run(), 0, order.seconds
    while first < order.most and left > 0 and len(run.bad) < order.most_bad:
        shared = Shared()
        shared.note(first)
        child = os.fork()
        if child == 0:
            _child(order, first, left, shared)
        os.close(shared.says)
        died = _watch(child, shared, run)
        now = shared.now()
        run.tried += now.tried
        run.refused += now.refused
        run.peak_kib = max(run.peak_kib, now.peak_kib)
        if not died:
            break
        run.tried += 1
        run.bad.append(f"{now.number}: {died}")
        first, left = now.number + 1, left - now.used
    return run


def _watch(child: int, shared: Shared, run: Run) -> str:
    """Listen until the child ends; what it died of."""
    died, said = "", b""
    while True:
        if select.select([shared.hears], [], [], 0.2)[0]:
            heard = os.read(shared.hears, 65_536)
            said += heard
            if not heard:
                break
        elif not died and _hangs(child, shared.now()):
            died = f"read for more than {HANG_SECONDS:.0f} s"
            os.kill(child, signal.SIGKILL)
    os.close(shared.hears)
    run.bad += said.decode().splitlines()
    status = os.waitpid(child, 0)[1]
    if not died and os.WIFSIGNALED(status):
        died = signal.Signals(os.WTERMSIG(status)).name
    return died


def _hangs(child: int, now: Now) -> bool:
    ticks = Path(f"/proc/{child}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    used = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") - now.used
    return used > HANG_SECONDS or time.monotonic() - now.since > WAITING_SECONDS


def _child(order: Order, first: int, left: float, shared: Shared) -> None:
    in_memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    try:
        warnings.simplefilter("ignore")
        with tempfile.TemporaryDirectory(dir=in_memory if in_memory.is_dir() else None) as folder:
            loader = LOADERS[order.name](Path(folder))
            if order.without:
                GUARDS[order.name].take_away()
                loader = replace(loader, words=GUARDS[order.name].bait or loader.words)
            if [_is_read(loader, seed) for seed in loader.seeds].count(True) == 0:
                raise ValueError("no good file among the good files")
            gc.collect()
            _limit_memory()
            _read_all(order, loader, first, time.process_time() + left, shared)
    except BaseException as problem:  # noqa: BLE001 - the good files themselves: told, too
        shared.tell(f"before the first: {_place_of(problem)}")
    finally:
        os._exit(0)


def _is_read(loader: Loader, seed: Seed) -> bool:
    """Some good files are refused for what they are; each is read once before memory is limited."""
    try:
        loader.read(seed)
    except AppProblem:
        return False
    return True


def _read_all(order: Order, loader: Loader, first: int, end: float, shared: Shared) -> None:
    refused = bad = 0
    for tried, number in enumerate(range(first, order.most)):
        if time.process_time() > end or bad >= order.most_bad:
            break
        changed = mutated(loader.seeds, number, order.series, loader.words)
        shared.note(number, tried, refused)
        try:
            loader.read(changed)
        except AppProblem:
            refused += 1
        except BaseException as problem:  # noqa: BLE001 - that is what is looked for
            bad += 1
            shared.tell(f"{number}: {changed.name}: {_place_of(problem)}")
        shared.note(number, tried + 1, refused)


def _place_of(problem: BaseException) -> str:
    """What it was and where, on one line."""
    frames = traceback.extract_tb(problem.__traceback__)[-40:]
    ours = next((frame for frame in reversed(frames) if "/crfapp/" in frame.filename), frames[-1])
    where = f"{Path(ours.filename).name}:{ours.lineno}"
    return f"{type(problem).__name__} at {where} ({str(problem)[:80]!r})"


def _limit_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MORE_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    """Answer one order after the other."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(fuzz(Order(**json.loads(line))))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
