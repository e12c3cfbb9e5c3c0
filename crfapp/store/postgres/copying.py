"""A part as an encrypted file: what somebody takes along of a server, or opens where there is none."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.store.durable_files import named_disk_failures, sync_folder
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from crfapp.store.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.store.engine import Engine

_AT_ONCE = 2_000


def copy_to_file(engine: Engine, key: bytes, path: Path) -> None:
    """Copy a part as it stands now to a new file, which appears when it was folded and walked.

    SITE_EXISTS where there is such a file; DISK_FULL, DISK_FAILS, CHAIN_BROKEN. Nothing is left of a copy
    that failed.
    """
    if path.exists():
        raise EnvironmentProblem(Code.SITE_EXISTS, file=path.name)
    part = path.with_name(path.name + ".part")
    try:
        with named_disk_failures(part):
            part.unlink(missing_ok=True)
        _write(engine, key, part)
        with named_disk_failures(path):
            part.replace(path)
            sync_folder(path.parent)
    except AppProblem:
        for left in ("", "-wal", "-shm"):
            part.with_name(part.name + left).unlink(missing_ok=True)
        raise


def _write(engine: Engine, key: bytes, path: Path) -> None:
    copy = open_engine(path, key, create=True)
    log = EventLog()
    try:
        migrate(copy, lambda _have: None, remake)
        with reading(engine) as db, writing(copy) as into:
            links = log.read(db)
            while some := list(islice(links, _AT_ONCE)):
                log.append(into, some)
            for digest, content in db.stream("SELECT hash, bytes FROM content ORDER BY hash"):
                into.execute("INSERT INTO content VALUES (?, ?)", (digest, content))
            remake(into, withheld=True)
            verify(into, withheld=True).refuse_breaks()
    finally:
        copy.dispose()
