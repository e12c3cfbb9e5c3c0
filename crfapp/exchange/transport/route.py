"""A route that packages take: an address, what opens it, and how long a server may be silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from crfapp.base.routes import NO_SECRET, RouteAddress, RouteSecret, read_address

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: until a server has to have answered the first time, and until it has to have gone on."""

    connect: float = 20
    stall: float = 60


@dataclass(frozen=True, slots=True)
class Route:
    """Where to, with what, and with how much patience."""

    address: RouteAddress
    secret: RouteSecret = NO_SECRET
    patience: Patience = Patience()


def route_of(url: str, secret: RouteSecret = NO_SECRET) -> Route:
    """The route that an address as it stands in the ledger names; ROUTE_WRONG."""
    return Route(read_address(url), secret)


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that lies at its place with the right bytes.

    ``already``: it lay there before. ``resumed``: how many bytes an upload that broke off had left.
    """

    already: bool = False
    resumed: int = 0


class Readable(Protocol):
    """What is read from, block by block."""

    def read(self, most: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class Place(Protocol):
    """An open route."""

    def names(self) -> tuple[str, ...]:
        """The files that lie there, hidden ones and those still under way left out."""

    def read(self, name: str) -> AbstractContextManager[Readable]:
        """One of them, to be read from its beginning."""

    def lay(self, file: Path) -> Laid:
        """Put a file there under its own name; :func:`crfapp.exchange.transport.put` says how."""

    def remove(self, name: str) -> None:
        """Take a file away."""
