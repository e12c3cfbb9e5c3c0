"""What goes into one package, out of one snapshot: chains, study versions, views, the certificate."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from crfapp import __version__
from crfapp.base.times import utc_stamp
from crfapp.bootstrap.accounts_travelling import ACCOUNTS, accounts_part
from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.photographs_leaving import NONE, leaving
from crfapp.bootstrap.sites import LedgerReader
from crfapp.bootstrap.study_versions import NAMING_KINDS, contents_named
from crfapp.exchange.confidential import NothingStays
from crfapp.exchange.csv_files import put_sheet
from crfapp.exchange.dataset import sheets_of
from crfapp.exchange.export_workbook import properties_of
from crfapp.exchange.odm.document import write_odm
from crfapp.exchange.package.certificate import Certificate
from crfapp.exchange.package.manifest import PHOTOGRAPH_LIST, Manifest, Part
from crfapp.exchange.package.ports import View
from crfapp.exchange.package.writing import Packing
from crfapp.exchange.photograph_sheets import photographs_sheet
from crfapp.exchange.profiles import WORKSTATION
from crfapp.exchange.site_data import Making, SiteData, Snapshot
from crfapp.exchange.state import hash_of, state_rows
from crfapp.exchange.withholding import Withholding
from crfapp.exchange.workbook import write_workbook
from crfapp.exchange.workbook_check import compare
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import End, Stretch
from crfapp.ledger.state import KnownEndRow
from crfapp.present.texts import Texts
from crfapp.present.words import ROLES
from crfapp.store.event_log import EventLog
from crfapp.store.tables import SqlTables
from crfapp.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crfapp.bootstrap.photographs_sent import Sent
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.package.ports import Photograph
    from crfapp.exchange.profiles import Profile
    from crfapp.exchange.state import StateRow
    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import Event
    from crfapp.ledger.keys import EventId
    from crfapp.store.engine import Db
    from crfapp.work.packages import Peer
    from crfapp.work.roles import Actor

_PACK = re.compile(rb'"pack":"([0-9a-f]{64})"')
"""The study version in the body of an event: inside a text its quotation marks would be escaped."""
LANGUAGE = "en"
"""A package is read by others than its maker; its workbook and certificate are in English."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose the package is, and which in their row: ``number`` from 1, ``previous`` the SHA-256 before."""

    who: Peer
    profile: Profile
    number: int
    previous: str
    full: bool
    photographs: Sequence[Photograph] = ()
    views: Sequence[View] = ()


class Sending:
    """One package for one peer, out of the snapshot that ``db`` reads. ``package`` is its id."""

    def __init__(
        self,
        opened: OpenSite,
        db: Db,
        actor: Actor,
        place: Place,
    ) -> None:
        profile, who = place.profile, place.who
        self._opened, self._db, self._profile, self._who = opened, db, profile, who
        self._place = place
        self._tables = SqlTables(db)
        self._snapshot = Snapshot(self._tables, LedgerReader(opened.store, db))
        self._say = Texts(LANGUAGE, translations_folder())
        self._making = Making(
            opened.desk.now, f"{actor.name}, {self._say(ROLES[actor.role.value])}", __version__
        )
        self.package = opened.desk.new_id()
        self._chains = Chains(db, opened.store.workstation.node, opened.store.folder.card.sort, who.node)
        self._full = place.full or not self._chains.known
        self._stretches = self._chains.stretches(full=place.full) if profile.events else ()
        self._withholding = Withholding(self._studies(), self._tables, self._event)
        self._study = opened.study_now()
        self._data = SiteData(self._snapshot, self._study, self._making, language=LANGUAGE, say=self._say)
        outside = self._withholding.confidential
        self._data.confidential = outside if profile.outside else NothingStays(self._study)
        # a report that goes at once waits for no copies of photographs; they come with the next package
        self._leaving = NONE if place.views else leaving(opened, self._data, who, profile, full=place.full)
        self._data.left = self._leaving.left
        self._packs: set[str] = set()
        self._counts: dict[str, int] = {}
        self._state = ""

    @property
    def photographs_sent(self) -> Mapping[str, Sent]:
        """The photographs inside, by the hashes of their originals."""
        return self._leaving.sent

    def packing(self) -> Packing:
        """What is written, read out of the snapshot while it is written."""
        if self._profile.state:
            self._state = hash_of(self._counted(state_rows(self._snapshot, self._study)))
        return Packing(
            manifest=self._manifest,
            links=self._links if self._profile.events else None,
            contents=self._contents(),
            views=tuple(self._views()),
            photographs=self._photographs,
            certificate=self._certificate,
        )

    @property
    def _photographs(self) -> Sequence[Photograph]:
        return (*self._place.photographs, *self._leaving.packed) if self._profile.photographs else ()

    def _studies(self) -> Iterator[Study]:
        """The version in force and every other one that is kept here."""
        yield self._opened.desk.study
        contents = contents_named(self._snapshot.events.records(kinds=NAMING_KINDS))
        for digest in sorted(contents - {self._opened.desk.study.hash}):
            yield Study.from_content(self._opened.store.ledger.content(digest))

    def _event(self, of: EventId) -> Event | None:
        link = next(EventLog().chain(self._db, of.node, after=of.seq - 1), None)
        return open_sealed(link).event if link is not None and link.seq == of.seq else None

    def _counted(self, rows: Iterable[StateRow]) -> Iterator[StateRow]:
        for row in rows:
            self._counts[row.table] = self._counts.get(row.table, 0) + 1
            yield row

    def _links(self) -> Iterator[Sealed]:
        for link in self._chains.links(self._stretches):
            self._packs.update(map(bytes.decode, _PACK.findall(link.body)))
            if link.kind in NAMING_KINDS:
                self._packs.add(json.loads(link.body)["facts"]["content"])
            yield self._withholding.outside(link) if self._profile.outside else link

    def _contents(self) -> Iterator[tuple[str, bytes]]:
        """The versions that the events name; the recipient has those that the last one known there named."""
        if not self._profile.contents:
            return
        for digest in sorted(self._packs - self._chains.packs_known(self._stretches)):
            yield digest, self._opened.store.ledger.content(digest)

    def _views(self) -> Iterator[View]:
        yield from self._place.views
        profile, data = self._profile, self._data
        if profile is WORKSTATION:
            yield View(ACCOUNTS, lambda file: _write(accounts_part(self._opened), file))
        if self._leaving.left:
            yield View(PHOTOGRAPH_LIST, lambda file: _write_list(data, file))
        if profile.workbook:
            yield View("data.xlsx", lambda file: _write_workbook(data, profile.sheets, file), stored=True)
        if profile.odm:
            yield View("data.odm.xml", lambda file: _write_odm(data, file))

    def _certificate(self) -> Iterator[tuple[str, bytes]]:
        site = self._opened.desk.site
        certificate = Certificate(
            scope=self._say(self._profile.title),
            study=site.study,
            site=site.code,
            made_at=str(self._making.at),
            maker=self._making.by,
            workstation=self._opened.store.workstation.node,
            software=__version__,
            pack=self._opened.desk.pack_hash,
            counts=self._counts,
            state=self._state,
            ends=self._chains.ends,
            withheld=self._withholding.withheld,
        )
        yield "certificate.json", certificate.json()
        yield "certificate.txt", certificate.text(self._say)

    def _manifest(self, parts: tuple[Part, ...]) -> Manifest:
        card, node = self._opened.store.folder.card, self._opened.store.workstation.node
        site = self._opened.desk.site
        return Manifest(
            package=self.package,
            profile=self._profile.name,
            study=site.study,
            site=site.site,
            code=site.code,
            node=node,
            sort=card.sort,
            peer=self._who.id,
            to=(self._who.fingerprint.upper(),),
            number=self._place.number,
            previous=self._place.previous,
            made_at=utc_stamp(self._making.at.utc),
            made_local=str(self._making.at),
            software=__version__,
            pack=self._opened.desk.pack_hash,
            full=self._full,
            stretches=self._stretches,
            ends=self._chains.ends,
            parts=parts,
            counts=self._counts,
            state=self._state,
            withheld=self._withholding.withheld,
        )


def _write(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _write_workbook(data: SiteData, wanted: frozenset[str] | None, file: BinaryIO) -> None:
    """The sheets of the forms and those of the site that are wanted, read back before they count."""
    forms = {form.form for form in data.study.pack.forms}
    sheets = [
        sheet for sheet in sheets_of(data) if wanted is None or sheet.name in wanted or sheet.name in forms
    ]
    whole = BytesIO()
    written = write_workbook(sheets, whole, properties=properties_of(data))
    content = whole.getvalue()
    whole.close()  # each getvalue() is another copy of the whole
    compare(sheets, written, content)
    file.write(content)


def _write_list(data: SiteData, file: BinaryIO) -> None:
    put_sheet(photographs_sheet(data), file)


def _write_odm(data: SiteData, file: BinaryIO) -> None:
    write_odm(data, file)


class Chains:
    """The chains known here, and how far the peer (``there``: the chain it writes) said that it knows them.

    A site's workstation passes on every chain but the peer's own; a monitor's copy and the centre their own.
    """

    def __init__(self, db: Db, node: str, sort: str, there: str) -> None:
        self._db, self._log = db, EventLog()
        self.ends = tuple(End(each, *self._log.head(db, each)) for each in self._log.nodes(db))
        self._sent = [end for end in self.ends if end.node != there and (sort == "site" or end.node == node)]
        told = SqlTables(db).find(KnownEndRow, peer=there) if there else ()
        self.known = {row.node: row.seq for row in told if self._is_ours(row)}

    def stretches(self, *, full: bool) -> tuple[Stretch, ...]:
        """What is sent of each chain: from where the peer knows it, or whole."""
        begins = ((end, 1 if full else self.known.get(end.node, 0) + 1) for end in self._sent)
        return tuple(Stretch(end.node, at, end.seq, end.hash) for end, at in begins if at <= end.seq)

    def links(self, stretches: Iterable[Stretch]) -> Iterator[Sealed]:
        """The events of these stretches, one by one."""
        for stretch in stretches:
            yield from self._log.chain(self._db, stretch.node, after=stretch.first - 1)

    def packs_known(self, stretches: Iterable[Stretch]) -> set[str]:
        """The study versions in force at the last event known there of each chain."""
        before = ((stretch.node, stretch.first - 2) for stretch in stretches if stretch.first > 1)
        last = (next(self._log.chain(self._db, node, after=after)) for node, after in before)
        return {json.loads(link.body)["pack"] for link in last}

    def _is_ours(self, row: KnownEndRow) -> bool:
        """Whether the peer knows the same chain; where it does not, it gets the chain whole and sees so."""
        if not row.seq:
            return False
        link = next(self._log.chain(self._db, row.node, after=row.seq - 1), None)
        return link is not None and (link.seq, link.hash) == (row.seq, row.hash)
