"""A centre, and a site that exchanges with one, for the command line; what it needs is loaded when asked."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.cli.centre_parts import ReplyReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.bootstrap.centre.home import Centre
    from crfapp.cli.centre_parts import Asked, CentreWish
    from crfapp.cli.parts import Credentials
    from crfapp.exchange.cards import CentreAsKnown, SiteAsKnown
    from crfapp.exchange.centre_views import CentreSite, HandedOut, HandingWish, Overview
    from crfapp.exchange.delta import Changed
    from crfapp.exchange.taken_in import TakenIn


class ReceivingSite:
    """Implements :class:`crfapp.cli.centre_parts.ReceivingSite`."""

    def card(self, site: Path, who: Credentials, out: Path) -> SiteAsKnown:
        """Write the card of a site."""
        from crfapp.bootstrap.letting_in import opened_for
        from crfapp.bootstrap.site_card import write_site_card

        with closing(opened_for(site, who)) as opened:
            return write_site_card(opened, opened.actor(who.login), out)

    def centre_card(self, file: Path) -> CentreAsKnown:
        """Read the card of a centre."""
        from crfapp.exchange.cards import read_centre_card

        return read_centre_card(file)

    def receive(self, site: Path, who: Credentials, files: Sequence[Path]) -> list[TakenIn]:
        """Take in files."""
        from crfapp.bootstrap.letting_in import opened_for
        from crfapp.bootstrap.taking_in import take_in, taken_from

        with closing(opened_for(site, who)) as opened:
            actor = opened.actor(who.login)
            return taken_from(files, lambda file: take_in(opened, actor, file))


class Centres:
    """Implements :class:`crfapp.cli.centre_parts.Centres`."""

    def new(self, wish: CentreWish) -> tuple[str, CentreAsKnown]:
        """Make a centre."""
        from crfapp.bootstrap.centre.founding import CODE, found_centre
        from crfapp.bootstrap.ground import SystemClock
        from crfapp.cli.parts import Credentials
        from crfapp.present.entrance import NewSite

        new = NewSite(
            wish.folder,
            wish.pack,
            CODE,
            wish.name,
            wish.zone,
            login=wish.login,
            person=wish.person,
            password=wish.password,
            accepted=wish.accepted,
        )
        sheet = found_centre(new, SystemClock(), database=wish.database)
        with _opened(wish.folder, Credentials(wish.login, wish.password)) as centre:
            return sheet, centre.card

    def keep_on_server(self, home: Path, who: Credentials, database: str) -> None:
        """Before anything has come."""
        from crfapp.bootstrap.centre.founding import keep_on_server

        with _opened(home, who) as centre:
            keep_on_server(centre, database)

    def card(self, home: Path, who: Credentials, out: Path) -> CentreAsKnown:
        """Write the card for its sites."""
        from crfapp.exchange.cards import write_card

        with _opened(home, who) as centre:
            write_card(centre.card, out)
            return centre.card

    def add(
        self, home: Path, who: Credentials, card: Path, agreed: Callable[[SiteAsKnown], bool]
    ) -> CentreSite:
        """Take in packages of a site."""
        from crfapp.exchange.cards import read_site_card

        with _opened(home, who) as centre:
            known = read_site_card(card)
            if not agreed(known):
                raise RefusedError(Code.CARD_DIFFERS, site=known.code)
            return centre.add(known)

    def receive(self, home: Path, who: Credentials, files: Sequence[Path]) -> list[TakenIn]:
        """Take in files, or what lies on the routes."""
        from crfapp.bootstrap.taking_in import taken_from

        with _opened(home, who) as centre:
            return taken_from(files, centre.take_in) if files else centre.look()

    def status(self, home: Path, who: Credentials, *, walk: bool) -> Overview:
        """How each site stands."""
        from crfapp.bootstrap.centre.standing import overview

        with _opened(home, who) as centre:
            return overview(centre, walk=walk)

    def ask(self, home: Path, who: Credentials, asked: Asked) -> None:
        """Ask something of a site."""
        from crfapp.bootstrap.centre.asking import ask

        with _opened(home, who) as centre:
            ask(centre, asked)

    def reply(self, home: Path, who: Credentials, site: str, out: Path | None, *, full: bool) -> ReplyReport:
        """Make a reply, and bring it on its way."""
        with _opened(home, who) as centre:
            made, node = centre.reply(site, full=full)
            sent = centre.bring(site, made, node, out)
            return ReplyReport(made.path, node, made.number, made.events, sent)

    def export(self, home: Path, who: Credentials, site: str, wish: HandingWish) -> list[HandedOut]:
        """Hand out data."""
        from crfapp.bootstrap.centre.exporting import hand_out

        with _opened(home, who) as centre:
            return hand_out(centre, [centre.site(site)] if site else centre.sites(), wish)

    def delta(self, home: Path, who: Credentials, site: str, number: int | None) -> list[tuple[str, Changed]]:
        """What changed since a package."""
        from crfapp.bootstrap.centre.standing import delta_of

        with _opened(home, who) as centre, centre.part(site) as part:
            return delta_of(part, number)

    def transit(self, home: Path, who: Credentials, site: str, out: Path) -> int:
        """Write the four instants of each event."""
        from crfapp.bootstrap.centre.exporting import write_transit

        with _opened(home, who) as centre, centre.part(site) as part:
            return write_transit(centre, part, out)


def _opened(home: Path, who: Credentials) -> Centre:
    from crfapp.bootstrap.centre.home import Centre

    return Centre.open(home, who)
