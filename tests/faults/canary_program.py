"""A day at a site on a disk of its own, with words that are found again wherever they lie.

    python -m tests.faults.canary_program DISK OUT [MANNER]

Everything that the program writes goes to ``DISK``: the site, what the machine notes, temporary files, what
is left when it dies. What is plain on purpose, the trail for other programs, goes to ``OUT``. At the end the
records are closed and somebody from outside reads the memory of the process; then it is made to crash.
``whole`` adds a large study; ``plain`` is the program that forgot to give the database its key, ``dumps`` the
one that may be dumped.
"""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from crfapp.bootstrap.exporting import export_from
from crfapp.bootstrap.no_dumps import leave_no_dumps
from crfapp.store import engine
from crfapp.work.entry import RecordAnswer
from tests.support.camera_files import told_everywhere
from tests.support.canaries import CANARY
from tests.support.copied_site import CopiedSite
from tests.support.prepared_site import prepare
from tests.support.site_at_work import AtWork

READER = """
import re, sys
from pathlib import Path
pid, word = sys.argv[1], bytes.fromhex(sys.argv[2])
found = 0
with open(f"/proc/{pid}/mem", "rb", 0) as memory:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        place, rights = line.split()[:2]
        if not rights.startswith("r") or "[v" in line:
            continue
        start, end = (int(part, 16) for part in place.split("-"))
        try:
            memory.seek(start)
            found += memory.read(end - start).count(word)
        except (OSError, OverflowError, ValueError):
            continue
print(found)
"""


def settle_on(disk: Path) -> None:
    """Everything that is written goes there."""
    for name in ("HOME", "TMPDIR", "CRFAPP_STATE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        folder = disk / name.lower()
        folder.mkdir(exist_ok=True)
        os.environ[name] = str(folder)
    tempfile.tempdir = None
    os.chdir(disk)


def forget_the_key() -> None:
    """The database is made without a key, and nobody looks whether it has one."""
    execute = engine.SqliteDb.execute

    def keyless(db: Any, sql: str, *more: Any) -> Any:
        return None if sql.startswith("PRAGMA key") else execute(db, sql, *more)

    engine.SqliteDb.execute = keyless  # type: ignore[method-assign]
    engine.refuse_plain_header = lambda _path: None  # type: ignore[assignment]


def small_day(disk: Path) -> None:
    """A small site: an answer, a reason, a photograph, a text not finished, and copies of all that."""
    copied = CopiedSite(disk / "small")
    with copied.site.open() as opened:
        for typed in (f"seen by {CANARY}", f"seen by {CANARY} twice"):
            copied.site.clock.later(minutes=1)
            told = RecordAnswer(key=copied.dm, item="REMARK", typed=typed, reason=f"told by {CANARY}")
            opened.bus.send(told, opened.actor("rania"))
        opened.photographs.keep(told_everywhere())
        opened.store.drawer("rania").keep(f"not finished by {CANARY}")
        copied.out.mkdir()
        opened.store.backup_to(copied.out / "copy.db")
        export_from(opened, opened.actor("haddad"), copied.out / "data.xlsx", "twelve figs on the sill", "en")
    copied.copy()
    for file in copied.out.iterdir():
        file.unlink()


def whole_day(disk: Path, out: Path) -> None:
    """Two workstations of a large study, and everything that is written of their work."""
    place, key = prepare(disk / "place", parcels=1, answers=3)
    with place.machine():
        day = AtWork(place.folder, key, disk / "stick")
        for _ in range(4):
            day.record(f"told by {CANARY}")
        for operation in (day.sign, day.take, day.pack, day.password):
            operation(0)
        for number, told in enumerate((day.export, day.backup, day.redact), start=8):
            told(number)  # each records an answer of its own
        day.out = out
        day.trail(12)
        for file in (disk / "stick").iterdir():
            file.unlink()
        day.close()


def in_memory_of_this() -> str:
    """How often the word lies in the memory of this process, seen from outside."""
    word = CANARY.encode().hex()
    read = subprocess.run(
        [sys.executable, "-c", READER, str(os.getpid()), word], capture_output=True, text=True, check=True
    )
    return read.stdout.strip()


def main() -> None:
    """The whole day."""
    disk, out, manner = Path(sys.argv[1]), Path(sys.argv[2]), (sys.argv[3:] or ["honest"])[0]
    settle_on(disk)
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    if manner == "plain":
        forget_the_key()
    if manner != "dumps":
        leave_no_dumps()
    small_day(disk)
    if manner == "whole":
        whole_day(disk, out)
    gc.collect()
    sys.stdout.write(f"memory {in_memory_of_this()}\n")
    sys.stdout.flush()
    os.sync()
    os.abort()


if __name__ == "__main__":
    main()
