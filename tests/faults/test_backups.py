"""T-34: a backup while another process saves as fast as it can opens, is sound, and no older than its begin.

6 backups; `make faults` makes 100. The twin is a plain copy of the database file, as a file manager
or a synchronised folder makes it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem
from crfapp.store.backup import backup_to, prove
from crfapp.store.engine import open_engine
from tests.support.fault_figures import Figure, many, note
from tests.support.quick_site import QuickSite
from tests.support.real_site import surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = Path(__file__).with_name("saving_program.py")
BACKUPS = many(6, 100)
FEW = 20
"""So many saves are waited for before anything is copied, so that there is something to lose."""


@dataclass
class Saving:
    """A process that saves, and how many events it has acknowledged."""

    folder: Path
    key: bytes
    program: subprocess.Popen[str]
    acknowledged: int = 0
    saves: int = 0
    began: float = field(default_factory=time.monotonic)

    def listen(self) -> None:
        assert self.program.stdout is not None
        for line in self.program.stdout:
            self.acknowledged, self.saves = int(line), self.saves + 1

    def wait_for(self, saves: int) -> None:
        wanted, end = self.saves + saves, time.monotonic() + 60
        while self.saves < wanted:
            assert time.monotonic() < end, "it saves no more"
            assert self.program.poll() is None, "it ended by itself"
            threading.Event().wait(0.005)

    @property
    def rate(self) -> float:
        return self.saves / (time.monotonic() - self.began)


@pytest.fixture
def saving(tmp_path: Path) -> Iterator[Saving]:
    site = QuickSite(tmp_path / "site")
    site.settle("rania")
    command = [sys.executable, str(PROGRAM), str(site.folder), site.key.hex()]
    around = surroundings(tmp_path / "home", CRFAPP_STATE=os.environ.get("CRFAPP_STATE", str(tmp_path / "s")))
    pipes = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipes, stdout=pipes, env=around, text=True) as program:
        made = Saving(site.folder, site.key, program)
        ear = threading.Thread(target=made.listen)
        ear.start()
        made.wait_for(FEW)
        made.began, made.saves = time.monotonic(), 0
        yield made
        assert program.stdin is not None
        program.stdin.close()
        ear.join()
        assert program.wait() == 0


def fails(copy: Callable[[Path], None], saving: Saving, path: Path) -> bool:
    """Whether a copy is not sound, or lacks what was acknowledged before it was begun."""
    before = saving.acknowledged
    try:
        copy(path)
        return prove(saving.key, path).events < before
    except AppProblem:
        return True


@pytest.mark.req("REQ-901")
def test_a_backup_made_while_another_process_saves_is_sound_and_no_older_than_its_begin(
    saving: Saving, tmp_path: Path
) -> None:
    engine = open_engine(saving.folder / "ledger.db", saving.key)

    def backup(path: Path) -> None:
        backup_to(engine, saving.key, path)

    def plain(path: Path) -> None:
        shutil.copyfile(saving.folder / "ledger.db", path)

    bad = twin_bad = 0
    try:
        for number in range(BACKUPS):
            path, naive = tmp_path / f"copy-{number}.db", tmp_path / f"naive-{number}.db"
            bad += fails(backup, saving, path)
            twin_bad += fails(plain, saving, naive)
            for file in (path, naive):
                file.unlink(missing_ok=True)
            saving.wait_for(1)
    finally:
        engine.dispose()
    note(
        Figure(
            "T-34",
            "backup while another process saves",
            BACKUPS,
            bad,
            "a plain copy of the file",
            BACKUPS,
            twin_bad,
            f"{saving.rate:.0f} saves a second meanwhile",
        )
    )
    assert bad == 0
    assert twin_bad > 0
