"""What the command line needs of a centre, and of a site that exchanges with one; see ``bootstrap``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.cli.parts import Credentials
    from crfapp.exchange.cards import CentreAsKnown, SiteAsKnown
    from crfapp.exchange.centre_views import CentreSite, HandedOut, HandingWish, Overview
    from crfapp.exchange.delta import Changed
    from crfapp.exchange.taken_in import TakenIn


@dataclass(frozen=True, slots=True)
class CentreWish:
    """A centre that is to be made: its folder and study pack, its name and zone, its first administrator.

    ``database`` is the address of a PostgreSQL database for the parts of its sites, empty for files.
    """

    folder: Path
    pack: Path
    name: str
    zone: str
    login: str
    person: str
    password: str
    accepted: bool
    database: str = ""


@dataclass(frozen=True, slots=True)
class ReplyReport:
    """A reply that was made: its file, for which workstation, how many events, and where it was put."""

    path: Path
    node: str
    number: int
    events: int
    sent: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a site: a ``query``, a ``lock`` or an ``unlock``; where, by the names people use.

    ``text`` is the question, or what unlocking is for. ``visit`` and ``form`` may be numbered (``V_UNS/2``).
    """

    what: Literal["query", "lock", "unlock"]
    site: str
    subject: str
    visit: str = ""
    form: str = ""
    item: str = ""
    text: str = ""


class ReceivingSite(Protocol):
    """A site that hands over its card and takes in what comes."""

    def card(self, site: Path, who: Credentials, out: Path) -> SiteAsKnown:
        """Write the card of a site."""

    def centre_card(self, file: Path) -> CentreAsKnown:
        """Read the card of a centre."""

    def receive(self, site: Path, who: Credentials, files: Sequence[Path]) -> list[TakenIn]:
        """Take in files, and all files of folders."""


class Centres(Protocol):
    """A centre's home and its parts."""

    def new(self, wish: CentreWish) -> tuple[str, CentreAsKnown]:
        """Make a centre; the text of its recovery sheet, and its card."""

    def keep_on_server(self, home: Path, who: Credentials, database: str) -> None:
        """Keep the parts of the centre in a PostgreSQL database from now on."""

    def card(self, home: Path, who: Credentials, out: Path) -> CentreAsKnown:
        """Write the card for its sites."""

    def add(
        self, home: Path, who: Credentials, card: Path, agreed: Callable[[SiteAsKnown], bool]
    ) -> CentreSite:
        """Take in packages of a site from now on, where its code was compared (``agreed``)."""

    def receive(self, home: Path, who: Credentials, files: Sequence[Path]) -> list[TakenIn]:
        """Take in files and all files of folders; none named: what lies on the routes that are set."""

    def status(self, home: Path, who: Credentials, *, walk: bool) -> Overview:
        """How each site stands, and what lies in quarantine."""

    def ask(self, home: Path, who: Credentials, asked: Asked) -> None:
        """Ask something of a site; it goes with the next reply."""

    def reply(self, home: Path, who: Credentials, site: str, out: Path | None, *, full: bool) -> ReplyReport:
        """Make a reply, and copy it into a folder or put it on the route that is set."""

    def export(self, home: Path, who: Credentials, site: str, wish: HandingWish) -> list[HandedOut]:
        """Hand out the data of a site, or of all where none is named."""

    def delta(self, home: Path, who: Credentials, site: str, number: int | None) -> list[tuple[str, Changed]]:
        """What changed since a package."""

    def transit(self, home: Path, who: Credentials, site: str, out: Path) -> int:
        """Write the four instants of each event as CSV; how many events."""
