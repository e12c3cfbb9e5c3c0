"""What earlier programs wrote, copied from ``tests/golden`` to a place where it may be opened."""

from __future__ import annotations

import json
import os
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from crfapp.bootstrap.sites import OpenSite
from crfapp.store.engine import open_engine, reading
from crfapp.store.migrations import STEPS, schema_number
from crfapp.store.site_folder import SiteFolder
from tests.support.clinic import SetClock

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parents[1] / "golden"
NEWEST = STEPS[-1].number
SCHEMAS = tuple(sorted(int(path.name.removeprefix("schema-")) for path in FOLDER.glob("schema-*")))
OLDER = tuple(number for number in SCHEMAS if number < NEWEST)


@dataclass(frozen=True)
class Golden:
    """A copy of a golden site at ``path``; ``told`` is what was noted when it was written."""

    path: Path
    told: dict[str, Any]

    @property
    def key(self) -> bytes:
        """What opens its database."""
        return bytes.fromhex(self.told["key"])

    def open(self) -> OpenSite:
        """Open it with today's program, which raises it."""
        return OpenSite.open(SiteFolder.open(self.path), self.key, SetClock())

    def number(self) -> int:
        """The schema on disk, raising nothing."""
        engine = open_engine(self.path / "ledger.db", self.key)
        try:
            with reading(engine) as db:
                return schema_number(db)
        finally:
            engine.dispose()


def golden(schema: int, into: Path) -> Golden:
    """Copy the site of a schema to the folder ``into``, which is made."""
    source = FOLDER / f"schema-{schema}"
    told = json.loads((source / "golden.json").read_text(encoding="utf-8"))
    return Golden(copied(source / "site", into), told)


def copied(source: Path, into: Path) -> Path:
    """Copy a folder of records whole."""
    shutil.copytree(source, into)
    (into / "photos").mkdir(exist_ok=True)  # git keeps no empty folder
    return into


def killed_at(statement: int, work: Callable[[], object]) -> tuple[bool, int]:
    """Do work in a child that is killed when its database begins this statement: whether it was, its exit.

    Counted over all connections of the child. 0 kills nobody; then the exit says whether the work went well.
    """
    child = os.fork()
    if child == 0:
        _die_at(statement)
        try:
            work()
        except BaseException:  # noqa: BLE001 - the parent asks for the exit alone
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True, -os.WTERMSIG(status)
    return False, os.WEXITSTATUS(status)


def statements_of(work: Callable[[], object], note: Path) -> list[str]:
    """Every statement that some work makes the database run, in a child that tells them in a file."""
    child = os.fork()
    if child == 0:
        said: list[str] = []

        def listen(raw: Any, *_: object) -> None:
            raw.set_trace_callback(said.append)

        event.listen(Pool, "connect", listen)
        try:
            work()
            note.write_text(json.dumps(said), encoding="utf-8")
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    told: list[str] = json.loads(note.read_text(encoding="utf-8"))
    return told


def _die_at(statement: int) -> None:
    done = 0

    def count(_text: str) -> None:
        nonlocal done
        done += 1
        if done == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def listen(raw: Any, *_: object) -> None:
        raw.set_trace_callback(count)

    event.listen(Pool, "connect", listen)
