"""The Centre page's port to the centre, as the window is given it at the login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.bootstrap.beside import beside
from crfapp.bootstrap.site_packages import told_of
from crfapp.present.centre_desk import CardRead, Details, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.bootstrap.centre.door import CentreDoor
    from crfapp.bootstrap.centre.home import Centre
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.centre_views import CentreSite, HandedOut, HandingWish, Standing
    from crfapp.exchange.delta import Changed
    from crfapp.exchange.quarantine import Report
    from crfapp.present.lane import Steps
    from crfapp.present.package_desk import Taken
    from crfapp.work.roles import Actor


class CentreAtHand:
    """Implements :class:`crfapp.present.centre_desk.CentreDesk` for whoever is in."""

    def __init__(self, door: CentreDoor, actor: Actor) -> None:
        self._door, self._actor = door, actor

    def sites(self) -> Sequence[CentreSite]:
        """The sites, by their codes."""
        return self._here().sites()

    def standing(self, site: CentreSite, *, walk: bool, steps: Steps) -> Standing:
        """How one site stands."""
        from crfapp.bootstrap.centre.standing import standing_of

        return standing_of(self._beside(steps), site, walk=walk)

    def details(self, site: str, steps: Steps) -> Details | None:
        """One site from near."""
        from crfapp.ledger.state import LockAskedRow, NodeRow, ReceiptRow, SubjectRow

        centre = self._beside(steps)
        if not centre.parts.has(site):
            return None
        with centre.part(site) as part:
            tables = part.desk.tables
            receipts = tables.find(ReceiptRow, node=part.store.workstation.node)
            return Details(
                site,
                tuple(sorted(receipts, key=lambda row: (row.at, row.number), reverse=True)),
                tuple(sorted(tables.find(LockAskedRow), key=lambda row: row.at, reverse=True)),
                {row.subject: row.number for row in tables.find(SubjectRow)},
                {row.node: row.label for row in tables.find(NodeRow)},
                part.desk.study,
            )

    def delta(self, site: str, first: str, second: str, steps: Steps) -> Sequence[tuple[str, Changed]]:
        """What changed between two packages."""
        from crfapp.bootstrap.centre.standing import delta_between

        with self._beside(steps).part(site) as part:
            return delta_between(part, first, second)

    def aside(self) -> Sequence[Report]:
        """What was set aside."""
        from crfapp.exchange.quarantine import quarantined

        return [one.report for one in quarantined(self._home().store.folder.path)]

    def set_aside(self, sha256: str) -> Path | None:
        """Where a file of the quarantine lies."""
        from crfapp.exchange.quarantine import quarantined

        kept = quarantined(self._home().store.folder.path)
        return next((one.path for one in kept if one.report.sha256 == sha256), None)

    def take_in(self, file: Path, steps: Steps) -> Taken:
        """Take in a file; one from the inbox stands in the records then, or lies in the quarantine."""
        from crfapp.bootstrap.package_files import inbox_of
        from crfapp.exchange.whole_file import disk_named

        centre = self._beside(steps)
        found = centre.take_in(file)
        if file.parent == inbox_of(centre.home):
            with disk_named(file.parent):
                file.unlink(missing_ok=True)
        return told_of(found)

    def look(self, steps: Steps) -> Sequence[Path]:
        """Fetch what is new on the routes."""
        from crfapp.bootstrap.centre.receiving import Receiving

        steps.step(0, 0, "")
        return Receiving(self._beside(steps)).fetch()

    def reply(self, site: str, folder: Path | None, steps: Steps) -> Reply:
        """Make a package for a site, and bring it."""
        centre = self._beside(steps)
        made, node = centre.reply(site)
        where = centre.bring(site, made, node, folder)
        number, events = made.number, made.events
        return Reply(number, events, where or str(made.path), bool(where))

    def ask_lock(self, site: str, steps: Steps) -> None:
        """Ask a site to lock all it has recorded."""
        from crfapp.ledger.keys import Scope
        from crfapp.work.lock_requests import AskLock

        with self._beside(steps).part(site) as part:
            part.bus.send(AskLock(scope=Scope()), self._actor)

    def hand_out(self, sites: Sequence[CentreSite], wish: HandingWish, steps: Steps) -> Sequence[HandedOut]:
        """Write the data of sites, one after the other."""
        from crfapp.bootstrap.centre.exporting import hand_out

        centre, done = self._beside(steps), []
        for number, site in enumerate(sites):
            steps.step(number, len(sites), site.code)
            done += hand_out(centre, [site], wish)
        return done

    def own_code(self) -> str:
        """What sites compare with the centre's card."""
        return self._here().card.compared

    def give_card(self, target: Path) -> None:
        """Write the centre's card."""
        from crfapp.exchange.cards import write_card

        write_card(self._here().card, target)

    def read_card(self, file: Path) -> CardRead:
        """A site's card."""
        from crfapp.exchange.cards import read_site_card

        card = read_site_card(file)
        return CardRead(card.code, card.name, card.compared)

    def add(self, file: Path) -> CentreSite:
        """Take in packages of a site from now on."""
        from crfapp.exchange.cards import read_site_card

        return self._here().add(read_site_card(file))

    def _home(self) -> OpenSite:
        if self._door.site is None:
            raise RuntimeError("nobody is in")
        return self._door.site

    def _here(self) -> Centre:
        return self._door.centre(self._home(), self._actor)

    def _beside(self, steps: Steps) -> Centre:
        """The centre for work on the lane; a part that its pages have left is closed first."""
        self._door.close_but(None)
        return self._door.centre(beside(self._home(), steps), self._actor)
