"""A centre at work: its home open for somebody, and one part at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.base.routes import read_address
from crfapp.bootstrap.centre.receiving import Receiving
from crfapp.bootstrap.letting_in import opened_for
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.routing import route_to
from crfapp.bootstrap.sites import OpenSite
from crfapp.bootstrap.study_versions import study_here
from crfapp.bootstrap.taking_in import each_of
from crfapp.exchange.cards import CentreAsKnown
from crfapp.exchange.centre_views import CentreSite
from crfapp.exchange.transport import Route, put
from crfapp.ledger.state import CentreSiteRow, ReceiptRow, RouteRow, SiteRow
from crfapp.store.centre import mark_of, parts_of
from crfapp.store.node_key import keep_node_key, kept_node_key
from crfapp.store.site_store import data_key_of
from crfapp.study.study import Study
from crfapp.work.centre_sites import RegisterSite
from crfapp.work.confirmations import BY_HAND
from crfapp.work.packages import NoteSent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.bootstrap.packing import Made
    from crfapp.cli.parts import Credentials
    from crfapp.exchange.cards import SiteAsKnown
    from crfapp.exchange.package.reading import OpenPackage
    from crfapp.exchange.taken_in import TakenIn
    from crfapp.store.centre import Parts
    from crfapp.store.site_store import SiteStore
    from crfapp.store.wrapping import Cost


class Centre:
    """The home of a centre, open for one person until :meth:`close`; made by :meth:`open`."""

    def __init__(self, home: OpenSite, login: str, parts: Parts | None = None) -> None:
        self.home = home
        self.mark = mark_of(home.store.folder.path)
        self.actor = home.actor(login)
        self.parts: Parts = parts or parts_of(self.mark, home.store.folder.path, data_key_of(home.store))

    @classmethod
    def open(cls, folder: Path, who: Credentials, cost: Cost | None = None) -> Centre:
        """Let somebody in: WRONG_LOGIN, LOCKED_OUT, KEY_DIFFERS; NOT_A_SITE for what is no centre's home."""
        mark_of(folder)
        return cls(opened_for(folder, who, cost), who.login)

    def __enter__(self) -> Self:
        """Nothing more is needed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let everything go."""
        self.close()

    def close(self) -> None:
        """Let everything go."""
        self.home.close()

    @property
    def card(self) -> CentreAsKnown:
        """What sites have to know."""
        key = node_key(self.home.store, self.mark.name)
        return CentreAsKnown(
            self.mark.centre, self.mark.name, self.home.desk.site.study, key.certificate.armored
        )

    # ---- its sites

    def sites(self) -> list[CentreSite]:
        """The sites that packages are taken in of, by their codes."""
        rows: dict[str, list[CentreSiteRow]] = {}
        for row in self.home.desk.tables.find(CentreSiteRow):
            rows.setdefault(row.site, []).append(row)
        found = [
            CentreSite(site, last.code, last.name, last.study, tuple(one.node for one in known))
            for site, known in rows.items()
            for last in (max(known, key=lambda one: one.at),)
        ]
        return sorted(found, key=lambda one: (one.code, one.site))

    def site(self, named: str) -> CentreSite:
        """A site by its code or id; SITE_UNKNOWN, also where two sites have one code."""
        found = [one for one in self.sites() if named in (one.code, one.site)]
        if len(found) != 1:
            raise RefusedError(Code.SITE_UNKNOWN, site=named)
        return found[0]

    def add(self, card: SiteAsKnown) -> CentreSite:
        """Take in packages of a site from now on; what :class:`RegisterSite` refuses, and NOT_ALLOWED."""
        told = {"site": card.site, "code": card.code, "name": card.name, "study": card.study}
        certified = {"certificate": card.certificate, "fingerprint": card.fingerprint}
        self.home.bus.send(RegisterSite(node=card.node, **told, **certified), self.actor)
        return self.site(card.site)

    # ---- its parts

    @contextmanager
    def part(self, site: str) -> Iterator[OpenSite]:
        """What is here of a site, with the centre's people; it begins empty. SITE_UNKNOWN, SITE_OPEN."""
        with self.store_of(site) as store:
            yield self.at_work(store, None)

    @contextmanager
    def store_of(self, site: str) -> Iterator[SiteStore]:
        """The store of a part, begun where there is none, with the centre's key."""
        known = self.site(site)
        if self.parts.has(known.site):
            store = self.parts.open(known.site)
        else:
            store = self.parts.create(known.site, known.study, known.code)
        try:
            self._give_key(store)
            yield store
        finally:
            store.close()

    def _give_key(self, store: SiteStore) -> None:
        """Replies are signed with the one key of the centre, whichever part they come from."""
        key, own = node_key(self.home.store, self.mark.name).armored, data_key_of(store)
        if kept_node_key(store.folder.path, own) != key:
            keep_node_key(store.folder.path, own, key)

    def at_work(self, store: SiteStore, package: OpenPackage | None) -> OpenSite:
        """A part, put together. Before its first package it has no study version of its own."""
        opened = OpenSite(store, self._study(store, package), self.home.clock, self.home.gate)
        opened.desk.people = self.home.desk.tables
        opened.desk.zone = self.home.desk.zone
        return opened

    def _study(self, store: SiteStore, package: OpenPackage | None) -> Study:
        if store.ledger.tables.find(SiteRow):
            return study_here(store)
        if package is None or package.manifest.pack not in package.contents:
            return self.home.desk.study
        try:
            return Study.from_content(package.content(package.manifest.pack))
        except (AppProblem, ValueError, TypeError, LookupError):
            raise RefusedError(Code.PACKAGE_DAMAGED, what="study version") from None

    def reply(self, site: str, *, full: bool = False) -> tuple[Made, str]:
        """Make a package with what was recorded here, for the workstation whose package came last.

        It and that workstation. SITE_UNKNOWN; what :func:`crfapp.bootstrap.packing.make_package` raises.
        """
        with self.part(site) as part:
            node = self._writes_to(self.site(site), part)
            return make_package(part, self.actor, node, full=full), node

    def bring(self, site: str, made: Made, node: str, folder: Path | None) -> str:
        """Copy a reply into a folder that somebody carries, or put it on the workstation's route; where to.

        Empty where neither is named: then it lies in the part's outbox. It is on record when this returns.
        """
        row = self.home.desk.tables.get(RouteRow, node)
        if folder is None and (row is None or not row.url):
            return ""
        route = Route(read_address(str(folder))) if folder is not None else route_to(self.home, node)
        put(made.path, route)
        told = BY_HAND if folder is not None or row is None else row.url
        with self.part(site) as part:
            part.bus.send(NoteSent(package=made.package, route=told), self.actor)
        return str(folder / made.path.name) if folder is not None else told

    def _writes_to(self, site: CentreSite, part: OpenSite) -> str:
        """The workstation that is answered; whatever it takes in, it brings to the others of its site."""
        here = part.store.workstation.node
        came = part.desk.tables.find(ReceiptRow, node=here)
        return max(came, key=lambda row: row.at).sender if came else site.nodes[-1]

    # ---- what comes

    def take_in(self, file: Path) -> TakenIn:
        """Take in one file; see :class:`crfapp.bootstrap.centre.receiving.Receiving`."""
        return Receiving(self).take_in(file)

    def take_in_all(self, folder: Path) -> list[TakenIn]:
        """Take in every file of a folder; what is refused is moved out of it, into quarantine."""
        return each_of(folder, self.take_in)

    def look(self) -> list[TakenIn]:
        """Fetch what is new on the routes that are set, and take it in."""
        return Receiving(self).look()
