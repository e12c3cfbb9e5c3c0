"""Walking the evidence: every link of every chain, and what a chain alone cannot show.

A chain shows every change, loss, insertion or exchange of its events, except that its last ones were
cut off, or that the whole file is an older copy: what is left is a sound chain then. That shows against
something outside: an :class:`Anchor` kept elsewhere, here the one beside the database that is written
when the site is closed, later the receipts of the centre. Query tables with rows of events that are
gone show it too (:mod:`crfapp.store.rebuild`). Who knows the key, recomputes a chain from the first
change on, folds it and forges the anchor, leaves nothing here that would show it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, IntegrityProblem
from crfapp.ledger.chain import GENESIS, Break, first_break
from crfapp.ledger.events import PackInstalled
from crfapp.store.event_log import EventLog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.store.engine import Db

LOOKED_BACK = 200
"""Links of each chain that are walked when a site is opened; all of them by ``crfapp site verify``."""

_LEAST = -(2**63)
"""Below every number that a forged event can have."""


class Anchor(NamedTuple):
    """The end that a chain had at some time; it must have this link for ever after."""

    node: str
    seq: int
    hash: str


class Verification(NamedTuple):
    """What a walk found: how many chains and events there are, where chains end, and what is wrong.

    ``breaks`` has the first break of each chain, in the order of the nodes' names; then anchors that are
    gone; of a full walk that found nothing else, then events whose study version is lost.
    """

    chains: int
    events: int
    heads: tuple[Anchor, ...]
    breaks: tuple[Break, ...]

    def refuse_breaks(self) -> None:
        """CHAIN_BROKEN with node, seq and what is wrong, where anything is."""
        for node, seq, what in self.breaks:
            raise IntegrityProblem(Code.CHAIN_BROKEN, node=node, seq=seq, what=what)


def verify(db: Db, anchors: Iterable[Anchor] = ()) -> Verification:
    """Walk all chains from their first link to their last. Memory stays constant."""
    return _verified(db, anchors, None)


def verify_recent(db: Db, anchors: Iterable[Anchor] = ()) -> Verification:
    """Walk the last links of each chain and count all: what a start of the program has time for."""
    return _verified(db, anchors, LOOKED_BACK)


def _verified(db: Db, anchors: Iterable[Anchor], last: int | None) -> Verification:
    log = EventLog()
    heads: list[Anchor] = []
    breaks: list[Break] = []
    outside = tuple(anchors)
    for node in log.nodes(db):
        seq, digest = log.head(db, node)
        heads.append(Anchor(node, seq, digest))
        after = 0 if last is None else max(seq - last, 0)
        found = _wrong_with_chain(db, node, after) or _wrong_with_count(db, node, seq)
        breaks += [found] if found else []
    known = {found.node for found in breaks}
    breaks += [gone for anchor in outside if anchor.node not in known and (gone := _gone(db, anchor))]
    if last is None and not breaks:
        breaks += _content_lost(db)
    return Verification(len(heads), log.count(db), tuple(heads), tuple(breaks))


def _wrong_with_chain(db: Db, node: str, after: int) -> Break | None:
    if after:
        return first_break(EventLog().chain(db, node, after=after), (after, _hash_at(db, node, after) or ""))
    return first_break(EventLog().chain(db, node, after=_LEAST), (0, GENESIS))


def _wrong_with_count(db: Db, node: str, seq: int) -> Break | None:
    row = db.execute("SELECT count(*), min(seq) FROM event WHERE node = ?", (node,)).fetchone()
    if row is None or tuple(row) == (seq, 1):
        return None
    return Break(node, seq, f"{seq} events are told of, {row[0]} are there")


def _gone(db: Db, anchor: Anchor) -> Break | None:
    if anchor.seq == 0 or _hash_at(db, anchor.node, anchor.seq) == anchor.hash:
        return None
    return Break(anchor.node, anchor.seq, "the end that the chain had is gone: cut off, or an older copy")


def _hash_at(db: Db, node: str, seq: int) -> str | None:
    row = db.execute("SELECT hash FROM event WHERE node = ? AND seq = ?", (node, seq)).fetchone()
    return row[0] if row else None


def _content_lost(db: Db) -> Iterator[Break]:
    """The study versions that were ever in force must be there as they were kept."""
    for link in EventLog().read(db, kinds=(PackInstalled.kind,)):
        named = json.loads(link.body)["facts"]["content"]
        row = db.execute("SELECT bytes FROM content WHERE hash = ?", (named,)).fetchone()
        if row is None or sha256(row[0]) != named:
            yield Break(link.node, link.seq, "the study version that it names is not kept as it was")
