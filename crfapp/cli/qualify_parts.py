"""What the command line needs of the concrete world for qualification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.cli.parts import Credentials

Result = Literal["pass", "fail", "note"]
"""``note``: to be judged by whoever signs; nothing that could be right or wrong by itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a report: what was looked at (English, to be said), what was expected, what was seen.

    ``requirement`` is the number that it shows; ``evidence`` is the SHA-256 of what was kept of it.
    """

    id: str
    requirement: str
    name: str
    expected: str
    seen: str
    result: Result
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class QualifyWish:
    """What is to be qualified and where the report goes. ``who``: whose workstation's key signs it."""

    out: Path
    language: str
    site: Path | None = None
    who: Credentials | None = None


@dataclass(frozen=True, slots=True)
class Qualified:
    """A report that was written: its files, its lines, whose key signed it, the SHA-256 of its data."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    fingerprint: str
    of_site: bool
    sha256: str

    @property
    def well(self) -> bool:
        """Whether nothing failed."""
        return all(one.result != "fail" for one in self.findings)


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file of a report against its signature: ``why`` is empty where it holds.

    ``fingerprint`` is that of the key beside it, which says whose it is only where it is compared.
    """

    file: str
    fingerprint: str
    why: str


class Qualifying(Protocol):
    """Qualification, as a signed report."""

    def installation(self, wish: QualifyWish) -> Qualified:
        """Whether the program is installed as it was made, and this machine is fit for it (REQ-710)."""

    def operation(self, wish: QualifyWish) -> Qualified:
        """Whether it does on this machine what it promises, on made-up data alone (REQ-711)."""

    def verify(self, file: Path) -> SignedFile:
        """A file of a report with its signature; NOT_A_REPORT where something of it is not there."""

    def save_until_killed(self, folder: Path, most_bytes: int) -> None:
        """Found a made-up site in an empty folder and go on saving; said one line for each save.

        ``most_bytes`` is the size that no file may pass, as if the disk were full; 0 for none.
        """
