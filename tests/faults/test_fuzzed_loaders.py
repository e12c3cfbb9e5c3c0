"""T-23: whatever a file from elsewhere holds, the program reads it or says why not, soon, in little memory.

Every loader gets files that were good once: bits flipped, parts cut, doubled and exchanged, numbers without
end, values nested without end, and the words that mean something in each format. The same numbers make the
same files again: ``number: what happened`` in a failure is the file of that number in this series.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.fault_figures import FULL, Figure, many, note
from tests.support.loaders import LOADERS
from tests.support.loaders_without import GUARDS
from tests.support.real_site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILES, SECONDS = many(12, 10**9), many(20, 60)
TWIN_SECONDS = 60
SERIES = 20261130

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="each run is a fork of a program that is loaded"
)


@pytest.fixture(scope="module")
def fuzz() -> Iterator[Callable[..., dict[str, Any]]]:
    """Tries a loader; what came of it."""
    command = [sys.executable, "-m", "tests.faults.fuzzing_program"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        asks, says = program.stdin, program.stdout

        def tried(name: str, **more: object) -> dict[str, Any]:
            order = {"name": name, "seconds": SECONDS, "most": FILES, "series": SERIES, **more}
            asks.write(json.dumps(order) + "\n")
            asks.flush()
            run: dict[str, Any] = json.loads(says.readline())
            return run

        yield tried
        asks.close()


@pytest.mark.req("REQ-807")
@pytest.mark.parametrize("name", LOADERS)
def test_a_spoiled_file_is_read_or_refused_in_words(name: str, fuzz: Callable[..., dict[str, Any]]) -> None:
    run = fuzz(name)
    twin = fuzz(name, without=True, seconds=TWIN_SECONDS, most=10**9) if name in GUARDS else None
    note(
        Figure(
            "T-23",
            name,
            run["tried"],
            len(run["bad"]),
            GUARDS[name].words if twin else "",
            twin["tried"] if twin else 0,
            len(twin["bad"]) if twin else 0,
            f"{run['refused']:,} refused in words; at most {run['peak_kib'] // 1024} MB"
            + (f"; {SECONDS} s of a processor" if FULL else ""),
        )
    )
    assert run["bad"] == []
    assert run["tried"] >= min(FILES, 100)
    assert twin is None or twin["bad"] != []
