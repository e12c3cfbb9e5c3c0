"""Routes of an open site, as they are set in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.bootstrap.beside import beside
from crfapp.bootstrap.routing import check_route, set_route, shown_key
from crfapp.exchange.whole_file import disk_named

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.base.routes import RouteSecret
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Steps
    from crfapp.work.roles import Actor

LARGEST_KEY = 65_536
"""A private key has a few kilobytes."""


class SiteRoutes:
    """Implements :class:`crfapp.present.route_setting.RouteDesk` for whoever is in."""

    def __init__(self, opened: OpenSite, actor: Actor) -> None:
        self._opened, self._actor = opened, actor

    def host_key(self, url: str, steps: Steps) -> str:
        """What an SFTP server shows."""
        steps.step(0, 0, "")
        return shown_key(url)

    def private_key(self, file: Path) -> str:
        """The text of a key for a server; FOLDER_REFUSED for what is none."""
        with disk_named(file.parent), file.open("rb") as opened:
            content = opened.read(LARGEST_KEY)
        if not content.isascii() or b"PRIVATE KEY" not in content:
            raise EnvironmentProblem(Code.FOLDER_REFUSED, folder=file.name)
        return content.decode("ascii")

    def set_route(self, peer: str, url: str, secret: RouteSecret | None) -> None:
        """Record it, and seal what opens it."""
        set_route(self._opened, self._actor, peer, url, secret)

    def check_route(self, peer: str, steps: Steps) -> None:
        """Reach the place."""
        steps.step(0, 0, "")
        check_route(beside(self._opened, steps), self._actor, peer)
