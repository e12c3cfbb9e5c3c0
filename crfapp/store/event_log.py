"""The ledger on disk: one table that only grows, one chain a workstation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.ledger.chain import GENESIS, Sealed
from crfapp.store.failures import REFUSED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from crfapp.store.engine import Db

COLUMNS = "node, seq, hash, kind, subject, at, body, told"
"""Of a link, in the order of :class:`crfapp.ledger.chain.Sealed`."""
_INSERT = f"INSERT INTO event ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 (no outside text)
_FEW = 16
# jumps from node to node in the index; SELECT DISTINCT would walk every event
_NODES = """WITH RECURSIVE each_node (node) AS (
    SELECT min(node) FROM event
    UNION ALL
    SELECT (SELECT min(node) FROM event WHERE node > each_node.node) FROM each_node WHERE node IS NOT NULL
) SELECT node FROM each_node WHERE node IS NOT NULL"""


class EventLog:
    """Appending to the log and reading it, inside a transaction that the caller holds."""

    def append(self, db: Db, records: Sequence[Sealed]) -> None:
        """Add links to their chains; CHAIN_BROKEN where one is not its chain's next, and nothing is added.

        The caller's :func:`~crfapp.store.engine.writing` block makes them durable when it ends.
        """
        try:
            if len(records) > _FEW:
                db.load("event", COLUMNS.split(", "), records)
            else:
                db.executemany(_INSERT, records)
        except REFUSED as error:
            first = records[0]
            raise IntegrityProblem(Code.CHAIN_BROKEN, node=first.node, seq=first.seq) from error

    def head(self, db: Db, node: str) -> tuple[int, str]:
        """Number and hash of a chain's last link; ``(0, GENESIS)`` for a chain not begun."""
        row = db.execute(
            "SELECT seq, hash FROM event WHERE node = ? ORDER BY seq DESC LIMIT 1", (node,)
        ).fetchone()
        return (row[0], row[1]) if row else (0, GENESIS)

    def hybrid(self, db: Db) -> str:
        """The highest hybrid time of all chains; empty before the first event.

        Time runs forward along a chain, so its last link has its highest. CHAIN_BROKEN where one cannot
        be read.
        """
        highest = ""
        for node in self.nodes(db):
            link = next(self.chain(db, node, after=self.head(db, node)[0] - 1))
            try:
                highest = max(highest, str(json.loads(link.body)["hybrid"]))
            except (ValueError, TypeError, KeyError):
                raise IntegrityProblem(Code.CHAIN_BROKEN, node=node, seq=link.seq) from None
        return highest

    def nodes(self, db: Db) -> tuple[str, ...]:
        """Workstations that have a chain here, in the order of their names."""
        return tuple(row[0] for row in db.execute(_NODES))

    def count(self, db: Db) -> int:
        """How many events there are, of all chains."""
        row = db.execute("SELECT count(*) FROM event").fetchone()
        return int(row[0]) if row else 0

    def count_between(self, db: Db, node: str, after: int, upto: int, *, but: Collection[str] = ()) -> int:
        """How many events a chain has behind ``after`` and up to ``upto``, some kinds left out."""
        marks = ", ".join("?" * len(but))
        left_out = f" AND kind NOT IN ({marks})" if but else ""
        sql = f"SELECT count(*) FROM event WHERE node = ? AND seq > ? AND seq <= ?{left_out}"  # noqa: S608
        row = db.execute(sql, (node, after, upto, *sorted(but))).fetchone()
        return int(row[0]) if row else 0

    def chain(self, db: Db, node: str, *, after: int = 0) -> Iterator[Sealed]:
        """Stream one chain in its order, from the link behind number ``after``."""
        sql, values = _question(node, after, None, None)
        return map(Sealed._make, db.stream(sql, values))

    def read(
        self,
        db: Db,
        *,
        after: Mapping[str, int] | None = None,
        subject: str | None = None,
        kinds: Collection[str] | None = None,
    ) -> Iterator[Sealed]:
        """Stream the links, chain by chain (by node's name), each chain in its order.

        ``after`` names the last link already known of each node: only later ones come. ``subject`` and
        ``kinds`` narrow further. Memory stays constant however long the log is.
        """
        known = after or {}
        for node in self.nodes(db):
            sql, values = _question(node, known.get(node, 0), subject, kinds)
            yield from map(Sealed._make, db.stream(sql, values))


def _question(
    node: str, after: int, subject: str | None, kinds: Collection[str] | None
) -> tuple[str, list[object]]:
    where, values = ["node = ?", "seq > ?"], [node, after]
    if subject is not None:
        where.append("subject = ?")
        values.append(subject)
    if kinds is not None:
        where.append(f"kind IN ({', '.join('?' * len(kinds))})" if kinds else "false")
        values.extend(sorted(kinds))
    return f"SELECT {COLUMNS} FROM event WHERE {' AND '.join(where)} ORDER BY seq", values  # noqa: S608


def assert_intact(db: Db) -> None:
    """Refuse a database whose log was taken away, renamed or stripped of a trigger (REQ-106).

    LOG_MISSING names the first object that is not as it was made, or one that was added to the evidence.
    """
    db.dialect.refuse_weakened(db)
