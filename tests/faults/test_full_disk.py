"""T-05 and T-52: the disk is full at every moment of every kind of work; then there is room, and it goes on.

Disks of every size in memory, a disk that promises more than it has (its error comes late, with the sync), a
limit on the size of files. Nothing is called saved that is not, nothing is half there or empty, each refusal
is a sentence. A schema that cannot be raised is left as it was, byte for byte.
"""

from __future__ import annotations

import resource
import shutil
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code
from tests.support.fault_figures import FULL, Figure, many, note
from tests.support.own_mounts import need_mounts
from tests.support.prepared_site import Place
from tests.support.site_at_work import put_old
from tests.support.small_disk import BLOCK, SmallDisk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.failing_site import Failing, Said

KIBIBYTE, MEBIBYTE = 1 << 10, 1 << 20
ROOMS = {
    "save": ((1, 9), range(0, 60)),
    "import": ((12,), range(0, 300, 3)),
    "package": ((6,), range(0, 60)),
    "trail": ((12,), range(0, 90)),
    "backup": ((90,), range(0, 500, 5)),
}
"""Blocks that are free: in a short run, and in a full one."""
JOURNALED = ("-J", "size=4", "-E", "lazy_journal_init=0,lazy_itable_init=0")
"""Its journal has its room from the start: a file system that loses its own notes keeps nobody's files."""
PLENTY = 48 * MEBIBYTE


@pytest.fixture
def disk(failing: Failing, tmp_path: Path) -> SmallDisk:
    need_mounts()
    return SmallDisk(failing, tmp_path / "disk")


def worked(
    disk: SmallDisk, operation: str, room: int, manner: str = "honest"
) -> tuple[Said, Said, list[str]]:
    """One try on a disk with so much room, then once more with plenty: what was said, and what was broken."""
    failing = disk.failing
    place = disk.filled_with(failing.place, room)
    said = failing.site.work(place, operation, times=2, manner=manner)
    home = disk.at.with_name("home")
    broken = disk.broken(operation, said, home)
    shutil.rmtree(home)
    disk.leave_room(PLENTY)
    after = failing.site.work(place, operation, times=1)
    if not after.with_word("ACK"):
        broken.append(f"with room it did not go on: {after.lines}")
    disk.put_away()
    return said, after, [f"{operation} with {room} bytes: {one}" for one in broken]


@pytest.mark.req("REQ-105")
@pytest.mark.parametrize("operation", ROOMS)
def test_a_disk_of_any_size_keeps_what_was_called_done(disk: SmallDisk, operation: str) -> None:
    short, full = ROOMS[operation]
    tried, refused = 0, 0
    broken: list[str] = []
    for blocks in full if FULL else short:
        said, _, wrong = worked(disk, operation, blocks * BLOCK)
        tried, refused, broken = tried + 1, refused + bool(said.codes), broken + wrong
    deaf = worked(disk, "save", 5 * BLOCK, "deaf")[2]
    note(
        Figure(
            "T-05",
            f"a disk in memory is full while a site does this: {operation}",
            tried=tried,
            bad=len(broken),
            twin="listening to what the commit says",
            twin_tried=1,
            twin_bad=int(bool(deaf)),
            more=f"{refused} were refused with a sentence",
        )
    )
    assert broken == []
    assert refused > 0
    assert deaf


@pytest.mark.req("REQ-105")
def test_a_disk_that_promises_more_than_it_has_is_not_believed(disk: SmallDisk) -> None:
    """The error comes with the sync, after every write went well: then nobody can say, and that is said."""
    mounts, failing, broken, codes = disk.mounts, disk.failing, [], []
    for number in range(many(1, 12)):
        thin, inside = disk.at, disk.at.with_name("inside")
        mounts.small_disk(thin, PLENTY)
        mounts.run("truncate", "-s", "64M", thin / "image")
        mounts.run("mkfs.ext4", "-qF", *JOURNALED, "-N", "512", thin / "image")
        inside.mkdir(exist_ok=True)
        mounts.run("mount", "-o", "loop", thin / "image", inside)
        mounts.run("cp", "-r", failing.place.folder, inside / "place")
        mounts.run("sync", "-f", inside / "place")
        has = mounts.seen(thin / "image").stat().st_blocks * 512
        mounts.small_disk(thin, has + (4 + 5 * number) * BLOCK)
        said = failing.site.work(Place(inside / "place"), "save", times=many(60, 200))
        small = SmallDisk(failing, inside)
        mounts.small_disk(thin, 64 * MEBIBYTE)
        mounts.run("umount", inside)
        mounts.run("mount", "-o", "loop", thin / "image", inside)
        broken += small.broken("save", said, disk.at.with_name("home"))
        shutil.rmtree(disk.at.with_name("home"))
        codes += said.codes
        mounts.run("umount", inside)
        disk.put_away()
    unknown = codes.count(Code.SAVED_UNKNOWN.value)
    note(
        Figure(
            "T-05",
            "a disk promises more than it has",
            tried=many(1, 12),
            bad=len(broken),
            more=f"{len(codes)} refusals, {unknown} of them that nobody can say",
        )
    )
    assert broken == []
    assert codes


@pytest.mark.req("REQ-105")
def test_files_that_may_not_grow_are_a_full_disk_too(failing: Failing) -> None:
    """Without root: the system lets no file of the program grow beyond a limit."""
    tried, broken = 0, []
    for limit in range(64, 1_600, 16) if FULL else (900,):
        place = failing.copy()

        def keep_small(pid: int, most: int = limit * KIBIBYTE) -> None:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))

        said = failing.site.work(place, "backup", times=2, meanwhile=keep_small)
        broken += [f"{limit}: {one}" for one in failing.broken(place, "backup", said)]
        tried += 1
        shutil.rmtree(place.folder)
    note(Figure("T-05", "no file may grow beyond a limit", tried=tried, bad=len(broken)))
    assert broken == []


def test_a_schema_that_finds_no_room_is_not_raised(disk: SmallDisk) -> None:
    """T-52: refused before anything is touched; with room the same program raises it."""
    old = disk.failing.copy()
    put_old(old.folder)
    before, broken, refused = (old.site / "ledger.db").read_bytes(), [], 0
    rooms = range(0, 900, 10) if FULL else (2, 250)
    for blocks in rooms:
        place = disk.filled_with(old, blocks * BLOCK)
        said = disk.failing.site.work(place, "save", times=1)
        seen = disk.mounts.seen(place.site)
        if not said.with_word("READY"):
            refused += 1
            halves = [file.name for file in seen.glob("backups/*") if file.suffix != ".db"]
            touched = (seen / "ledger.db").read_bytes() != before or halves
            broken += [f"{blocks}: {said.lines} {touched}"] if touched or said.codes != ["E-845"] else []
        disk.leave_room(PLENTY)
        after = disk.failing.site.work(place, "save", times=1)
        broken += [] if after.with_word("ACK") else [f"{blocks}: not raised with room: {after.lines}"]
        disk.put_away()
    note(
        Figure(
            "T-52",
            "the schema is raised on a disk with little room",
            tried=len(rooms),
            bad=len(broken),
            more=f"{refused} were refused with nothing touched",
        )
    )
    assert broken == []
    assert refused > 0
