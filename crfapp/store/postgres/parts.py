"""The parts of a centre as schemas of one PostgreSQL database, one for each site (docs/decisions/0024)."""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from psycopg.sql import SQL, Identifier, Literal

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.ledger.speaking import centre_node
from crfapp.store.centre import SITES
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures, sync_folder
from crfapp.store.envelope import derived_key
from crfapp.store.postgres.address import addresses_in
from crfapp.store.postgres.copying import copy_to_file
from crfapp.store.postgres.engine import connected, open_schema
from crfapp.store.postgres.failures import named_failures
from crfapp.store.postgres.schema import PART_STEPS
from crfapp.store.site_folder import CARD, SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.store.workstation import begin_card

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    import psycopg

    from crfapp.store.engine import Engine
    from crfapp.store.migrations import Step

_PURPOSE = b"crfapp: a part of a centre on a server"
_OUTSIDE = "pg_catalog"
_ALONE = "SELECT pg_try_advisory_lock(hashtextextended('crfapp open ' || %s, 0))"


class SchemaKeeping:
    """Keeps the ledger of one part in its schema; implements :class:`crfapp.store.keeping.Keeping`.

    Backups are the server's matter, as encryption at rest is; :meth:`backup_to` makes an encrypted file all
    the same, for whoever wants one part of it.
    """

    steps: Sequence[Step] = PART_STEPS

    def __init__(self, url: str, schema: str, *, durable: bool = True) -> None:
        self._url, self._schema, self._durable = url, schema, durable

    @contextmanager
    def held(self, folder: SiteFolder) -> Iterator[None]:
        """Keep it for this program alone, among all that reach the server: SITE_OPEN.

        The server lets go when the connection ends, however that comes about.
        """
        with ExitStack() as held:
            held.enter_context(folder.held())
            raw = held.enter_context(connected(self._url, _OUTSIDE, durable=self._durable))
            with named_failures():
                row = raw.execute(_ALONE, (self._schema,)).fetchone()
            if row is None or not row[0]:
                raise EnvironmentProblem(Code.SITE_OPEN, folder=folder.path.name)
            yield

    def open(self, folder: SiteFolder, data_key: bytes, *, create: bool) -> Engine:
        """Open the schema, which is there already; the key is for what lies in the folder."""
        del folder, data_key, create
        return open_schema(self._url, self._schema, durable=self._durable)

    def backup_to(self, engine: Engine, data_key: bytes, path: Path) -> None:
        """Copy the part into an encrypted file."""
        copy_to_file(engine, data_key, path)

    def backup_of_day(
        self, engine: Engine, data_key: bytes, folder: Path, day: tuple[date, str], *, again: bool = False
    ) -> Path | None:
        """None: see docs/centre-on-postgresql.md."""
        del engine, data_key, folder, day, again
        return None

    def backup_before_raising(self, engine: Engine, data_key: bytes, folder: Path, have: int) -> None:
        """Nothing: see docs/centre-on-postgresql.md. The raising is one transaction."""
        del engine, data_key, folder, have


class PostgresParts:
    """Implements :class:`crfapp.store.centre.Parts`.

    Beside the schema each part has a folder under the home for what is no ledger: keys, quarantine, packages.
    Another home of the same centre makes its own when it first opens a part. ``database`` may be several
    addresses, of several servers: then a new part goes where the fewest are, and is found wherever it is.
    """

    def __init__(
        self, database: str, home: Path, centre: str, data_key: bytes, *, durable: bool = True
    ) -> None:
        self._urls = addresses_in(database)
        self._home, self._centre, self._data_key = home, centre, data_key
        self._durable = durable

    def has(self, site: str) -> bool:
        """Whether a server has a part of this site; STORE_FAILS where one of them does not say."""
        return self._found(site) is not None

    def create(self, site: str, study: str, code: str) -> SiteStore:
        """Begin a part, whole or not at all; SITE_EXISTS, STORE_FAILS."""
        if self.has(site):
            raise EnvironmentProblem(Code.SITE_EXISTS, site=site)
        schema, url = self.schema(site), min(self._urls, key=self._number)
        with self._outside(url) as raw:
            # one that a killed program left has no card yet, and nothing in it
            raw.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(schema)))
        card = SiteCard(site, study, code, joined=f"centre {self._centre}", sort="centre")
        with ExitStack() as failed:
            store = SiteStore.create(self._folder(card), self._key(site), self._keeping(url, site))
            failed.callback(store.close)
            told = json.dumps({"site": site, "study": study, "code": code})
            with self._outside(url) as raw:
                raw.execute(SQL("COMMENT ON SCHEMA {} IS {}").format(Identifier(schema), Literal(told)))
            failed.pop_all()
        return store

    def open(self, site: str) -> SiteStore:
        """Open a part; SITE_UNKNOWN where the server has none, SITE_OPEN where somebody has it open."""
        found = self._found(site)
        if found is None:
            raise RefusedError(Code.SITE_UNKNOWN, site=site)
        url, card = found
        return SiteStore.open(self._folder(card), self._key(site), self._keeping(url, site))

    def schema(self, site: str) -> str:
        """The name of a part's schema: no id of a site can be one that means something else in SQL."""
        return f"site_{centre_node(self._centre, site).partition('-')[2]}"

    # ---- inside

    @contextmanager
    def _outside(self, url: str) -> Iterator[psycopg.Connection]:
        """A connection that stands in no part."""
        with named_failures(), connected(url, _OUTSIDE, durable=self._durable) as raw:
            yield raw

    def _number(self, url: str) -> int:
        with self._outside(url) as raw:
            row = raw.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'site\\_%'").fetchone()
        return row[0] if row else 0

    def _found(self, site: str) -> tuple[str, SiteCard] | None:
        """On which server the part of a site is, and what it is of."""
        asked = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s"
        for url in self._urls:
            with self._outside(url) as raw:
                row = raw.execute(asked, (self.schema(site),)).fetchone()
            if row and row[0]:
                return url, self._card(site, row[0])
        return None

    def _card(self, site: str, told: str) -> SiteCard:
        joined = f"centre {self._centre}"
        try:
            known = json.loads(told)
            return SiteCard(site, str(known["study"]), str(known["code"]), joined=joined, sort="centre")
        except (ValueError, LookupError, TypeError):
            raise EnvironmentProblem(Code.STORE_FAILS, sqlstate="comment of the schema") from None

    def _folder(self, card: SiteCard) -> SiteFolder:
        if not card.site.isalnum():
            raise RefusedError(Code.SITE_UNKNOWN, site=card.site)
        place = self._home / SITES / card.site
        if (place / CARD).is_file():
            return SiteFolder.open(place)
        fresh = place.with_name(f".{place.name}.new")
        with named_disk_failures(self._home):
            place.parent.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
            shutil.rmtree(fresh, ignore_errors=True)  # of a program that was killed
        begin_card(SiteFolder.create(fresh, card).path, centre_node(self._centre, card.site))
        with named_disk_failures(self._home):
            fresh.rename(place)
            sync_folder(place.parent)
        return SiteFolder.open(place)

    def _keeping(self, url: str, site: str) -> SchemaKeeping:
        return SchemaKeeping(url, self.schema(site), durable=self._durable)

    def _key(self, site: str) -> bytes:
        """What lies in the folder of a part is sealed under a key that comes from the home's."""
        return derived_key(self._data_key, site.encode(), _PURPOSE)
