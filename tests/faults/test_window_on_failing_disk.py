"""The real window while its disk fails: the answer stays in its field, and what is known is said.

T-05 a disk that is full, T-06 a folder that cannot be written or is gone, T-09 another program that holds the
records, T-04 a disk that will not sync. After each of them the nurse presses Enter, and it is saved.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support.failing_site import Fault, hold
from tests.support.fault_figures import Figure, many, note
from tests.support.own_mounts import need_mounts
from tests.support.prepared_site import FINDINGLESS, Place
from tests.support.real_site import ROOT
from tests.support.told_window import ToldWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.conftest import Prepared
    from tests.support.told_window import Seen

SYSTOLIC, DIASTOLIC, PULSE, BREATHS, OXYGEN, WEIGHT = FINDINGLESS
MEBIBYTE = 1 << 20
FULL, BUSY, FAILS, GONE = "disk is full", "Another program", "does not take", "not where it was"
FREEZE = 0.2


class Bedside:
    """The window on a site that lies on a small disk of its own."""

    def __init__(self, prepared: Prepared, folder: Path) -> None:
        assert prepared.mounts is not None
        self.mounts, self.key = prepared.mounts, prepared.key
        self.disk, self._stuffing = folder / "disk", 0
        self.mounts.small_disk(self.disk, 96 * MEBIBYTE)
        self.mounts.run("cp", "-r", prepared.place.site, self.disk / "site")
        self.folder = folder
        self.window = ToldWindow(self.disk / "site", folder / "home", self.mounts.prefix)

    def stuff(self) -> None:
        """Fill the disk to its last block."""
        self._stuffing += 1
        self.mounts.run("sh", "-c", f"dd if=/dev/zero of={self.disk}/{self._stuffing} bs=4k 2>&- || true")

    def clear(self) -> None:
        self.mounts.run("sh", "-c", f"rm {self.disk}/[0-9]*")

    @contextmanager
    def somebody_else(self) -> Iterator[subprocess.Popen[str]]:
        """Another program that can hold the records."""
        command = [sys.executable, "-m", "tests.faults.holding_program"]
        other = subprocess.Popen(
            [*self.mounts.prefix, *command, str(self.disk / "site" / "ledger.db"), self.key.hex()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        try:
            yield other
        finally:
            other.kill()
            other.communicate()

    def taken_home(self) -> Place:
        """What lies on the disk, where everybody sees it."""
        place = Place(self.folder / "home-again")
        shutil.copytree(self.mounts.seen(self.disk / "site"), place.site)
        return place


@pytest.fixture(scope="module")
def bedside(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bedside]:
    need_mounts()
    bedside = Bedside(prepared, tmp_path_factory.mktemp("bedside"))
    with bedside.window:
        yield bedside


def told(other: subprocess.Popen[str], what: str, answer: str) -> None:
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdin.write(what + "\n")
    other.stdin.flush()
    assert other.stdout.readline() == answer + "\n"


def kept_back(seen: Seen, words: str) -> bool:
    """The answer stands in its field and is not shown as recorded, and the sentence says why."""
    return bool(seen.field) and not seen.recorded and any(words in said for said in seen.said)


def saved(seen: Seen) -> bool:
    return seen.recorded and seen.said == ()


@pytest.mark.req("REQ-105")
def test_on_a_full_disk_the_reserve_saves_one_more_and_then_the_answer_waits(bedside: Bedside) -> None:
    """T-05 in the window: saved with what was kept back, then said; with room again Enter saves."""
    window = bedside.window
    assert saved(window.type(SYSTOLIC, "135"))
    before = window.seen.saved
    bedside.stuff()
    assert saved(window.type(DIASTOLIC, "72"))
    assert "E-843" in window.seen.bands, "nobody was told that the reserve is in use"
    bedside.stuff()
    waits = window.type(PULSE, "71")
    bedside.stuff()
    without_reserve = window.enter()
    bedside.clear()
    again = window.enter()
    note(
        Figure(
            "T-05",
            "the disk is full while a nurse types at the window",
            tried=3,
            bad=sum((not kept_back(waits, FULL), not kept_back(without_reserve, FULL), not saved(again))),
            twin="the reserve",
            twin_tried=1,
            twin_bad=int(kept_back(without_reserve, FULL)),
        )
    )
    assert kept_back(waits, FULL)
    assert kept_back(without_reserve, FULL)
    assert saved(again)
    assert again.saved >= before
    assert bedside.mounts.seen(bedside.disk / "site" / "reserve").stat().st_size == 16 * MEBIBYTE


@pytest.mark.req("REQ-105")
def test_whoever_holds_the_records_does_not_freeze_the_window(bedside: Bedside) -> None:
    """T-09: a lock held for ever, by a program that stands still, that dies, that lets go in time."""
    window, waits, bad = bedside.window, [], []
    with bedside.somebody_else() as other:
        told(other, "hold", "held")
        for _ in range(many(2, 20)):
            waits.append(window.type(BREATHS, "15"))
        other.send_signal(signal.SIGSTOP)
        waits.append(window.enter())
        bad += [seen for seen in waits if not kept_back(seen, BUSY)]
        window.be_patient(2_000)
        window.enter()  # its connection is given up; the next one waits as long as databases usually do
        twin = window.enter()
        window.be_patient(150)
        window.enter()
    dead = window.enter()  # the system lets go of what a dead program held
    with bedside.somebody_else() as other:
        told(other, "hold 0.05", "held")
        in_time = window.type(OXYGEN, "97")
        if not in_time.recorded:  # a slow machine took longer than that to press the key
            in_time = window.enter()
    bad += [seen for seen in (dead, in_time) if not saved(seen)]
    longest = max(seen.seconds for seen in waits)
    note(
        Figure(
            "T-09",
            "another program holds the records while a nurse types",
            tried=len(waits) + 2,
            bad=len(bad),
            twin="the short patience",
            twin_tried=1,
            twin_bad=int(twin.seconds > 1.9),
            more=f"the window did not answer for {1000 * longest:.0f} ms at the longest",
        )
    )
    assert bad == []
    assert longest < twin.seconds / 2


@pytest.mark.req("REQ-105")
def test_a_disk_that_will_not_sync_is_asked_again_before_anything_is_called_saved(bedside: Bedside) -> None:
    """T-04: nobody can say whether it is saved; that is said, and found out with the next Enter."""
    window = bedside.window
    tracer = hold(window.pid, Fault("fsync", "EIO", 1, ever=True), bedside.folder / "trace")
    unknown = window.type(WEIGHT, "72")
    still = window.enter()
    tracer.terminate()
    tracer.communicate()
    found_out = window.enter()
    told_of = [code for code in found_out.bands if code in {"E-841", "E-842"}]
    assert kept_back(unknown, "Nobody can say")
    assert kept_back(still, "Nobody can say")
    assert (found_out.recorded, len(told_of)) == (True, 1)


@pytest.mark.req("REQ-105")
def test_a_folder_that_is_gone_takes_no_answer_until_it_is_back(bedside: Bedside) -> None:
    """T-06 in the window: the folder is moved, then its disk pulled; nothing is saved into the void."""
    window, mounts, disk = bedside.window, bedside.mounts, bedside.disk
    mounts.run("mv", disk / "site", disk / "moved")
    moved = window.type("VSTIM", "07:30")
    mounts.run("mv", disk / "moved", disk / "site")
    back = window.enter()
    home = bedside.taken_home()
    mounts.take_away(disk)
    pulled = window.type("TEMP_VSORRES", "36.6")
    assert kept_back(moved, GONE), moved
    assert saved(back), back
    assert home.site.is_dir()
    assert pulled.said
    assert not any(path.name == "ledger.db" for path in mounts.seen(disk).rglob("*"))
