"""Copies of the database: encrypted under the same key, opened and walked before they count as copies."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.durable_files import PRIVATE_FILE, PRIVATE_FOLDER, named_disk_failures, sync_folder
from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import EventLog
from crfapp.store.failures import named_failures
from crfapp.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from crfapp.store.engine import Engine
    from crfapp.store.verify import Verification

DAYS, MONTHS = 7, 12
"""Of the newest days each copy is kept, of the months before the last copy of each."""
_BLOCK = 1 << 20
_MONTH = len("2026-11")


def backup_to(engine: Engine, key: bytes, path: Path, *, withheld: bool = False) -> None:
    """Copy the database as it stands now to a new file, which appears when it was opened and walked.

    SITE_EXISTS where there is such a file; DISK_FULL, DISK_FAILS; CHAIN_BROKEN or DATABASE_DAMAGED
    where the copy, and so perhaps the original, is not sound. Nothing is left of a copy that failed.
    ``withheld``: told texts may be missing, as in every copy outside the site.
    """
    if path.exists():
        raise EnvironmentProblem(Code.SITE_EXISTS, file=path.name)
    _backup(engine, key, path, withheld=withheld)


def daily_backup(
    engine: Engine,
    key: bytes,
    folder: Path,
    day: tuple[date, str],
    *,
    withheld: bool = False,
    again: bool = False,
) -> Path | None:
    """Keep a copy of each day in ``folder``; None where the day has its copy.

    ``day`` goes with the name of this workstation's chain: copies that another chain made are never touched,
    for they may hold what this one lost. ``again`` puts a new copy in the place of the one of the same day.
    Older ones go only after the new one was proven, so that no good copy makes way for a bad one.
    """
    when, node = day
    path = folder / f"ledger-{when.isoformat()}-{node}.db"
    if path.exists() and not again:
        return None
    with named_disk_failures(folder):
        folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
    _backup(engine, key, path, withheld=withheld)
    rotate(folder, path)
    return path


def bring_to(folder: Path, copy: Path, key: bytes, events: int) -> Path:
    """Put a proven copy into another place too, where it is opened and walked again; its new path.

    One of the same name makes way for it when it was proven. DISK_FULL, DISK_FAILS, and what
    :func:`prove` says: then nothing is left of it, and nothing else was touched.
    """
    path = folder / copy.name
    with _becoming(path) as part:
        with named_disk_failures(path), copy.open("rb") as source:
            descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
            with open(descriptor, "wb") as into:
                shutil.copyfileobj(source, into, _BLOCK)
                into.flush()
                os.fsync(into.fileno())
        prove(key, part, events)
    rotate(folder, path)
    return path


def prove(key: bytes, path: Path, events: int = 0, *, withheld: bool = False) -> Verification:
    """Open a copy as a site is opened, read every page, walk every chain; what was found.

    WRONG_KEY; DATABASE_DAMAGED, also where it has fewer than ``events``; CHAIN_BROKEN.
    """
    copy = open_engine(path, key)
    try:
        with reading(copy) as db:
            found = verify(db, withheld=withheld)
            if db.execute("PRAGMA cipher_integrity_check").fetchall() or found.events < events:
                raise IntegrityProblem(Code.DATABASE_DAMAGED, file=path.name)
            found.refuse_breaks()
            return found
    finally:
        copy.dispose()


def rotate(folder: Path, proven: Path) -> None:
    """Remove what need not be kept beside a copy that was just proven, of the same chain alone."""
    node = proven.stem[len("ledger-2026-11-30-") :]
    with named_disk_failures(folder):
        copies = sorted(folder.glob(f"ledger-*-{node}.db"))
        by_month = {_month(copy): copy for copy in copies[:-DAYS]}
        kept = {proven, *copies[-DAYS:], *(by_month[month] for month in sorted(by_month)[-MONTHS:])}
        for copy in copies:
            if copy not in kept:
                copy.unlink()


def _month(copy: Path) -> str:
    return copy.stem.removeprefix("ledger-")[:_MONTH]


def _backup(engine: Engine, key: bytes, path: Path, *, withheld: bool) -> None:
    with _becoming(path) as part:
        with named_disk_failures(path):
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
        with reading(engine) as db:
            events = EventLog().count(db)
        _copy(engine, part)
        prove(key, part, events, withheld=withheld)


@contextmanager
def _becoming(path: Path) -> Iterator[Path]:
    """A file beside ``path`` that takes its name where the block ends well, and is gone where it does not."""
    part = path.with_name(path.name + ".part")
    try:
        with named_disk_failures(path):
            part.unlink(missing_ok=True)
        yield part
        with named_disk_failures(path):
            part.replace(path)
            sync_folder(path.parent)
    except BaseException:
        for left in ("", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + left).unlink(missing_ok=True)
        raise


def _copy(engine: Engine, path: Path) -> None:
    """VACUUM INTO reads one unchanging view, takes no lock from a save, and keeps the key."""
    pooled = engine.raw_connection()
    try:
        with named_failures():
            cast("Any", pooled.driver_connection).execute("VACUUM INTO ?", (str(path),))
    finally:
        pooled.close()
    with named_disk_failures(path), path.open("rb+") as file:
        os.fsync(file.fileno())
