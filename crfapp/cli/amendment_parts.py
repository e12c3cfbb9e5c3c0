"""What the command line asks about amendments of the study at a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.cli.parts import Credentials
    from crfapp.present.texts import Texts


@dataclass(frozen=True, slots=True)
class AmendmentReport:
    """What an amendment would change, line by line; ``fit``: it is one, ``version`` is its name then."""

    fit: bool
    version: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval under which a version is put in force: reference, ISO day, person; ``consent``: anew."""

    reference: str
    day: str
    person: str
    consent: bool


class Amending(Protocol):
    """Amendments at a site, for whoever has a password there."""

    def install(
        self, site: Path, who: Credentials, pack: Path, say: Texts, *, rehearse: bool
    ) -> AmendmentReport:
        """Rehearse an amendment and, unless only that is wanted, keep it; it waits then."""

    def activate(self, site: Path, who: Credentials, version: str, approval: Approval) -> None:
        """Put a version that waits in force."""

    def reconsent(self, site: Path, who: Credentials, number: str, day: str) -> str:
        """Note that a subject agreed to the version in force; that version's name."""
