"""Copies of the database: encrypted under the same key, opened and walked before they count as copies."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.durable_files import PRIVATE_FILE, PRIVATE_FOLDER, named_disk_failures, sync_folder
from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import EventLog
from crfapp.store.failures import named_failures
from crfapp.store.verify import verify

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from crfapp.store.engine import Engine

KEPT = 7
_NAME = "ledger-*.db"


def backup_to(engine: Engine, key: bytes, path: Path, *, withheld: bool = False) -> None:
    """Copy the database as it stands now to a new file, which appears when it was opened and walked.

    SITE_EXISTS where there is such a file; DISK_FULL, DISK_FAILS; CHAIN_BROKEN or DATABASE_DAMAGED
    where the copy, and so perhaps the original, is not sound. Nothing is left of a copy that failed.
    ``withheld``: told texts may be missing, as in every copy outside the site.
    """
    if path.exists():
        raise EnvironmentProblem(Code.SITE_EXISTS, file=path.name)
    part = path.with_name(path.name + ".part")
    try:
        with named_disk_failures(path):
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
        with reading(engine) as db:
            events = EventLog().count(db)
        _copy(engine, part)
        _prove(key, part, events, withheld=withheld)
        with named_disk_failures(path):
            part.replace(path)
            sync_folder(path.parent)
    except AppProblem:
        for left in ("", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + left).unlink(missing_ok=True)
        raise


def daily_backup(
    engine: Engine, key: bytes, folder: Path, day: date, *, withheld: bool = False
) -> Path | None:
    """Keep a copy of each day in ``folder``, the newest seven; None where the day has its copy.

    Older ones go only after the new one was proven, so that no good copy makes way for a bad one.
    """
    path = folder / f"ledger-{day.isoformat()}.db"
    if path.exists():
        return None
    with named_disk_failures(folder):
        folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
    backup_to(engine, key, path, withheld=withheld)
    with named_disk_failures(folder):
        for old in sorted(folder.glob(_NAME))[:-KEPT]:
            old.unlink()
    return path


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


def _prove(key: bytes, path: Path, events: int, *, withheld: bool) -> None:
    """Open the copy as a site is opened, read every page, walk every chain."""
    copy = open_engine(path, key)
    try:
        with reading(copy) as db:
            found = verify(db, withheld=withheld)
            if db.execute("PRAGMA cipher_integrity_check").fetchall() or found.events < events:
                raise IntegrityProblem(Code.DATABASE_DAMAGED, file=path.name)
            found.refuse_breaks()
    finally:
        copy.dispose()
