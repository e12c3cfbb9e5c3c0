"""What the Exchange page needs done with packages and keys, as one port; ``bootstrap`` carries it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crfapp.base.problems import AppProblem
    from crfapp.present.lane import Steps


class Offered(NamedTuple):
    """A certificate that somebody handed over as a file. ``user`` is the name it was made out to.

    ``node`` is the chain that its owner writes for this site, empty where they only read.
    """

    armored: str
    fingerprint: str
    user: str
    node: str = ""


class Waiting(NamedTuple):
    """What somebody has not confirmed yet: events, and how many subjects they are about."""

    events: int
    subjects: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file. ``problem`` is why it was set aside; otherwise ``new`` events came.

    ``kinds`` counts the new events by their kind. Nothing new is no problem: it was here before. ``missing``
    are numbers of packages that never came, ``late`` says that a later one was here before, ``follows`` that
    it names the one before as it is known here. ``locked`` and ``declined`` count wishes answered at once.
    """

    file: str
    sender: str = ""
    number: int = 0
    new: int = 0
    subjects: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    late: bool = False
    follows: bool = True
    locked: int = 0
    declined: int = 0
    problem: AppProblem | None = None


class IntakeDesk(Protocol):
    """Where packages come, at a site or at a centre."""

    def take_in(self, file: Path, steps: Steps) -> Taken:
        """Take in a file; a refusal stands in the result."""

    def look(self, steps: Steps) -> Sequence[Path]:
        """Fetch what is new on the routes; files that came and wait to be taken in."""

    def set_aside(self, sha256: str) -> Path | None:
        """Where a file of the quarantine lies."""


class PackageDesk(IntakeDesk, Protocol):
    """Packages and keys of this workstation. What takes a :class:`Steps` is long work, for the lane."""

    def make(self, peer: str, *, full: bool, steps: Steps) -> str:
        """Make a package for a recipient or workstation and put it into the outbox; its id."""

    def send(self, package: str, steps: Steps) -> None:
        """Put a package where its recipient looks. ROUTE_FAILS and the like leave it in the outbox."""

    def carry(self, package: str, folder: Path, steps: Steps) -> Path:
        """Copy a package to a stick or folder and record that it was carried by hand; where it lies."""

    def inside(self, package: str, steps: Steps) -> Sequence[tuple[str, str]]:
        """What is in a package of the outbox: names of its parts, and how much it is."""

    def take_in(self, file: Path, steps: Steps) -> Taken:
        """Examine and take in a file; what is wrong with it stands in the result, and it is set aside."""

    def look(self, steps: Steps) -> Sequence[Path]:
        """Fetch what is new on the routes; the files, to be taken in."""

    def set_aside(self, sha256: str) -> Path | None:
        """Where a file with this hash lies that was set aside; None where it is gone."""

    def waiting(self, peer: str) -> Waiting:
        """What a recipient or workstation has not confirmed yet, or was not yet put into a package.

        For the lane: a long record takes a while to look through.
        """

    def size(self, package: str) -> int | None:
        """The size of a package in bytes; None where its file is not in the outbox any more."""

    def read(self, file: Path) -> Offered:
        """The certificate, or a centre's card, in a file; CERTIFICATE_WRONG."""

    def code(self, fingerprint: str) -> str:
        """What two people compare of a fingerprint, over the telephone or on paper."""

    def own(self) -> str:
        """The fingerprint of this workstation's own certificate."""

    def give_card(self, target: Path) -> None:
        """Write this site's card with the workstation's certificate, for the centre or another recipient."""
