"""T-06: the folder of the records is read-only, taken away, exchanged, or pulled with its disk, at work.

Linux lets a program go on writing into files that have no name any more: without looking, everything would be
called saved. What was called saved before is there when the folder is back.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code
from tests.support.fault_figures import Figure, note
from tests.support.own_mounts import need_mounts
from tests.support.small_disk import SmallDisk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.failing_site import Failing, Said
    from tests.support.prepared_site import Place

MEBIBYTE = 1 << 20
GONE = Code.RECORDS_GONE.value


def taken_away(place: Place) -> None:
    """The whole folder gets another name."""
    place.site.rename(place.site.with_name("elsewhere"))


def exchanged(place: Place) -> None:
    """Something that keeps folders alike brings an earlier state of it."""
    shutil.copytree(place.site, place.site.with_name("earlier"))
    taken_away(place)
    place.site.with_name("earlier").rename(place.site)


def put_back(place: Place) -> None:
    """The folder that was worked in has its name again."""
    if place.site.exists():
        shutil.rmtree(place.site)
    place.site.with_name("elsewhere").rename(place.site)


def typed_while(failing: Failing, place: Place, fault: str, manner: str = "honest") -> Said:
    """Answers are given after the folder went."""
    faults = {"taken away": taken_away, "exchanged": exchanged}
    return failing.site.work(place, "save", times=3, manner=manner, meanwhile=lambda _: faults[fault](place))


def falsely_said(said: Said) -> list[str]:
    """What was called saved in a folder that was not there, and what was not a sentence."""
    return [*said.with_word("ACK"), *said.with_word("BARE"), *(["ended"] if said.status else [])]


@pytest.mark.req("REQ-105")
@pytest.mark.parametrize("fault", ["taken away", "exchanged"])
def test_nothing_is_called_saved_in_a_folder_that_went(failing: Failing, fault: str) -> None:
    place = failing.copy()
    said = typed_while(failing, place, fault)
    broken = falsely_said(said)
    left = [file.name for file in place.site.glob("ledger.db")] if fault == "taken away" else []
    put_back(place)
    broken += failing.broken(place, "save", said)
    again = failing.site.work(place, "save", times=1)
    shutil.rmtree(place.folder)

    blind = failing.copy()
    twin = typed_while(failing, blind, fault, "blind")
    shutil.rmtree(blind.folder)
    note(
        Figure(
            "T-06",
            f"the folder of the records is {fault} while a nurse types",
            tried=3,
            bad=len(broken),
            twin="looking whether the file is the one that was opened",
            twin_tried=3,
            twin_bad=len(twin.with_word("ACK")),
        )
    )
    assert broken == []
    assert set(said.codes) == {GONE}
    assert left == [], "no empty database in the place of the one that went"
    assert again.with_word("ACK"), again.lines
    assert twin.with_word("ACK")


@pytest.mark.req("REQ-105")
def test_a_disk_that_is_pulled_or_read_only_is_said(failing: Failing, tmp_path: Path) -> None:
    need_mounts()
    disk = SmallDisk(failing, tmp_path / "disk")
    place = disk.filled_with(failing.place, 48 * MEBIBYTE)
    disk.mounts.run("mount", "-o", "remount,ro", disk.at)
    closed = failing.site.work(place, "save", times=1)
    disk.mounts.run("mount", "-o", "remount,rw", disk.at)
    opened = failing.site.work(place, "save", times=1)
    pulled = failing.site.work(place, "save", times=2, meanwhile=lambda _: disk.mounts.take_away(disk.at))
    broken = [*falsely_said(closed), *falsely_said(pulled)]
    note(Figure("T-06", "the disk is read-only at the start, or pulled", tried=3, bad=len(broken)))
    assert broken == []
    assert closed.codes, closed.lines
    assert opened.with_word("ACK"), opened.lines
    assert set(pulled.codes) == {GONE}
