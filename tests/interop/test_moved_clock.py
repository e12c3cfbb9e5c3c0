"""The clock of a running process is moved from outside: what the program compares with cannot be moved."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.interop

HERE = Path(__file__).parent
HOUR, DAY = 3600, 86_400


def faketime() -> Path:
    """The library that gives a process another wall clock; part of Debian's package ``faketime``."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    assert found, "tools/system-packages interop installs it"
    return found[0]


@contextmanager
def watching(folder: Path) -> Iterator[Callable[[str], int]]:
    """A process whose wall clock can be set; each setting tells what the process says to it."""
    told = folder / "clock"
    told.write_text("+0", encoding="utf-8")
    env = {
        **os.environ,
        "LD_PRELOAD": str(faketime()),
        "FAKETIME_TIMESTAMP_FILE": str(told),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": str(HERE.parents[1]),
    }
    command = [sys.executable, str(HERE / "watching_program.py")]
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asks, says = process.stdin, process.stdout

        def moved(offset: str) -> int:
            told.write_text(offset, encoding="utf-8")
            asks.write("look\n")
            asks.flush()
            return int(says.readline())

        yield moved
        asks.close()


@pytest.mark.req("REQ-404")
def test_a_wall_clock_that_is_moved_inside_a_running_process_is_noticed_each_way(tmp_path: Path) -> None:
    with watching(tmp_path) as moved:
        assert moved("+0") == 0
        assert moved("-3h") == pytest.approx(-3 * HOUR, abs=5)
        assert moved("-3h") == 0
        assert moved("+0") == pytest.approx(3 * HOUR, abs=5)
        assert moved("+3650d") == pytest.approx(3650 * DAY, abs=5)
        assert moved("-3650d") == pytest.approx(-7300 * DAY, abs=5)
