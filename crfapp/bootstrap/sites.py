"""An open site, put together: store, study, desk, bus."""

from __future__ import annotations

import os
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.bootstrap.study_versions import study_here
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.state import PersonRow, SiteRow, StudyVersionRow
from crfapp.ledger.study_versions import in_order
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.gate import Gate
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.work.bus import Bus, Workstation
from crfapp.work.desk import Desk
from crfapp.work.roles import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from crfapp.ledger.chain import Record
    from crfapp.store.engine import Db
    from crfapp.store.photographs import PhotographStore
    from crfapp.store.site_folder import SiteCard
    from crfapp.study.study import Study
    from crfapp.work.ports import Clock, Tables


class LedgerReader:
    """Reading events with their envelopes: in one given view, or each call in a view of its own."""

    def __init__(self, store: SiteStore, db: Db | None = None) -> None:
        self._store = store
        self._db = db

    def records(
        self,
        *,
        subject: str | None = None,
        kinds: Collection[str] | None = None,
        item: str | None = None,
    ) -> Iterator[Record]:
        """Events in the order of their chains. ``item`` passes over events that cannot concern it."""
        needle = b"" if item is None else f'"item":"{item}"'.encode()
        with nullcontext(self._db) if self._db is not None else reading(self._store.engine) as db:
            for sealed in EventLog().read(db, subject=subject, kinds=kinds):
                if needle in sealed.body:
                    yield open_sealed(sealed)


class OwnSigner:
    """Implements :class:`crfapp.work.ports.Signer`: each person's own key, as it was registered."""

    def __init__(self, gate: Gate, tables: Tables) -> None:
        self._gate, self._tables = gate, tables

    def sign(self, login: str, password: str, message: bytes) -> tuple[str, str]:
        """Sign; a key that the ledger does not know as this person's signs nothing."""
        key = self._gate.own_key(login, password)
        row = self._tables.get(PersonRow, login)
        if row is None or row.key != key.public:
            raise RefusedError(Code.WRONG_LOGIN)
        return key.public, key.sign(message)


class OpenSite:
    """Everything of one open site that people and tools work with. ``gate`` tries passwords here."""

    def __init__(self, store: SiteStore, study: Study, clock: Clock, gate: Gate | None = None) -> None:
        self.store = store
        self.gate = gate or Gate(store.folder, clock)
        self.clock = clock
        tables = store.ledger.tables
        rows = tables.find(SiteRow)
        zone = rows[0].zone if rows else "UTC"
        self.desk = Desk(study, tables, clock, entropy=os.urandom, zone=zone)
        self.bus = Bus(
            store.ledger,
            self.desk,
            clock,
            entropy=os.urandom,
            workstation=Workstation(store.workstation.node, __version__, store.folder.card.sort),
        )
        self.events = LedgerReader(store)
        self.desk.signer = OwnSigner(self.gate, tables)
        self.desk.was_given = self.gate.was_given
        self.desk.versions.kept = store.ledger.content

    @classmethod
    def open(cls, folder: SiteFolder, data_key: bytes, clock: Clock, gate: Gate | None = None) -> OpenSite:
        """Open a founded site with the study version in force."""
        store = SiteStore.open(folder, data_key)
        try:
            return cls.at_work(store, folder, clock, gate)
        except BaseException:
            store.close()
            raise

    @classmethod
    def at_work(
        cls, store: SiteStore, folder: SiteFolder, clock: Clock, gate: Gate | None = None
    ) -> OpenSite:
        """Work on a store that is open already; NOT_A_SITE where the site was never founded."""
        rows = store.ledger.tables.find(SiteRow)
        if not rows:
            raise EnvironmentProblem(Code.NOT_A_SITE, folder=folder.path.name)
        return cls(store, study_here(store), clock, gate)

    @classmethod
    def create(cls, path: Path, card: SiteCard, data_key: bytes, study: Study, clock: Clock) -> OpenSite:
        """Make the folder and database of a site that is about to be founded."""
        store = SiteStore.create(SiteFolder.create(path, card), data_key)
        store.ledger.keep_content(study.hash, study.content)
        return cls(store, study, clock)

    def study_now(self) -> Study:
        """The study with every version that is in force on record: also one that was put in force meanwhile.

        Who works goes on with what the session began with; what leaves the site is told by this.
        """
        active = in_order(self.desk.tables.find(StudyVersionRow))
        known = {version.hash for version in self.desk.study.versions}
        return self.desk.study if {row.content for row in active} <= known else study_here(self.store)

    @property
    def photographs(self) -> PhotographStore:
        """The photographs of the site that are kept here."""
        return self.store.photographs

    def last_event(self) -> datetime | None:
        """When the newest event known here was stored, by the clock that never runs backwards."""
        with reading(self.store.engine) as db:
            hybrid = EventLog().hybrid(db)
        return datetime.fromtimestamp(Hybrid.parse(hybrid).ms / 1000, UTC) if hybrid else None

    def head(self) -> str:
        """The hash of the last event in this workstation's chain."""
        with reading(self.store.engine) as db:
            return EventLog().head(db, self.store.workstation.node)[1]

    def actor(self, login: str) -> Actor:
        """A person of this site, with the role that the ledger gives."""
        row = self.store.ledger.tables.get(PersonRow, login)
        if row is None:
            raise RefusedError(Code.WRONG_LOGIN)
        return Actor(row.login, row.name, Role(row.role), row.organisation)

    def close(self) -> None:
        """Let everything go; the key is forgotten with it."""
        self.desk.forget_forms()
        self.store.close()
