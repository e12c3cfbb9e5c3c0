"""What the bus called stored is there, and the tables fit it, after the program was killed at any moment."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from crfapp.ledger.state import ItemRow
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore

ROOT = Path(__file__).parents[3]
PROGRAM = Path(__file__).with_name("answering_program.py")
KEY = bytes(range(32))
KILLS = 5


def said_before_the_kill(folder: Path, manner: str, after: int) -> int:
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), manner],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as program:
        assert program.stdout
        said = 0
        while said < after:
            line = program.stdout.readline()
            assert line, "the program ended by itself"
            said = int(line)
        program.kill()
    return said


def lost(folder: SiteFolder, said: int) -> int:
    """How many answers that were called stored the next start does not have; all else must fit."""
    store = SiteStore.open(folder, KEY)
    names = store.ledger.tables.find(ItemRow, item="NAME")
    newest = max((int(str(row.value).removeprefix("answer ")) for row in names), default=0)
    assert store.verify().breaks == ()
    assert store.compare() == []
    store.close()
    return max(said - newest, 0)


@pytest.mark.req("REQ-101")
def test_no_answer_that_was_called_stored_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20250112)  # noqa: S311 (picks moments, not keys)
    losses = []
    for number in range(KILLS):
        folder = SiteFolder.create(tmp_path / str(number), SiteCard("s1", "tiny", "JO01"))
        SiteStore.create(folder, KEY).close()
        losses.append(lost(folder, said_before_the_kill(folder.path, "honest", chance.randint(1, 80))))
    assert losses == [0] * KILLS


def test_a_ledger_that_speaks_before_its_commit_is_caught(tmp_path: Path) -> None:
    """Sabotaged twin: killed between its word and its commit it has lost what it promised."""
    losses = 0
    for number in range(30):
        folder = SiteFolder.create(tmp_path / str(number), SiteCard("s1", "tiny", "JO01"))
        SiteStore.create(folder, KEY).close()
        losses += lost(folder, said_before_the_kill(folder.path, "hasty", 3 + number))
        if losses:
            break
    assert losses > 0
