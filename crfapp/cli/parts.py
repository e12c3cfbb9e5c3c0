"""What the command line needs of the concrete world; ``bootstrap`` provides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.base.routes import RouteSecret
    from crfapp.cli.amendment_parts import Amending
    from crfapp.cli.backup_parts import Keeping
    from crfapp.cli.casebook_parts import Casebooks
    from crfapp.cli.centre_parts import Centres, ReceivingSite
    from crfapp.cli.copy_parts import Copying
    from crfapp.cli.package_parts import Packaging
    from crfapp.cli.qualify_parts import Qualifying
    from crfapp.journeys.player import Played
    from crfapp.journeys.told import Journey
    from crfapp.present.address import Address
    from crfapp.present.audit_view import AuditWish
    from crfapp.present.preview_page import Preview
    from crfapp.present.texts import Texts
    from crfapp.study.study import Study
    from crfapp.work.roles import Role


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks, and how they prove it."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What walking the chains found. ``breaks``: (node, seq, what is wrong).

    ``photographs`` were opened one by one; ``changed`` and ``lost`` are those that are not what was taken in,
    or that are on record and not here.
    """

    chains: int
    events: int
    breaks: tuple[tuple[str, int, str], ...]
    photographs: int = 0
    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.breaks or self.changed or self.lost)


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What folding again found: how many events, and (table, key, column) of everything that differs."""

    events: int
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """A workbook that was handed over."""

    path: str
    sha256: str
    sheets: int
    rows: int
    cells: int


@dataclass(frozen=True, slots=True)
class InvitationReport:
    """An invitation that was made: the code that opens it, and what the new workstation is known by."""

    code: str
    label: str
    short_code: str


@dataclass(frozen=True, slots=True)
class TrailWish:
    """What of the trail is to be written: the file, ``xlsx``, ``csv`` or ``jsonl``, its words, a filter."""

    out: Path
    format: str
    language: str
    filter: AuditWish


@dataclass(frozen=True, slots=True)
class TrailReport:
    """A file with the trail that was written, read back and compared."""

    path: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account that is to be given to somebody who works for the site."""

    login: str
    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class DemoWish:
    """What kind of demo site is wanted; ``second``: with a second workstation beside it."""

    out: Path
    subjects: int
    seed: int
    headless: bool
    second: bool = False


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What is to be written of a study: the file, its language; ``forms``: these alone, all where empty."""

    out: Path
    language: str
    annotated: bool = False
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperReport:
    """A PDF that was written."""

    path: str
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class DictionaryReport:
    """A data dictionary that was written."""

    path: str
    sha256: str
    sheets: int
    rows: int


class LettingIn(Protocol):
    """Letting somebody in again who is locked out, has lost the password, or has only an older copy."""

    def by_administrator(self, site: Path, who: Credentials, login: str, *, reset: bool) -> str:
        """Unlock an account, or replace its password by a secret for one login, which is given back."""

    def by_sheet(self, site: Path, sheet: str, login: str, *, reset: bool) -> str:
        """The same for an administrator by the text of the recovery sheet."""

    def from_older_copy(self, site: Path, who: Credentials, reason: str) -> ChainReport:
        """Go on from an older copy of the records; the breaks name what is missing from it."""


class Joining(Protocol):
    """Another workstation of a site."""

    def invite(
        self, site: Path, who: Credentials, out: Path, *, label: str, monitor: str, route: str
    ) -> InvitationReport:
        """Invite it; ``monitor`` is the login of whoever is to have an own copy, or empty, as ``route``."""

    def join(
        self, file: Path, code: str, folder: Path, who: Credentials, new_password: Callable[[], str]
    ) -> str:
        """Begin it from an invitation; the site's label. An own copy asks for a new password."""

    def exchange(self, site: Path, who: Credentials, say: Texts) -> tuple[Sequence[str], bool]:
        """One round with every other workstation; how each stands, and whether none was out of reach."""


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package that lies where its recipient looks. ``resumed``: bytes that an earlier try had left."""

    file: str
    to: str
    already: bool
    resumed: int


class Sending(Protocol):
    """What goes over routes; every method opens the site for whoever has a password there."""

    def send(self, site: Path, who: Credentials, package: str) -> list[SentPackage]:
        """Send one package, or all that wait where ``package`` is empty; what has no route stays."""

    def make(self, site: Path, who: Credentials, peer: str) -> str:
        """Make the next package for a recipient or workstation (id or name); its id."""

    def carry(self, site: Path, who: Credentials, package: str, folder: Path) -> SentPackage:
        """Copy a package into a folder that somebody carries."""

    def shown_key(self, url: str) -> str:
        """The fingerprint of the key that an SFTP server shows; empty for other addresses."""

    def set_route(
        self, site: Path, who: Credentials, peer: str, url: str, secret: RouteSecret | None
    ) -> None:
        """Say where packages for a recipient or workstation (id or name) go, and what opens it."""

    def check_route(self, site: Path, who: Credentials, peer: str) -> tuple[str, ...]:
        """Reach the place; the names of the files there."""

    def fetch(self, site: Path, who: Credentials, peer: str) -> tuple[Path, ...]:
        """Fetch what is new there into the inbox."""


class HandingOut(Protocol):
    """What leaves a site as a file; EXPORT_EXISTS, NOT_ALLOWED and the like before anything is written."""

    @property
    def copying(self) -> Copying:
        """The site's own copies, comparing, open formats."""

    @property
    def casebooks(self) -> Casebooks:
        """Casebooks on paper, and the inspector's folder."""

    @property
    def packaging(self) -> Packaging:
        """Making packages, and looking into them."""

    @property
    def packages(self) -> Sending:
        """What goes over routes."""

    def workbook(
        self, site: Path, who: Credentials, target: Path, password: str, language: str
    ) -> ExportReport:
        """Hand a workbook over."""

    def trail(self, site: Path, who: Credentials, wish: TrailWish) -> TrailReport:
        """Write the audit trail as a file; UnreadableWishError where a filter names nothing."""

    def signatures(self, site: Path, who: Credentials, out: Path) -> int:
        """Write every signature of a site with what was signed; how many."""


class Parts(Protocol):
    """The concrete app."""

    texts: Texts
    joining: Joining
    receiving: ReceivingSite
    centres: Centres
    keeping: Keeping
    amending: Amending
    qualifying: Qualifying

    @property
    def handing_out(self) -> HandingOut:
        """What leaves a site as a file."""

    @property
    def letting_in(self) -> LettingIn:
        """Letting people in again."""

    def pack_folder(self, name: str) -> Path:
        """A study pack by its name among those that come with the program, or by a path."""

    def open_window(self, site: Path | None) -> int:
        """Open the window and wait until it is closed; its exit status."""

    def verify(self, site: Path, who: Credentials) -> ChainReport:
        """Walk every chain."""

    def rebuild(self, site: Path, who: Credentials, *, compare_only: bool) -> RebuildReport:
        """Fold the ledger again, and compare or replace the tables."""

    def give_account(self, site: Path, who: Credentials, account: Account) -> None:
        """Give somebody an account with its password; NOT_ALLOWED, LOGIN_TAKEN, PASSWORD_TOO_SHORT."""

    def play(self, journeys: Sequence[Journey], site: Path | None, out: Path) -> list[Played]:
        """Play journeys at an existing site, or at a new one below ``out``."""

    def preview(self, study: Study, language: str) -> Preview:
        """A study to be walked through, told in a language of the app."""

    def has_display(self) -> bool:
        """Whether a window can be shown here."""

    def open_preview(self, preview: Preview, at: Address) -> int:
        """Show the preview and wait until it is closed; its exit status."""

    def demo(self, wish: DemoWish) -> dict[str, object]:
        """Make a demo site; what ``summary.json`` says."""

    def screens(self, out: Path, demo: Path | None) -> list[Path]:
        """Take pictures of every page."""

    def print_crf(self, study: Study, wish: PaperWish) -> PaperReport:
        """Write the case report form as a PDF."""

    def write_dictionary(self, study: Study, wish: PaperWish) -> DictionaryReport:
        """Write the data dictionary as a workbook."""
