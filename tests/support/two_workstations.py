"""Two workstations of one site on the disk, each on a machine of its own, that exchange real packages."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.bootstrap.exchanging import exchange
from crfapp.bootstrap.joining import Newcomer, invite, join
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.sites import OpenSite
from crfapp.bootstrap.taking_in import take_in
from crfapp.store.gate import Gate
from crfapp.store.invitation import open_invitation
from crfapp.store.site_folder import SiteFolder
from crfapp.work.recipients import SetRoute
from tests.support.quick_site import QUICK, QuickSite, password_of
from tests.support.tiny import FOLDER as TINY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.bootstrap.packing import Made
    from crfapp.exchange.taken_in import TakenIn
    from crfapp.present.other_workstations import Standing
    from crfapp.store.site_folder import SiteCard


@dataclass(frozen=True)
class Workstation:
    """One of them: its folder, and the key of what is in it."""

    site: QuickSite
    folder: Path
    key: bytes

    @property
    def card(self) -> SiteCard:
        return SiteFolder.open(self.folder).card

    @contextmanager
    def open(self) -> Iterator[OpenSite]:
        """At work, without a session."""
        folder = SiteFolder.open(self.folder)
        opened = OpenSite.open(folder, self.key, self.site.clock, Gate(folder, self.site.clock, QUICK))
        try:
            yield opened
        finally:
            opened.close()

    @property
    def node(self) -> str:
        with self.open() as opened:
            return opened.store.workstation.node

    def make(self, peer: str, *, full: bool = False, login: str = "rania") -> Made:
        """A package for another workstation, in the outbox."""
        with self.open() as opened:
            return make_package(opened, opened.actor(login), peer, full=full)

    def take(self, file: Path, login: str = "rania") -> TakenIn:
        with self.open() as opened:
            return take_in(opened, opened.actor(login), file)


class TwoWorkstations:
    """The clinic, where the site was founded, and the ward, which was invited."""

    def __init__(self, folder: Path, pack: Path = TINY, *, site: QuickSite | None = None) -> None:
        self.site = site or QuickSite(folder / "clinic", pack)
        self.site.settle("rania", "haddad", "weber")
        self.clinic = Workstation(self.site, folder / "clinic", self.site.key)
        with self.clinic.open() as opened:
            file = folder / "ward.crfapp-invitation"
            self.invited = invite(opened, opened.actor("admin"), file, "Ward")
        self.ward = self.joined(folder / "ward")

    def joined(self, folder: Path, login: str = "rania") -> Workstation:
        """What the invitation makes."""
        newcomer = Newcomer(login, password_of(login))
        invitation = open_invitation(self.invited.file, self.invited.code)
        join(invitation, folder, newcomer, self.site.clock, cost=QUICK)
        return Workstation(self.site, folder, self.site.key)

    def carry(self, one: Workstation, other: Workstation) -> TakenIn:
        """A package from one to the other."""
        self.site.clock.later(minutes=1)
        taken = other.take(one.make(other.node).path)
        self.site.clock.later(minutes=1)
        return taken


class SharedFolder(TwoWorkstations):
    """With a folder that both reach, set as the route on one of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.place = folder / "shared"
        self.place.mkdir()
        ward = self.ward.node
        with self.clinic.open() as opened:
            opened.bus.send(SetRoute(peer=ward, url=str(self.place)), opened.actor("admin"))
        self.carry(self.ward, self.clinic)
        self.carry(self.clinic, self.ward)
        self.rest()

    def round(self, at: Workstation, login: str = "rania", *, leaving: bool = False) -> Standing:
        """One round of the program there, some minutes later."""
        self.site.clock.later(minutes=6)
        with at.open() as opened:
            [standing] = exchange(opened, opened.actor(login), leaving=leaving)
            return standing

    def rest(self) -> None:
        for _ in range(3):
            for at in (self.clinic, self.ward):
                self.round(at)
