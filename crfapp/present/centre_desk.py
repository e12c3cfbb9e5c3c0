"""What the Centre page asks of the centre's records; what takes :class:`Steps` is for the lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from crfapp.present.package_desk import IntakeDesk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.exchange.centre_views import CentreSite, HandedOut, HandingWish, Standing
    from crfapp.exchange.delta import Changed
    from crfapp.exchange.quarantine import Report
    from crfapp.ledger.state import LockAskedRow, ReceiptRow
    from crfapp.present.lane import Steps
    from crfapp.study.study import Study


@dataclass(frozen=True, slots=True)
class Details:
    """One site from near: its packages, the newest first, what was asked to lock, and who is called what."""

    site: str
    receipts: tuple[ReceiptRow, ...]
    locks: tuple[LockAskedRow, ...]
    numbers: dict[str, str]
    labels: dict[str, str]
    study: Study


class Reply(NamedTuple):
    """A package for a site; ``where`` it was brought, or lies in the outbox."""

    number: int
    events: int
    where: str
    sent: bool


class CardRead(NamedTuple):
    """A site's card: what it says, and the code that people compare."""

    code: str
    name: str
    compared: str


class CentreDesk(IntakeDesk, Protocol):
    """The centre at work. AppProblem for what is refused or fails."""

    def sites(self) -> Sequence[CentreSite]:
        """The sites that packages are taken in of, by their codes."""

    def standing(self, site: CentreSite, *, walk: bool, steps: Steps) -> Standing:
        """How one site stands; ``walk`` goes through its chains."""

    def details(self, site: str, steps: Steps) -> Details | None:
        """One site from near; None where nothing came yet."""

    def delta(self, site: str, first: str, second: str, steps: Steps) -> Sequence[tuple[str, Changed]]:
        """What changed between two packages, each with the number of its subject."""

    def aside(self) -> Sequence[Report]:
        """What was set aside, the oldest first."""

    def reply(self, site: str, folder: Path | None, steps: Steps) -> Reply:
        """Make a package for a site, and bring it to a folder, or to the route of its workstation."""

    def ask_lock(self, site: str, steps: Steps) -> None:
        """Ask a site to lock all it has recorded."""

    def hand_out(self, sites: Sequence[CentreSite], wish: HandingWish, steps: Steps) -> Sequence[HandedOut]:
        """Write the data of sites."""

    def own_code(self) -> str:
        """What sites compare with the centre's card."""

    def give_card(self, target: Path) -> None:
        """Write the centre's card for its sites."""

    def read_card(self, file: Path) -> CardRead:
        """A site's card; CARD_WRONG and the like."""

    def add(self, file: Path) -> CentreSite:
        """Take in packages of the site of a card from now on."""
