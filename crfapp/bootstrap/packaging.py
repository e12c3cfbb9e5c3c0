"""Making packages and looking into them, for the command line."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from crfapp.cli.package_parts import MadePackage, ShownPackage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.parts import Credentials


class Packaging:
    """Implements :class:`crfapp.cli.package_parts.Packaging`; ``enter`` opens a site by a password."""

    def __init__(self, enter: Callable[[Path, Credentials], OpenSite]) -> None:
        self._enter = enter

    def make(self, site: Path, who: Credentials, peer: str, *, full: bool) -> MadePackage:
        """Make the next package."""
        from crfapp.bootstrap.packing import make_package
        from crfapp.bootstrap.routing import peer_called

        with closing(self._enter(site, who)) as opened:
            made = make_package(opened, opened.actor(who.login), peer_called(opened, peer), full=full)
        return MadePackage(
            path=str(made.path),
            package=made.package,
            number=made.number,
            recipient=made.recipient,
            code=made.code,
            events=made.events,
            bytes=made.bytes,
            sha256=made.sha256,
        )

    def show(self, site: Path, who: Credentials, file: Path) -> ShownPackage:
        """Open a package."""
        from crfapp.bootstrap.node_keys import node_key
        from crfapp.bootstrap.package_files import outbox_of
        from crfapp.bootstrap.packing import heard_here
        from crfapp.exchange.package.reading import open_package

        with closing(self._enter(site, who)) as opened:
            key = node_key(opened.store, opened.store.folder.card.code)
            heard = heard_here(opened, key)
            with open_package(file.resolve(), key, heard, outbox_of(opened)) as package:
                told = package.manifest
                certificate = package.open("certificate.txt").read().decode("utf-8", "replace")
                parts = tuple((part.name, part.size) for part in told.parts)
                return ShownPackage(told.number, told.node, package.sha256, certificate, parts)
