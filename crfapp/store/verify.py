"""Walking the evidence: every link of every chain, and what a chain alone cannot show.

A chain shows every change, loss, insertion or exchange of its events, except that its last ones were
cut off, or that the whole file is an older copy: what is left is a sound chain then. That shows against
something outside: an :class:`Anchor` kept elsewhere (:mod:`crfapp.store.known_ends`), later the receipts of
the centre. Query tables with rows of events that are gone show it too (:mod:`crfapp.store.rebuild`).

Who knows the key and recomputes a chain from a change on meets the signatures behind it, each of which binds
all that came before under a key that only its signer's password opens (:mod:`crfapp.store.witness`), and the
anchors. Who recomputes it, leaves the signatures out and forges every anchor, leaves nothing here that would
show it: docs/tampering.md says which windows stay open.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, IntegrityProblem
from crfapp.ledger.chain import GENESIS, Break, first_break
from crfapp.ledger.events import PackInstalled, StudyVersionInstalled
from crfapp.store.event_log import EventLog
from crfapp.store.witness import ChainWitness, has_trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.store.engine import Db

LOOKED_BACK = 200
"""Links of each chain that are walked when a site is opened; all of them by ``crfapp site verify``."""

# jumps from node to node in the index; GROUP BY would walk every row
_TOLD = """WITH RECURSIVE each_node (node) AS (
    SELECT min(node) FROM trail
    UNION ALL
    SELECT (SELECT min(node) FROM trail WHERE node > each_node.node) FROM each_node WHERE node IS NOT NULL
) SELECT node, (SELECT max(seq) FROM trail WHERE trail.node = each_node.node) FROM each_node
WHERE node IS NOT NULL"""
_LEAST = -(2**63)
"""Below every number that a forged event can have."""


class Anchor(NamedTuple):
    """The end that a chain had at some time; it must have this link for ever after."""

    node: str
    seq: int
    hash: str


class Cut(NamedTuple):
    """A chain that ends at ``has``, though it is known to have come as far as ``known``."""

    node: str
    has: int
    known: int

    @property
    def what(self) -> str:
        """What is wrong, in words."""
        return f"events {self.has + 1} to {self.known} are missing: cut off, or an older copy"


class Verification(NamedTuple):
    """What a walk found: how many chains and events there are, where chains end, and what is wrong.

    ``breaks`` has the first break of each chain, in the order of the nodes' names; then anchors that say
    otherwise; of a full walk that found nothing else, then events whose study version is lost. ``cuts`` are
    chains that are sound, but shorter than they were.
    """

    chains: int
    events: int
    heads: tuple[Anchor, ...]
    breaks: tuple[Break, ...]
    cuts: tuple[Cut, ...] = ()

    @property
    def wrong(self) -> tuple[Break, ...]:
        """Everything that is wrong, each at the first event that is."""
        return (*self.breaks, *(Break(cut.node, cut.has + 1, cut.what) for cut in self.cuts))

    def refuse_breaks(self) -> None:
        """CHAIN_BROKEN with node, seq and what is wrong, where anything is."""
        for node, seq, what in self.breaks:
            raise IntegrityProblem(Code.CHAIN_BROKEN, node=node, seq=seq, what=what)

    def refuse_cuts(self) -> None:
        """OLDER_COPY with node, first and last, where events that were there are not there any more."""
        for node, has, known in self.cuts:
            raise IntegrityProblem(Code.OLDER_COPY, node=node, first=has + 1, last=known)


def verify(db: Db, anchors: Iterable[Anchor] = (), *, withheld: bool = False) -> Verification:
    """Walk all chains from their first link to their last. Memory stays constant.

    TOO_NEW where a link is sound and tells what only a newer program reads.

    ``withheld``: told texts may be missing, as in every copy outside the site.
    """
    return _verified(db, anchors, None, withheld=withheld)


def verify_recent(db: Db, anchors: Iterable[Anchor] = (), *, withheld: bool = False) -> Verification:
    """Walk the last links of each chain and count all: what a start of the program has time for. TOO_NEW."""
    return _verified(db, anchors, LOOKED_BACK, withheld=withheld)


def _verified(db: Db, anchors: Iterable[Anchor], last: int | None, *, withheld: bool) -> Verification:
    log = EventLog()
    heads: list[Anchor] = []
    breaks: list[Break] = []
    witness = ChainWitness(db, by_index=last is not None, withheld=withheld)
    for node in log.nodes(db):
        seq, digest = log.head(db, node)
        heads.append(Anchor(node, seq, digest))
        after = 0 if last is None else max(seq - last, 0)
        found = _wrong_with_chain(db, node, after, witness) or _wrong_with_count(db, node, seq)
        breaks += [found] if found else []
    breaks += _cut_off(db, heads, {found.node for found in breaks})
    cuts: dict[str, Cut] = {}
    for anchor in anchors:
        has = next((head.seq for head in heads if head.node == anchor.node), 0)
        if anchor.node in {found.node for found in breaks} or anchor.seq == 0:
            continue
        if has < anchor.seq:
            cuts[anchor.node] = max(Cut(anchor.node, has, anchor.seq), cuts.get(anchor.node, Cut("", 0, 0)))
        elif _hash_at(db, anchor.node, anchor.seq) != anchor.hash:
            breaks.append(Break(anchor.node, anchor.seq, "it is another event than was noted outside"))
    if last is None and not breaks:
        breaks += _content_lost(db)
    return Verification(len(heads), log.count(db), tuple(heads), tuple(breaks), tuple(cuts.values()))


def _wrong_with_chain(db: Db, node: str, after: int, witness: ChainWitness) -> Break | None:
    start = (after, _hash_at(db, node, after) or "") if after else (0, GENESIS)
    return first_break(EventLog().chain(db, node, after=after or _LEAST), start, witness)


def _wrong_with_count(db: Db, node: str, seq: int) -> Break | None:
    row = db.execute("SELECT count(*), min(seq) FROM event WHERE node = ?", (node,)).fetchone()
    if row is None or tuple(row) == (seq, 1):
        return None
    return Break(node, seq, f"{seq} events are told of, {row[0]} are there")


def _cut_off(db: Db, heads: list[Anchor], known: set[str]) -> Iterator[Break]:
    """Chains whose last events the tables know of and the log does not; an older copy has both alike."""
    if not has_trail(db):
        return
    ends = {head.node: head.seq for head in heads}
    for node, told in db.execute(_TOLD).fetchall():
        has = ends.get(node, 0)
        if has < told and node not in known:
            yield Break(node, has + 1, f"events {has + 1} to {told} are cut off")


def _hash_at(db: Db, node: str, seq: int) -> str | None:
    row = db.execute("SELECT hash FROM event WHERE node = ? AND seq = ?", (node, seq)).fetchone()
    return row[0] if row else None


def _content_lost(db: Db) -> Iterator[Break]:
    """The study versions that were ever installed must be there as they were kept."""
    for link in EventLog().read(db, kinds=(PackInstalled.kind, StudyVersionInstalled.kind)):
        named = json.loads(link.body)["facts"]["content"]
        row = db.execute("SELECT bytes FROM content WHERE hash = ?", (named,)).fetchone()
        if row is None or sha256(row[0]) != named:
            yield Break(link.node, link.seq, "the study version that it names is not kept as it was")
