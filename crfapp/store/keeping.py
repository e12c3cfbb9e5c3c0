"""How the database of a site's folder is kept: here as an encrypted file in it, the way of every site.

A centre may keep the parts of its sites as schemas of a server instead
(:class:`crfapp.store.postgres.parts.SchemaKeeping`); the folder then holds all but the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from crfapp.store.backup import backup_to, daily_backup
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures
from crfapp.store.engine import open_engine
from crfapp.store.migrations import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from crfapp.store.engine import Engine
    from crfapp.store.migrations import Step
    from crfapp.store.site_folder import SiteFolder


class Keeping(Protocol):
    """One way to keep a ledger."""

    @property
    def steps(self) -> Sequence[Step]:
        """What brings an older schema to the newest."""

    def held(self, folder: SiteFolder) -> AbstractContextManager[None]:
        """Keep it for this program alone: SITE_OPEN."""

    def open(self, folder: SiteFolder, data_key: bytes, *, create: bool) -> Engine:
        """Open it, or begin a new one: SITE_EXISTS."""

    def backup_to(self, engine: Engine, data_key: bytes, path: Path) -> None:
        """Copy it to an encrypted file: see :func:`crfapp.store.backup.backup_to`."""

    def backup_of_day(
        self, engine: Engine, data_key: bytes, folder: Path, day: tuple[date, str], *, again: bool = False
    ) -> Path | None:
        """Keep a copy of each day; None where the day has one, or where somebody else sees to it.

        See :func:`crfapp.store.backup.daily_backup`.
        """

    def backup_before_raising(self, engine: Engine, data_key: bytes, folder: Path, have: int) -> None:
        """Copy it before its schema is raised, where nobody else sees to copies."""


class FileKeeping:
    """As an encrypted file in the folder; ``withheld``: told texts may be missing, as outside the site."""

    steps: Sequence[Step] = STEPS

    def __init__(self, *, withheld: bool = False) -> None:
        self._withheld = withheld

    def held(self, folder: SiteFolder) -> AbstractContextManager[None]:
        """The folder's own lock."""
        return folder.held()

    def open(self, folder: SiteFolder, data_key: bytes, *, create: bool) -> Engine:
        """See :func:`crfapp.store.engine.open_engine`."""
        return open_engine(folder.ledger, data_key, create=create)

    def backup_to(self, engine: Engine, data_key: bytes, path: Path) -> None:
        """Under the same key."""
        backup_to(engine, data_key, path, withheld=self._withheld)

    def backup_of_day(
        self, engine: Engine, data_key: bytes, folder: Path, day: tuple[date, str], *, again: bool = False
    ) -> Path | None:
        """The newest seven, and the last of each month."""
        return daily_backup(engine, data_key, folder, day, withheld=self._withheld, again=again)

    def backup_before_raising(self, engine: Engine, data_key: bytes, folder: Path, have: int) -> None:
        """Once for each schema."""
        with named_disk_failures(folder):
            folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        path = folder / f"before-schema-{have + 1}.db"
        if not path.exists():  # the raising failed before, and the copy is of the same schema
            backup_to(engine, data_key, path, withheld=self._withheld)


IN_A_FILE = FileKeeping()
AS_COPY = FileKeeping(withheld=True)
