"""The clock of a running process is moved from outside: what the program compares with cannot be moved."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.moved_clock import moved_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.interop

HERE = Path(__file__).parent
HOUR, DAY = 3600, 86_400


@contextmanager
def watching(folder: Path) -> Iterator[Callable[[str], int]]:
    """A process whose wall clock can be set; each setting tells what the process says to it."""
    told = folder / "clock"
    command = [sys.executable, str(HERE / "watching_program.py")]
    with subprocess.Popen(
        command, env=moved_by(told), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
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
