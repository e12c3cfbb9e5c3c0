"""What intake is given: a package that was opened, and what is known where it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.events import End, Stretch
    from crfapp.ledger.state import NodeRow


class Receipt(NamedTuple):
    """A package that was taken in here before, by its number from its maker to us."""

    package: str
    number: int
    sha256: str


class Told(Protocol):
    """What a package says of itself."""

    @property
    def package(self) -> str:
        """Its id."""

    @property
    def study(self) -> str:
        """The study, as its packs call it."""

    @property
    def site(self) -> str:
        """The id of the site whose chains are in it."""

    @property
    def node(self) -> str:
        """The chain of its maker."""

    @property
    def number(self) -> int:
        """Its number among those of its maker to us."""

    @property
    def previous(self) -> str:
        """The SHA-256 of the one before."""

    @property
    def made_at(self) -> str:
        """The maker's instant, ISO 8601 with its offset."""

    @property
    def stretches(self) -> Sequence[Stretch]:
        """What of which chains is in it."""

    @property
    def ends(self) -> Sequence[End]:
        """How far every chain has come at its maker."""


class Came(Protocol):
    """A package that was opened."""

    @property
    def manifest(self) -> Told:
        """What it says of itself."""

    @property
    def signer(self) -> str:
        """The fingerprint of the certificate that it is signed by."""

    @property
    def contents(self) -> Collection[str]:
        """The hashes of the study versions that it brings."""

    def links(self) -> Iterator[Sealed]:
        """Its events, chain by chain, each chain in its order; a fresh stream each time."""


class Here(Protocol):
    """What is known where the package came."""

    @property
    def site(self) -> str:
        """The id of the site whose chains these are."""

    @property
    def study(self) -> str:
        """The study, as its packs call it."""

    @property
    def node(self) -> str:
        """The chain that is written here."""

    @property
    def whole(self) -> bool:
        """Whether told texts must be there: between workstations of the site nothing is withheld."""

    def heard(self) -> Iterable[NodeRow]:
        """Every chain that may be heard here, but the own."""

    def receipts(self, sender: str) -> Sequence[Receipt]:
        """What was taken in of a maker, in the order of the numbers."""

    def end(self, node: str) -> int:
        """The number of a chain's last event here; 0 where there is none."""

    def hashes(self, node: str, first: int) -> Iterator[str]:
        """The hashes of a chain from an event on."""

    def records(self, kinds: Collection[str]) -> Iterator[Record]:
        """The events of some kinds that are here already."""

    def keeps(self, content: str) -> bool:
        """Whether a study version is kept here."""
