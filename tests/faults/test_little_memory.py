"""T-10: memory runs out while a site takes in packages, hands out files and saves.

The program takes all memory that it may have, and then works with the few KiB that it lets go of: from almost
none on until the work goes through. Either it is done, or a sentence says that memory is full, and nothing is
half there; it never waits for ever, and it closes.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code
from tests.support.fault_figures import FULL, Figure, note

if TYPE_CHECKING:
    from tests.support.failing_site import Failing

ROOMS = {
    "save": (64, 256),
    "sign": (256,),
    "import": (64, 4_096),
    "trail": (64, 1_024),
    "backup": (64,),
}
"""KiB that are left in a short run."""
ALL_ROOMS = tuple(range(16, 1_024, 16)) + tuple(range(1_024, 16_385, 256))


@pytest.mark.req("REQ-105")
@pytest.mark.parametrize("operation", ROOMS)
def test_without_memory_it_is_done_or_said(failing: Failing, operation: str) -> None:
    tried, refused, broken = 0, 0, list[str]()
    for room in ALL_ROOMS if FULL else ROOMS[operation]:
        place = failing.copy()
        said = failing.site.work(place, operation, times=2, manner=f"starved-{room}")
        broken += [f"{operation} with {room} KiB: {one}" for one in failing.broken(place, operation, said)]
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
    assert refused > 0
