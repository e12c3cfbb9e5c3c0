"""Packages over their routes, for the command line."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.cli.parts import SentPackage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crfapp.base.routes import RouteSecret
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.parts import Credentials
    from crfapp.work.roles import Actor


class Sending:
    """Implements :class:`crfapp.cli.parts.Sending`; ``enter`` opens a site for whoever has a password."""

    def __init__(self, enter: Callable[[Path, Credentials], OpenSite]) -> None:
        self._enter = enter

    def send(self, site: Path, who: Credentials, package: str) -> list[SentPackage]:
        """Send one package, or all that wait and have a route; the first that fails ends it."""
        from crfapp.bootstrap.outbox import send, waiting

        with self._in(site, who) as (opened, actor):
            chosen = [package] if package else [row.package for row in waiting(opened)]
            sent = [(one, send(opened, actor, one)) for one in chosen]
            return [_said(opened, one, laid.already, laid.resumed) for one, laid in sent]

    def make(self, site: Path, who: Credentials, peer: str) -> str:
        """Make the next package for somebody; its id."""
        from crfapp.bootstrap.packing import make_package
        from crfapp.bootstrap.routing import peer_called

        with self._in(site, who) as (opened, actor):
            return make_package(opened, actor, peer_called(opened, peer)).package

    def carry(self, site: Path, who: Credentials, package: str, folder: Path) -> SentPackage:
        """Copy a package into a folder that somebody carries."""
        from crfapp.bootstrap.outbox import carry

        with self._in(site, who) as (opened, actor):
            carry(opened, actor, package, folder.resolve())
            return _said(opened, package, already=False, resumed=0)

    def shown_key(self, url: str) -> str:
        """The fingerprint that an SFTP server shows."""
        from crfapp.bootstrap.routing import shown_key

        return shown_key(url)

    def set_route(
        self, site: Path, who: Credentials, peer: str, url: str, secret: RouteSecret | None
    ) -> None:
        """Say where packages for somebody go."""
        from crfapp.bootstrap.routing import peer_called, set_route

        with self._in(site, who) as (opened, actor):
            set_route(opened, actor, peer_called(opened, peer), url, secret)

    def check_route(self, site: Path, who: Credentials, peer: str) -> tuple[str, ...]:
        """Reach the place."""
        from crfapp.bootstrap.routing import check_route, peer_called

        with self._in(site, who) as (opened, actor):
            return check_route(opened, actor, peer_called(opened, peer))

    def fetch(self, site: Path, who: Credentials, peer: str) -> tuple[Path, ...]:
        """Fetch what is new there into the inbox."""
        from crfapp.bootstrap.outbox import bring
        from crfapp.bootstrap.routing import peer_called

        with self._in(site, who) as (opened, actor):
            return bring(opened, actor, peer_called(opened, peer))

    @contextmanager
    def _in(self, site: Path, who: Credentials) -> Iterator[tuple[OpenSite, Actor]]:
        with closing(self._enter(site, who)) as opened:
            yield opened, opened.actor(who.login)


def _said(opened: OpenSite, package: str, already: bool, resumed: int) -> SentPackage:
    from crfapp.ledger.state import PackageRow

    row = opened.desk.tables.get(PackageRow, package)
    if row is None:
        raise RefusedError(Code.PACKAGE_UNKNOWN)
    return SentPackage(row.file, row.route, already, resumed)
