"""A site at work whose system calls are made to fail, and what it said."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from crfapp.base.problems import Code
from tests.support.real_site import ROOT
from tests.support.site_found import check

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.own_mounts import OwnMounts
    from tests.support.prepared_site import Place

PROGRAM = ROOT / "tests" / "faults" / "failing_program.py"
SECONDS = 120
UNKNOWN = Code.SAVED_UNKNOWN.value


@dataclass(frozen=True)
class Fault:
    """The ``k``-th of these system calls fails, and with ``ever`` all that follow."""

    call: str
    error: str
    k: int
    ever: bool = False

    def __str__(self) -> str:
        return f"{self.call} {self.error} {self.k}{'+' if self.ever else ''}"

    @property
    def options(self) -> list[str]:
        when = f"{self.k}{'+' if self.ever else ''}"
        return ["-e", f"trace={self.call}", "-e", f"inject={self.call}:error={self.error}:when={when}"]


@dataclass
class Said:
    """What the program said, line by line; whether the fault struck, and how the program ended."""

    lines: list[str] = field(default_factory=list)
    struck: bool = False
    status: int = 0

    def with_word(self, word: str) -> list[str]:
        return [line for line in self.lines if line.startswith(word + " ")]

    @property
    def codes(self) -> list[str]:
        return [line.split()[1] for line in self.with_word("ERR")]


class FailingSite:
    """The program, started once; it forks for each piece of work."""

    def __init__(self, place: Place, key: bytes, *, prefix: Sequence[str] = ()) -> None:
        self.key = key
        here, there = socket.socketpair()
        self._program = subprocess.Popen(
            [*prefix, sys.executable, str(PROGRAM), str(place.folder), key.hex()],
            stdin=subprocess.PIPE,
            stdout=there.fileno(),
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
            text=True,
        )
        there.close()
        here.settimeout(SECONDS)
        self._said = here.makefile("r", encoding="utf-8")
        self._socket = here
        assert self._next() == "SERVING"

    def work(
        self,
        place: Place,
        operation: str,
        fault: Fault | None = None,
        *,
        times: int = 2,
        manner: str = "honest",
        meanwhile: Callable[[int], object] = lambda _pid: None,
    ) -> Said:
        """Have something done so many times while a fault strikes; ``meanwhile`` is done before it begins."""
        assert self._program.stdin is not None
        asked = f"{place.folder} {self.key.hex()} {operation} --times {times} --manner {manner}\n"
        self._program.stdin.write(asked)
        self._program.stdin.flush()
        said, pid, tracer, trace = Said(), 0, None, place.folder / "trace"
        while not (line := self._next()).startswith("GONE "):
            if line.startswith("PID "):
                pid = int(line.split()[1])
                continue
            said.lines.append(line)
            if line.startswith("READY "):
                _until_stopped(pid)
                meanwhile(pid)
                tracer = hold(pid, fault, trace) if fault is not None else None
                os.kill(pid, signal.SIGCONT)
        said.status = int(line.split()[1])
        if tracer is not None:
            tracer.communicate(timeout=SECONDS)
            said.struck = "INJECTED" in trace.read_text(encoding="utf-8", errors="replace")
            trace.unlink()
        return said

    def _next(self) -> str:
        line = self._said.readline()
        assert line, "the program ended"
        return line.rstrip("\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._program.stdin is not None
        self._program.stdin.close()
        self._program.wait(SECONDS)
        self._said.close()
        self._socket.close()


def _until_stopped(pid: int) -> None:
    """It says READY just before it stops."""
    status = Path(f"/proc/{pid}/stat")
    while status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in {"T", "t"}:
        os.sched_yield()


def hold(pid: int, fault: Fault, trace: Path) -> subprocess.Popen[str]:
    """Let strace take hold of a program that stands still."""
    command = ["strace", "-f", "-p", str(pid), "-o", str(trace), *fault.options]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    assert "attached" in said, said
    return tracer


@dataclass
class Failing:
    """The program, the place that every try works on a copy of, and where the copies lie."""

    site: FailingSite
    place: Place
    key: bytes
    tries: Path
    mounts: OwnMounts | None
    _count: int = 0

    def copy(self, where: Path | None = None) -> Place:
        """A place for one try."""
        if where is None:
            self._count += 1
            self.tries.mkdir(exist_ok=True)
            where = self.tries / str(self._count)
        return self.place.copy(where)

    def broken(self, place: Place, operation: str, said: Said) -> list[str]:
        """Which promises were not kept, in words: nothing said falsely, nothing lost, nothing half there."""
        found = check(place, self.key, said.lines)
        broken = [f"lost: {one}" for one in found.lost] + found.corrupt
        broken += [f"an error without a sentence: {line}" for line in said.with_word("BARE")]
        if said.status:
            broken.append(f"the program ended with {said.status}")
        if not any(said.with_word(word) for word in ("ACK", "ERR", "BARE", "OWN")):
            broken.append("nothing was said")
        if operation == "save" and UNKNOWN not in said.codes and said.with_word("READY"):
            last = (said.with_word("ACK") or said.with_word("READY"))[-1].split()
            node, seq = last[2:4] if last[0] == "ACK" else last[1:3]
            if found.heads.get(node) != int(seq):
                broken.append(f"{last[:4]} was said, and the chain ends at {found.heads.get(node)}")
        stick = place.folder / "stick"
        if stick.is_dir():
            done = {line.split()[-1] for line in said.with_word("ACK")}
            broken += [f"{left.name} is left" for left in stick.iterdir() if str(left) not in done]
        return broken
