"""The ledger as the work floor knows it, on the encrypted database: events and tables in one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem, RefusedError
from crfapp.ledger.events import End
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.failed_writes import FailedWrites
from crfapp.store.receiving import take_in
from crfapp.store.redacting import records_about, take_away, write_anew
from crfapp.store.standing import PATIENCE_MILLISECONDS, StandingReader, StandingWriter
from crfapp.store.tables import SqlTables, apply
from crfapp.store.verify import Anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crfapp.base.problems import AppProblem
    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.changes import Change
    from crfapp.ledger.keys import EventId
    from crfapp.ledger.merge import Received
    from crfapp.store.engine import Db, Engine
    from crfapp.store.reserve import Reserve


class SqlHead(NamedTuple):
    """Where this workstation's chain ends, and the highest hybrid time known."""

    seq: int
    hash: str
    hybrid: str


class SqlTransaction:
    """What a command appends, and the tables as it leaves them; implements the port of that name."""

    def __init__(self, db: Db, node: str, head: SqlHead) -> None:
        self._db = db
        self._node = node
        self._log = EventLog()
        self.head = head
        self.tables = SqlTables(db)
        self.took_away = False

    def append(self, links: Sequence[Sealed], changes: Sequence[Change], hybrid: str) -> None:
        """Append links and apply their changes.

        CHAIN_BROKEN where a link is not its chain's next; UNPRINTABLE (RefusedError) for half a
        character (a lone surrogate), which no database can keep as text.
        """
        if not links:
            return
        if any(link.node != self._node for link in links):
            raise ValueError("a workstation appends to its own chain")
        try:
            self._log.append(self._db, links)
            apply(self._db, changes)
        except UnicodeEncodeError:
            raise RefusedError(Code.UNPRINTABLE) from None
        self.head = SqlHead(links[-1].seq, links[-1].hash, hybrid)

    def receive(self, links: Iterable[Sealed]) -> Received:
        """Append links of other chains that are new here, and make the tables right again.

        Raises what :class:`crfapp.ledger.merge.Arriving` says; UNPRINTABLE as :meth:`append` does.
        """
        try:
            taken = take_in(self._db, links, self._node)
        except UnicodeEncodeError:
            raise RefusedError(Code.UNPRINTABLE) from None
        self.head = self.head._replace(hybrid=max(self.head.hybrid, taken.hybrid))
        self.took_away = self.took_away or taken.took_away
        return taken.received

    def ends(self) -> tuple[End, ...]:
        """How far every chain has come here, in the order of the nodes' names."""
        return tuple(End(node, *self._log.head(self._db, node)) for node in self._log.nodes(self._db))

    def records(self, subject: str | None) -> Iterator[Record]:
        """The events about a subject, or about none, chain by chain."""
        return records_about(self._db, subject)

    def take_away(self, fields: Mapping[EventId, Sequence[str]]) -> None:
        """Take told fields away from events, and from the tables; see :mod:`crfapp.store.redacting`."""
        take_away(self._db, fields)
        self.took_away = True


class SqlLedger:
    """The one store of events and of what they fold into; implements :class:`crfapp.work.ports.Ledger`.

    ``node`` is this workstation's id; ``passed`` is told where its chain ends, once that is durable. The end
    is kept between transactions: the folder's lock lets nobody else write. After a failure it is read again.
    ``place`` is the database, where it is a file; ``reserve`` is given up for an act on a full disk.
    """

    def __init__(
        self,
        engine: Engine,
        node: str,
        passed: Callable[[Anchor], object] = lambda _end: None,
        *,
        place: Path | None = None,
        reserve: Reserve | None = None,
    ) -> None:
        self._passed = passed
        self._engine = engine
        self._node = node
        self._reader = StandingReader(engine, place)
        self._writer = StandingWriter(engine, place)
        self._failed = FailedWrites(engine, (self._reader, self._writer), self._end, reserve)
        self._head: SqlHead | None = None
        self._turn = Lock()

    @property
    def node(self) -> str:
        """This workstation's id."""
        return self._node

    @property
    def tables(self) -> SqlTables:
        """The tables, as of now."""
        return self._reader.tables

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Take the write lock, and commit durably at the end; roll back on any exception.

        Raises what :func:`crfapp.store.engine.writing` raises, RECORDS_GONE, and SAVED_UNKNOWN where nobody
        can say whether it is saved: then it is looked at again before anything else is written.
        """
        with self._alone():
            self._failed.look_again()
            head, self._head = self._head, None  # known again only when this has ended well
            running = None
            try:
                with self._writer.writing() as db:
                    running = SqlTransaction(db, self._node, head or read_head(db, self._node))
                    yield running
            except EnvironmentProblem as problem:
                if running is None or not self._writer.committing:
                    self._failed.before_commit(problem)
                    raise
                self._failed.at_commit(problem, running.head.hash)
            self._failed.went_well()
            self._head = running.head
            self._passed(Anchor(self._node, running.head.seq, running.head.hash))
            if running.took_away:
                write_anew(self._engine)

    def makes_room(self, problem: AppProblem) -> bool:
        """Whether room was made on the disk after an act failed so, and it may be tried once more."""
        return self._failed.makes_room(problem)

    def told(self) -> AppProblem | None:
        """What is to be said beside an act that went well: what a failing disk was found to hold."""
        return self._failed.told()

    @contextmanager
    def snapshot(self) -> Iterator[SqlTables]:
        """The tables as they stand now, unchanged while the block lasts; for exports."""
        with reading(self._engine) as db:
            yield SqlTables(db)

    def keep_content(self, digest: str, content: bytes) -> None:
        """Keep a study version for ever under its hash; the same once more changes nothing."""
        if sha256(content) != digest:
            raise ValueError("content does not have this hash")
        with self._alone(), self._writer.writing() as db:
            if db.execute("SELECT 1 FROM content WHERE hash = ?", (digest,)).fetchone() is None:
                db.execute("INSERT INTO content VALUES (?, ?)", (digest, content))

    def content(self, digest: str) -> bytes:
        """The study version with this hash.

        PACK_NOT_FOUND (RefusedError) where none is kept, DATABASE_DAMAGED where it is not what it was.
        """
        with reading(self._engine) as db:
            row = db.execute("SELECT bytes FROM content WHERE hash = ?", (digest,)).fetchone()
        if row is None:
            raise RefusedError(Code.PACK_NOT_FOUND, content=digest)
        if sha256(row[0]) != digest:
            raise IntegrityProblem(Code.DATABASE_DAMAGED, content=digest)
        return bytes(row[0])

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time in this program; BUSY where another does not end."""
        if not self._turn.acquire(timeout=PATIENCE_MILLISECONDS / 1000):
            raise EnvironmentProblem(Code.BUSY, sqlite="TURN")
        try:
            yield
        finally:
            self._turn.release()

    def _end(self) -> str:
        with reading(self._engine) as db:
            return EventLog().head(db, self._node)[1]

    def close(self) -> None:
        """Let the connections go; nothing may be asked or saved after that."""
        self._reader.close()
        self._writer.close()


def read_head(db: Db, node: str) -> SqlHead:
    """Where a chain ends by what is stored; CHAIN_BROKEN where its end cannot be read."""
    log = EventLog()
    return SqlHead(*log.head(db, node), log.hybrid(db))
