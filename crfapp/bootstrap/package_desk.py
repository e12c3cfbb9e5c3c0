"""The Exchange page's port to packages and keys, as the window is given it at the login.

What packages need (cryptography, transports, sheets) is loaded when somebody asks for the first time: nobody
waits for it who came in to fill a form.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.base.routes import RouteSecret
    from crfapp.bootstrap.site_packages import SitePackages
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Steps
    from crfapp.present.package_desk import Offered, Taken, Waiting
    from crfapp.work.roles import Actor


class PackagesAtHand:
    """Implements :class:`crfapp.present.package_desk.PackageDesk` by :class:`SitePackages`.

    :attr:`routes` is the same for :class:`crfapp.present.route_setting.RouteDesk`.
    """

    def __init__(self, opened: OpenSite, actor: Actor) -> None:
        self._opened, self._actor = opened, actor

    @cached_property
    def _desk(self) -> SitePackages:
        from crfapp.bootstrap.site_packages import SitePackages

        return SitePackages(self._opened, self._actor)

    @property
    def routes(self) -> RoutesAtHand:
        """The routes of the same site."""
        return RoutesAtHand(lambda: self._desk)

    def make(self, peer: str, *, full: bool, steps: Steps) -> str:
        """Make a package."""
        return self._desk.make(peer, full=full, steps=steps)

    def send(self, package: str, steps: Steps) -> None:
        """Put it on its route."""
        self._desk.send(package, steps)

    def carry(self, package: str, folder: Path, steps: Steps) -> Path:
        """Copy it to a folder."""
        return self._desk.carry(package, folder, steps)

    def inside(self, package: str, steps: Steps) -> Sequence[tuple[str, str]]:
        """Name its parts."""
        return self._desk.inside(package, steps)

    def take_in(self, file: Path, steps: Steps) -> Taken:
        """Take in a file."""
        return self._desk.take_in(file, steps)

    def look(self, steps: Steps) -> Sequence[Path]:
        """Fetch what is new on the routes."""
        return self._desk.look(steps)

    def set_aside(self, sha256: str) -> Path | None:
        """Where a file of the quarantine lies."""
        return self._desk.set_aside(sha256)

    def waiting(self, peer: str) -> Waiting:
        """What they have not confirmed."""
        return self._desk.waiting(peer)

    def size(self, package: str) -> int | None:
        """The size of a package."""
        return self._desk.size(package)

    def read(self, file: Path) -> Offered:
        """A certificate or a centre's card."""
        return self._desk.read(file)

    def code(self, fingerprint: str) -> str:
        """What two people compare."""
        return self._desk.code(fingerprint)

    def own(self) -> str:
        """The fingerprint of this workstation's key."""
        return self._desk.own()

    def give_card(self, target: Path) -> None:
        """Write the card of this site."""
        self._desk.give_card(target)


class RoutesAtHand:
    """Implements :class:`crfapp.present.route_setting.RouteDesk`; ``desk`` loads what it needs."""

    def __init__(self, desk: Callable[[], SitePackages]) -> None:
        self._desk = desk

    def host_key(self, url: str, steps: Steps) -> str:
        """What an SFTP server shows."""
        return self._desk().host_key(url, steps)

    def private_key(self, file: Path) -> str:
        """The text of a key for a server."""
        return self._desk().private_key(file)

    def set_route(self, peer: str, url: str, secret: RouteSecret | None) -> None:
        """Record where packages go, and seal what opens it."""
        self._desk().set_route(peer, url, secret)

    def check_route(self, peer: str, steps: Steps) -> None:
        """Reach the place."""
        self._desk().check_route(peer, steps)
