"""A centre's parts: one replica for each of its sites, each with a chain of the centre's own.

The home of a centre is a store like a site's, with its people and their passwords. What came of a site lies
in a part of its own, so that nothing of one site can be read or written through another's. Here are parts as
SQLite files under the home; :mod:`crfapp.store.postgres` keeps them as schemas of one database.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.base.told import told_json
from crfapp.ledger.speaking import centre_node
from crfapp.store.durable_files import (
    PRIVATE_FOLDER,
    named_disk_failures,
    small_file,
    sync_folder,
    write_durably,
)
from crfapp.store.envelope import derived_key
from crfapp.store.site_folder import CARD, MARK, SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.store.workstation import begin_card

if TYPE_CHECKING:
    from pathlib import Path

SITES = "sites"
FORMAT = 1
_PURPOSE = b"crfapp: a part of a centre"


@dataclass(frozen=True, slots=True)
class CentreMark:
    """What says that a folder is a centre's home: its id, what it is called, and where its parts lie.

    ``database`` is the address of a PostgreSQL database without secrets, or several with spaces between them;
    empty for files under the home.
    """

    centre: str
    name: str
    database: str = ""


def mark_centre(home: Path, mark: CentreMark) -> None:
    """Make a folder the home of a centre, once its store is founded."""
    told = {"format": FORMAT, "centre": mark.centre, "name": mark.name, "database": mark.database}
    write_durably(home / MARK, json.dumps(told, indent=1, ensure_ascii=False).encode())


def mark_of(home: Path) -> CentreMark:
    """NOT_A_SITE where the folder is no centre's home, TOO_NEW for a later program's."""
    try:
        told = told_json(small_file(home / MARK))
        if int(told["format"]) > FORMAT:
            raise EnvironmentProblem(Code.TOO_NEW, have=int(told["format"]), newest=FORMAT)
        return CentreMark(str(told["centre"]), str(told["name"]), str(told.get("database", "")))
    except (OSError, ValueError, KeyError, TypeError):
        raise EnvironmentProblem(Code.NOT_A_SITE, folder=home.name) from None


class Parts(Protocol):
    """Where the parts of a centre lie, by the id of their site."""

    def has(self, site: str) -> bool:
        """Whether there is a part of this site."""

    def create(self, site: str, study: str, code: str) -> SiteStore:
        """Begin an empty part, open; SITE_EXISTS."""

    def open(self, site: str) -> SiteStore:
        """Open a part for this program alone; SITE_UNKNOWN, SITE_OPEN and what opening a store raises."""


def expect_database(database: str) -> None:
    """Reach a PostgreSQL database, or several, once, before a centre relies on it.

    DATABASE_ADDRESS (RefusedError) for what is no address of one, or holds a secret; STORE_FAILS and
    NOT_DURABLE.
    """
    # its driver takes a third of a second to load
    from crfapp.store.postgres.address import addresses_in
    from crfapp.store.postgres.engine import connected

    for url in addresses_in(database):
        connected(url, "pg_catalog").close()


def parts_of(mark: CentreMark, home: Path, data_key: bytes) -> Parts:
    """Where the parts of a centre lie by its mark; DATABASE_ADDRESS, STORE_FAILS."""
    if not mark.database:
        return SqliteParts(home, mark.centre, data_key)
    # its driver takes a third of a second to load
    from crfapp.store.postgres.parts import PostgresParts

    return PostgresParts(mark.database, home, mark.centre, data_key)


class SqliteParts:
    """Implements :class:`Parts` with one encrypted file for each site under the home.

    A part's key comes from the home's: whoever may open the home may open its parts, and nobody else.
    """

    def __init__(self, home: Path, centre: str, data_key: bytes) -> None:
        self._home, self._centre, self._data_key = home, centre, data_key

    def has(self, site: str) -> bool:
        """Whether there is a part of this site."""
        return (self.folder(site) / CARD).is_file()

    def create(self, site: str, study: str, code: str) -> SiteStore:
        """Begin a part, whole or not at all; SITE_EXISTS."""
        if self.has(site):
            raise EnvironmentProblem(Code.SITE_EXISTS, site=site)
        place = self.folder(site)
        fresh = place.with_name(f".{place.name}.new")
        with named_disk_failures(self._home):
            place.parent.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
            shutil.rmtree(fresh, ignore_errors=True)  # of a program that was killed
        card = SiteCard(site, study, code, joined=f"centre {self._centre}", sort="centre")
        folder = SiteFolder.create(fresh, card)
        begin_card(folder.path, centre_node(self._centre, site))
        SiteStore.create(folder, self.key(site)).close()
        with named_disk_failures(self._home):
            fresh.rename(place)
            sync_folder(place.parent)
        return self.open(site)

    def open(self, site: str) -> SiteStore:
        """Open a part; SITE_UNKNOWN where there is none."""
        if not self.has(site):
            raise RefusedError(Code.SITE_UNKNOWN, site=site)
        return SiteStore.open(SiteFolder.open(self.folder(site)), self.key(site))

    def folder(self, site: str) -> Path:
        """Where the part of a site lies; an id that is no plain name has none: SITE_UNKNOWN."""
        if not site.isalnum():
            raise RefusedError(Code.SITE_UNKNOWN, site=site)
        return self._home / SITES / site

    def key(self, site: str) -> bytes:
        """The key of a part."""
        return derived_key(self._data_key, site.encode(), _PURPOSE)
