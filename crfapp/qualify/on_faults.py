"""Checks under faults: the program killed while it saves, the disk full while it saves."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crfapp.base.marking import N_
from crfapp.base.problems import Code
from crfapp.ledger.state import ItemRow
from crfapp.qualify.checks import Check, Tried
from crfapp.qualify.saving import FULL
from crfapp.qualify.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

KILLS = 5
_SAID = (Code.DISK_FULL.value, Code.DISK_FAILS.value, Code.SAVED_UNKNOWN.value)
"""What a limit of the process looks like to the database is one of these; each names the disk."""
_SAVES_BEFORE = 17
_ROOM = 300_000
"""More than a new site's database with its log takes, and little enough to be full after some saves."""


def _killed(folder: Path) -> Tried:
    lost, breaks, said = 0, 0, []
    for number in range(1, KILLS + 1):
        place = folder / str(number)
        with _saving(place, 0) as (program, output):
            last = 0
            while last < number * _SAVES_BEFORE and (line := output.readline()):
                last = int(line)
            program.kill()
            program.wait()
        said.append(last)
        newest, wrong = _after(place)
        lost += max(last - newest, 0)
        breaks += wrong
    seen = f"{lost} of {sum(said)} saved answers lost, {breaks} breaks, after {len(said)} kills"
    return Tried(f"0 of {sum(said)} saved answers lost, 0 breaks, after {KILLS} kills", seen, {"said": said})


def _full(folder: Path) -> Tried:
    place = folder / "full"
    with _saving(place, _ROOM) as (program, output):
        lines = output.read().split("\n")
        program.wait()
    said = [int(line) for line in lines if line.isdigit()]
    told = next((line.split()[1] for line in lines if line.startswith(FULL)), "nothing")
    newest, wrong = _after(place)
    lost = max(max(said, default=0) - newest, 0)
    known = told if told in _SAID else f"only {told}"
    seen = f"it said {known}; {lost} of {len(said)} saved answers lost, {wrong} breaks"
    return Tried(f"it said {told}; 0 of {len(said)} saved answers lost, 0 breaks", seen, {"said": said})


def _after(folder: Path) -> tuple[int, int]:
    """The newest answer that a fresh start finds, and how much is wrong with chain and tables."""
    with Scratch.known(folder).open() as opened:
        rows = opened.desk.tables.find(ItemRow, item="REMARK")
        wrong = len(opened.store.verify().wrong) + len(opened.store.compare())
    return max((int(str(row.value)) for row in rows), default=0), wrong


@contextmanager
def _saving(folder: Path, most_bytes: int) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """This very program in a process of its own, saving in an empty folder."""
    frozen = getattr(sys, "frozen", False)
    itself = [sys.executable] if frozen else [sys.executable, "-m", "crfapp"]
    words = ["qualify-saving", str(folder), "--most-bytes", str(most_bytes)]
    with subprocess.Popen(  # noqa: S603 - our own words
        [*itself, *words], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as program:
        if program.stdout is None:  # it was asked for
            raise OSError(itself[0])
        try:
            yield program, program.stdout
        finally:
            program.kill()


UNDER_FAULTS = (
    Check("killed", "REQ-101", N_("No saved answer is lost when the program is killed"), _killed),
    *(
        (Check("full", "REQ-101", N_("No saved answer is lost on a full disk, and it is said"), _full),)
        if sys.platform != "win32"  # has no such limit for one process
        else ()
    ),
)
