"""A site on the disk with the flagship study, as the program itself opens it, and what its records say."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.playing import (
    ADMINISTRATOR,
    ADMINISTRATOR_PASSWORD,
    add_people,
    known_password,
    new_site,
)
from crfapp.bootstrap.sites import OpenSite
from crfapp.ledger.chain import open_sealed
from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import EventLog
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.store.tables import SqlTables
from crfapp.store.vault import Vault
from tests.support.playing import FORMS, shipped_study

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crfapp.ledger.events import Event
    from crfapp.work.ports import R

PACK = "nct06813027"
SITE = {"code": "JO01", "name": "Cell Therapy Center, Amman", "zone": "Asia/Amman"}
NURSE = "rania"
NURSE_PASSWORD = known_password(NURSE)
ROOT = FORMS.parent


def flagship_site(folder: Path) -> bytes:
    """Found a site an hour ago with one nurse; the key of its records."""
    begins = SystemClock().now() - timedelta(hours=1)
    new_site(folder, shipped_study(PACK), FORMS / PACK, SITE, begins)
    key = Vault.load(folder).open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    with at_work(folder, key) as opened:
        add_people(opened, folder, key, {NURSE: ("nurse", "Rania Khalil")})
    return key


@contextmanager
def at_work(folder: Path, key: bytes) -> Iterator[OpenSite]:
    """The site, open in this process."""
    opened = OpenSite.open(SiteFolder.open(folder), key, SystemClock())
    try:
        yield opened
    finally:
        opened.close()


def refuse_unsound(folder: Path, key: bytes) -> None:
    """Open the site as its next start would: whole chains, and tables that are what the ledger tells."""
    store = SiteStore.open(SiteFolder.open(folder), key)
    try:
        assert store.verify().breaks == ()
        assert store.compare() == []
    finally:
        store.close()


def surroundings(home: Path, **more: str) -> Mapping[str, str]:
    """The environment of a program whose person has just been given the workstation."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "CRFAPP_SITE"}}
    home.mkdir(exist_ok=True)
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "CRFAPP_LANGUAGE": "en"}
    return {**kept, **own, "PYTHONPATH": str(ROOT), **more}


class Watcher:
    """Looks into the records of a site while the program works on them; it never writes."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._engine = open_engine(folder / "ledger.db", key)

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        """Rows as they are durable now."""
        with reading(self._engine) as db:
            return SqlTables(db).find(table, **equal)

    def events(self) -> list[Event]:
        """Everything that happened, in order."""
        with reading(self._engine) as db:
            return [open_sealed(sealed).event for sealed in EventLog().read(db)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()
