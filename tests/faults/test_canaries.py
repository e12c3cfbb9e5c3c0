"""T-37: nothing that anybody answered lies readable on the disk: not in a file, nor where a file once was.

A day is worked on a disk of its own, which is then read byte by byte. What the program hands out in plain
text because somebody asked for it, the trail for other programs, goes elsewhere.
"""

from __future__ import annotations

import mmap
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.canaries import CANARY
from tests.support.fault_figures import FULL, Figure, note
from tests.support.mounting import needs_mounts
from tests.support.quick_site import password_of
from tests.support.real_site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTES = 192
WORDS = (CANARY, password_of("rania"), password_of("haddad"), "Ward of the clinic")
SCRIPT = """
set -e
mount --make-rprivate /
truncate -s {size}M {image}
mkfs.ext4 -qF {image}
mkdir -p {disk}
mount -o loop {image} {disk}
ulimit -c unlimited
{python} -m tests.faults.canary_program {disk} {out} {manner} || true
umount {disk}
"""


@pytest.fixture(autouse=True)
def _mounts() -> None:
    needs_mounts("ext4")


def day_on_a_disk(folder: Path, manner: str) -> tuple[dict[str, int], str]:
    """How often each word lies on the disk afterwards, in letters of one or two bytes; what was said."""
    folder.mkdir()
    (folder / "out").mkdir()
    places = {"image": folder / "disk.img", "disk": folder / "disk", "out": folder / "out"}
    told = {name: shlex.quote(str(path)) for name, path in places.items()}
    script = SCRIPT.format(**told, size=MEGABYTES, python=shlex.quote(sys.executable), manner=manner)
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "memory" in done.stdout, done.stderr
    with places["image"].open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return {word: _count(whole, word) for word in WORDS}, done.stdout


def _count(whole: mmap.mmap, word: str) -> int:
    found = 0
    for letters in (word.encode(), word.encode("utf-16-le")):
        at = whole.find(letters)
        while at >= 0:
            found += 1
            at = whole.find(letters, at + 1)
    return found


@pytest.mark.req("REQ-930")
def test_no_answer_and_no_password_lies_readable_on_the_disk(tmp_path: Path) -> None:
    """Two twins: a database without its key, and a program that may be dumped when it crashes."""
    found, said = day_on_a_disk(tmp_path / "real", "whole" if FULL else "small")
    plain, _ = day_on_a_disk(tmp_path / "plain", "plain")
    dumped, _ = day_on_a_disk(tmp_path / "dumps", "dumps")
    in_memory = said.split()[1]
    size = MEGABYTES << 20
    more = f"{in_memory} of them in the memory of the process after the records were closed"
    key, dumps = "the key of the database", "the ban on dumps"
    bad = sum(found.values())
    note(Figure("T-37", "a disk read byte by byte", size, bad, key, size, sum(plain.values()), more))
    note(Figure("T-37", "the program crashes", 1, int(bad > 0), dumps, 1, int(sum(dumped.values()) > 0)))
    assert found == dict.fromkeys(WORDS, 0)
    assert plain[CANARY] > 0
    assert sum(dumped.values()) > 0
