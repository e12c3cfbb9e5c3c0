"""What the command line needs to make and look into packages; see ``bootstrap``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.cli.parts import Credentials


@dataclass(frozen=True, slots=True)
class MadePackage:
    """A package that was made; ``code`` is the short one of whom it is encrypted to."""

    path: str
    package: str
    number: int
    recipient: str
    code: str
    events: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShownPackage:
    """What a package says of itself: its certificate as text, its parts by name and size."""

    number: int
    maker: str
    sha256: str
    certificate: str
    parts: tuple[tuple[str, int], ...]


class Packaging(Protocol):
    """Packages; every method opens the site for whoever has a password there."""

    def make(self, site: Path, who: Credentials, peer: str, *, full: bool) -> MadePackage:
        """Make the next package to a recipient or workstation (id or name)."""

    def show(self, site: Path, who: Credentials, file: Path) -> ShownPackage:
        """Open a package that was made or came here, compare all of it, and tell what is in it."""
