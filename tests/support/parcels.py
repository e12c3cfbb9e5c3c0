"""Packages as they come out of their envelopes, and places where they come; both made by hand for tests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import End, Stretch
from crfapp.ledger.state import NodeRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from crfapp.exchange.intake_ports import Receipt
    from crfapp.ledger.chain import Record, Sealed

STUDY = "tiny"
MADE = "2025-02-01T10:00:00+03:00"
PRINTS = {"ws-test": "A" * 40, "ctr-1": "C" * 40, "mon-1": "D" * 40, "ws-two": "B" * 40}


def heard(node: str, sort: str, fingerprint: str = "", revoked: str = "") -> NodeRow:
    """A chain that is heard."""
    return NodeRow(node, sort, node, "", fingerprint or PRINTS[node], -1, 0, "", revoked)


@dataclass(frozen=True)
class Cover:
    """What a package says of itself."""

    node: str
    stretches: tuple[Stretch, ...]
    package: str = "0123456789abcdef"
    study: str = STUDY
    site: str = "s1"
    number: int = 1
    previous: str = ""
    made_at: str = MADE
    ends: tuple[End, ...] = ()


@dataclass(frozen=True)
class Parcel:
    """An opened package with these links."""

    manifest: Cover
    sealed: tuple[Sealed, ...]
    signer: str
    contents: Collection[str] = ()

    @classmethod
    def of(cls, node: str, *chains: list[Sealed]) -> Parcel:
        """What the maker of a chain packs: these parts of chains, whole and in order."""
        parts = tuple(Stretch(part[0].node, part[0].seq, part[-1].seq, part[-1].hash) for part in chains)
        links = tuple(link for part in chains for link in part)
        return cls(Cover(node, parts), links, PRINTS[node])

    def saying(self, **more: object) -> Parcel:
        """The same, but for what its cover says."""
        return replace(self, manifest=replace(self.manifest, **more))  # type: ignore[arg-type]

    def links(self) -> Iterator[Sealed]:
        """Its events."""
        return iter(self.sealed)


@dataclass
class Place:
    """Where a package comes: what is known there."""

    known: list[Sealed] = field(default_factory=list)
    nodes: list[NodeRow] = field(default_factory=lambda: [heard("ws-test", "site")])
    before: list[Receipt] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    whole: bool = True
    site: str = "s1"
    study: str = STUDY
    node: str = "ws-here"

    def heard(self) -> list[NodeRow]:
        return self.nodes

    def receipts(self, _sender: str) -> list[Receipt]:
        return self.before

    def end(self, node: str) -> int:
        return max((link.seq for link in self.known if link.node == node), default=0)

    def hashes(self, node: str, first: int) -> Iterator[str]:
        return (link.hash for link in self.known if link.node == node and link.seq >= first)

    def records(self, kinds: Collection[str]) -> Iterator[Record]:
        return (open_sealed(link) for link in self.known if link.kind in kinds)

    def keeps(self, content: str) -> bool:
        return content in self.kept
