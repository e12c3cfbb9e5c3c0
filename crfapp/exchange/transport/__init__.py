"""Putting packages where their recipients look, and fetching what came back: folder, SFTP, S3, WebDAV.

The libraries of a protocol are loaded when a route of it is opened. Every failure is a coded problem:
ROUTE_FAILS, ROUTE_FULL, ROUTE_LOGIN, HOST_UNKNOWN, ROUTE_TAKEN, ROUTE_WRONG.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.transport.laying import BLOCK, is_shown
from crfapp.exchange.transport.route import Laid, Patience, Place, Route, route_of
from crfapp.store.durable_files import named_disk_failures

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = [
    "Laid",
    "Patience",
    "Place",
    "Route",
    "fetch",
    "host_key",
    "look",
    "put",
    "route_of",
    "take_back",
    "try_route",
]

MOST_BYTES = 4 << 30
"""No reply is longer than this; a server that goes on sending fills no disk."""


@contextmanager
def open_route(route: Route) -> Iterator[Place]:
    """A route, open until the block ends."""
    with _opener(route) as place:
        yield place


def put(file: Path, route: Route) -> Laid:
    """Put a file under its own name; it lies there whole, and was compared, when this returns.

    The same file once more is a success, another one of the same name ROUTE_TAKEN. What broke off is gone on
    from, except over WebDAV, which cannot append.
    """
    with open_route(route) as place:
        return place.lay(file)


def look(route: Route) -> tuple[str, ...]:
    """The names of the files that lie there."""
    with open_route(route) as place:
        return place.names()


def take_back(names: Collection[str], route: Route) -> tuple[str, ...]:
    """Take away those of these files that lie there; their names."""
    with open_route(route) as place:
        there = tuple(name for name in place.names() if name in names)
        for name in there:
            place.remove(name)
    return there


def fetch(name: str, route: Route, target: Path, most: int = MOST_BYTES) -> None:
    """Copy a file from there to ``target``, which has its name only when it is whole.

    PACKAGE_TOO_LARGE beyond ``most`` bytes, DISK_FULL and DISK_FAILS for this side.
    """
    if not is_shown(name):
        raise RefusedError(Code.PACKAGE_UNKNOWN)
    part = target.with_name(target.name + ".part")
    try:
        with open_route(route) as place, place.read(name) as source:
            with named_disk_failures(part):
                sink = part.open("wb")
            with sink:
                left = most
                while block := source.read(BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise RefusedError(Code.PACKAGE_TOO_LARGE, most=most)
                    with named_disk_failures(part):
                        sink.write(block)
                with named_disk_failures(part):
                    sink.flush()
        with named_disk_failures(part):
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def try_route(route: Route) -> None:
    """Whether the place can be reached, lets this workstation in, and can be looked through."""
    look(route)


def host_key(route: Route) -> str:
    """The fingerprint that an SFTP server shows, to be compared and agreed; empty for other routes."""
    if route.address.sort != "sftp":
        return ""
    from crfapp.exchange.transport.sftp import shown_host_key

    return shown_host_key(route)


def _opener(route: Route) -> AbstractContextManager[Place]:
    match route.address.sort:
        case "folder":
            from crfapp.exchange.transport.folder import open_folder

            return open_folder(route)
        case "sftp":
            from crfapp.exchange.transport.sftp import open_sftp

            return open_sftp(route)
        case "s3":
            from crfapp.exchange.transport.s3 import open_s3

            return open_s3(route)
        case "webdav":
            from crfapp.exchange.transport.webdav import open_webdav

            return open_webdav(route)
