"""T-10: memory runs out while a site takes in packages, hands out files and saves.

The system gives the program no more than so many mebibytes beyond what it has when the work begins, from
almost none on until the work goes through. Either it is done, or a sentence says that memory is full, and
nothing is half there.
"""

from __future__ import annotations

import resource
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code
from tests.support.fault_figures import FULL, Figure, note

if TYPE_CHECKING:
    from tests.support.failing_site import Failing

MEBIBYTE = 1 << 20
ROOMS = {"save": (0, 1), "import": (0, 2), "trail": (1,), "export": (3,)}
FULL_ROOMS = range(0, 24)


def narrow(pid: int, room: int) -> None:
    """Give a program so many mebibytes more than it has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[0])
    most = pages * resource.getpagesize() + room * MEBIBYTE
    resource.prlimit(pid, resource.RLIMIT_AS, (most, most))


@pytest.mark.req("REQ-105")
@pytest.mark.parametrize("operation", ROOMS)
def test_without_memory_it_is_done_or_said(failing: Failing, operation: str) -> None:
    tried, refused, broken = 0, 0, list[str]()
    for room in FULL_ROOMS if FULL else ROOMS[operation]:
        place = failing.copy()
        said = failing.site.work(place, operation, times=2, meanwhile=partial(narrow, room=room))
        broken += [f"{operation} with {room} MiB: {one}" for one in failing.broken(place, operation, said)]
        tried, refused = tried + 1, refused + (Code.MEMORY_FULL.value in said.codes)
        shutil.rmtree(place.folder)
    note(
        Figure(
            "T-10",
            f"memory runs out while a site does this: {operation}",
            tried=tried,
            bad=len(broken),
            more=f"{refused} ended with the sentence that memory is full",
        )
    )
    assert broken == []
