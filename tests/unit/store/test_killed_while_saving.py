"""What was called saved is there after the program was killed at any moment (T-01's little sister)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import EventLog, assert_intact
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
PROGRAM = Path(__file__).with_name("committing_program.py")
KEY = bytes(range(32))
KILLS = 15

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed program forks its savers")


@pytest.fixture
def killed() -> Iterator[Callable[[Path, str, int], int]]:
    """``killed(path, manner, after)``: the last event called saved before the saver was killed."""
    with subprocess.Popen(
        [sys.executable, str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as program:
        assert program.stdin
        assert program.stdout
        words, answers = program.stdin, program.stdout

        def kill(path: Path, manner: str, after: int) -> int:
            words.write(f"{path} {manner}\n")
            words.flush()
            saver, saved = 0, 0
            while saved < after or not saver:
                line = answers.readline()
                if line.startswith("pid"):
                    saver = int(line.split()[1])
                else:
                    saved = int(line)
            os.kill(saver, signal.SIGKILL)
            while (line := answers.readline()) != "killed\n":
                assert line
            return saved

        yield kill
        words.close()


def survived(path: Path) -> int:
    """How many events the next start finds, in a whole log without a gap."""
    engine = open_engine(path, KEY)
    with reading(engine) as db:
        assert_intact(db)
        found = [link.seq for link in EventLog().read(db)]
        assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
    engine.dispose()
    assert found == list(range(1, len(found) + 1))
    return len(found)


def losses(folder: Path, kill: Callable[[Path, str, int], int], manner: str) -> list[int]:
    chance = random.Random(20250112)  # noqa: S311 (picks moments, not keys)
    lost = []
    for number in range(KILLS):
        path = folder / f"{number}.db"
        engine = open_engine(path, KEY, create=True)
        migrate(engine, lambda _have: None, remake)
        engine.dispose()
        saved = kill(path, manner, chance.randint(1, 140))
        lost.append(max(saved - survived(path), 0))
    return lost


def test_nothing_that_was_called_saved_is_lost(
    tmp_path: Path, killed: Callable[[Path, str, int], int]
) -> None:
    assert losses(tmp_path, killed, "honest") == [0] * KILLS


def test_a_program_that_says_saved_too_early_is_caught(
    tmp_path: Path, killed: Callable[[Path, str, int], int]
) -> None:
    """Sabotaged twin: the same test finds the losses of a program that speaks before the commit."""
    assert sum(losses(tmp_path, killed, "hasty")) > 0
