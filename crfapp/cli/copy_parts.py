"""What the command line needs of the concrete world for copies, comparing and open formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.cli.parts import Credentials


@dataclass(frozen=True, slots=True)
class CopyReport:
    """A certified copy: file, SHA-256, the state it holds, events; ``sheet`` names the sheet of its code."""

    path: str
    sha256: str
    state: str
    events: int
    sheet: str


@dataclass(frozen=True, slots=True)
class Unequal:
    """A point that is not the same: its table, its place, ``differs``, ``only here`` or ``only there``.

    ``columns`` are (name, here, there) of what differs.
    """

    table: str
    place: str
    what: str
    columns: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CompareReport:
    """What comparing found. ``rewritten``: chains whose history is another one there.

    ``ahead`` and ``behind``: (chain, events) that only the file knows, and that it does not know yet.
    """

    equal: int
    unequal: tuple[Unequal, ...]
    rewritten: tuple[str, ...]
    ahead: tuple[tuple[str, int], ...]
    behind: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FilesReport:
    """Files in an open format: where, the SHA-256 that is on record, and how much they hold."""

    path: str
    sha256: str
    count: int


@dataclass(frozen=True, slots=True)
class WorkAgain:
    """A site put into work again: events, state, its new recovery sheet, and a secret for one login."""

    events: int
    state: str
    sheet: str
    secret: str


class Copying(Protocol):
    """The site's own copies, what they are compared with, and open formats."""

    def make(self, site: Path, who: Credentials, folder: Path, password: str | None) -> CopyReport:
        """Make a certified copy, for the site's code or for a password."""

    def code(self, site: Path, who: Credentials) -> tuple[str, str]:
        """The code that opens the site's copies, and the name of its sheet; NOT_ALLOWED."""

    def review(self, site: Path, who: Credentials, copy: Path, secret: str) -> str:
        """Open a copy, prove every part, and record that its investigator looked through it; its state."""

    def compare(self, site: Path, who: Credentials, file: Path) -> CompareReport:
        """Compare what a centre holds with the site's records."""

    def csv(self, site: Path, who: Credentials, out: Path, *, exact: bool, language: str) -> FilesReport:
        """Hand a folder of CSV files over."""

    def odm(self, site: Path, who: Credentials, out: Path, language: str) -> FilesReport:
        """Hand an ODM-XML document over."""

    def work_again(self, copy: Path, secret: str, folder: Path, login: str) -> WorkAgain:
        """Put a site into work again out of a copy."""
