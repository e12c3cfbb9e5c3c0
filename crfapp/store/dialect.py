"""What one kind of database says otherwise than another; every other statement is the same for both.

:mod:`crfapp.store.postgres.dialect` has the other kind. A connection carries its dialect, so that whoever
holds one inside a transaction need not know what it is.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.failures import named_failures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

    from crfapp.store.engine import Db, Engine

_TO_BE_WRITTEN_ANEW = 1
_ROOM_KIB = 64 * 1024
_PATIENCE_MILLISECONDS = 200
"""Whoever agreed waits no longer for somebody who reads; see :meth:`Sqlite.write_anew`."""


class Dialect(Protocol):
    """How transactions begin and end, where the schema's number stands, and what is there as it was made.

    ``writes`` begins a transaction that nobody else may write beside; ``reads`` an unchanging view, and
    ``read`` ends it; ``only_reads`` makes a connection refuse to write.
    """

    writes: ClassVar[str]
    reads: ClassVar[tuple[str, ...]]
    read: ClassVar[tuple[str, ...]]
    only_reads: ClassVar[str]

    def made(self, statement: str) -> str:
        """A CREATE statement of a query table or its index, as this kind of database takes it."""

    def schema_number(self, db: Db) -> int:
        """Which step of the migrations the database stands at; 0 for a new one."""

    def note_schema_number(self, db: Db, number: int) -> None:
        """Move it, in the transaction of the step."""

    def unlike(self, db: Db, made: Mapping[str, str]) -> list[str]:
        """Names of query tables and indexes that are not there as these statements make them."""

    def refuse_weakened(self, db: Db) -> None:
        """LOG_MISSING with the first object of the evidence that is not as it was made (REQ-106)."""

    def with_room(self, db: Db, /) -> AbstractContextManager[None]:
        """Memory for the pages that many rows change at once, while the block inside a transaction lasts."""

    def note_taken_away(self, db: Db) -> None:
        """Remember that what was taken away may still lie in freed pages."""

    def must_be_written_anew(self, db: Db) -> bool:
        """Whether that is so."""

    def write_anew(self, engine: Engine) -> bool:
        """Let the freed pages go; whether that is done."""

    def patient(self, milliseconds: int) -> tuple[str, ...]:
        """Statements that make a connection wait so long for a lock, where it waits at all."""

    def settle(self, engine: Engine) -> bool:
        """Make what can be read what is durable, after a write failed and everything was opened anew.

        False where that cannot be known; DISK_FAILS and the like.
        """


class Sqlite:
    """The encrypted file of a site."""

    writes: ClassVar[str] = "BEGIN IMMEDIATE"
    reads: ClassVar[tuple[str, ...]] = ("PRAGMA query_only = ON", "BEGIN")
    read: ClassVar[tuple[str, ...]] = ("PRAGMA query_only = OFF",)
    only_reads: ClassVar[str] = "PRAGMA query_only = ON"

    def made(self, statement: str) -> str:
        """As it is: the statements are written for SQLite."""
        return statement

    def schema_number(self, db: Db) -> int:
        """The number in the file's header."""
        row = db.execute("PRAGMA user_version").fetchone()
        return int(row[0]) if row else 0

    def note_schema_number(self, db: Db, number: int) -> None:
        """Write it there."""
        db.execute(f"PRAGMA user_version = {number}")

    def unlike(self, db: Db, made: Mapping[str, str]) -> list[str]:
        """SQLite keeps the text of each statement, which must be ours."""
        found = {str(row[0]): row[1] for row in db.execute("SELECT name, sql FROM sqlite_master")}
        return [name for name, sql in made.items() if found.get(name) != sql]

    def refuse_weakened(self, db: Db) -> None:
        """Refuse a log that was taken away, renamed or stripped of a trigger, and a trigger that is not ours.

        One of somebody else, wherever it stands, could swallow or change what is saved.
        """
        from crfapp.store.migrations import EVIDENCE

        found = {
            name: sql
            for name, sql in db.execute(
                "SELECT name, sql FROM sqlite_master"
                " WHERE tbl_name IN ('event', 'content') OR type = 'trigger'"
            )
            if sql is not None
        }
        for name, sql in EVIDENCE.items():
            if found.pop(name, None) != sql:
                raise IntegrityProblem(Code.LOG_MISSING, object=name)
        for name in found:
            raise IntegrityProblem(Code.LOG_MISSING, object=name)

    @contextmanager
    def with_room(self, db: Db, /) -> Iterator[None]:
        """Hold the ends of all indexes, which a row of the trail changes each at another place.

        In less they are encrypted and written again for some rows, the more often the larger the tables are.
        """
        before = db.execute("PRAGMA cache_size").fetchone() or (0,)
        db.execute(f"PRAGMA cache_size = -{_ROOM_KIB}")
        try:
            yield
        finally:
            db.execute(f"PRAGMA cache_size = {before[0]}")

    def note_taken_away(self, db: Db) -> None:
        """A number in the file's header."""
        db.execute(f"PRAGMA application_id = {_TO_BE_WRITTEN_ANEW}")

    def must_be_written_anew(self, db: Db) -> bool:
        """Whether that number stands there."""
        row = db.execute("PRAGMA application_id").fetchone()
        return row is not None and row[0] == _TO_BE_WRITTEN_ANEW

    def write_anew(self, engine: Engine) -> bool:
        """Write the file anew without its freed pages and empty the write-ahead log.

        Not while somebody still reads an older state of it, or where the disk has no room: then the number
        in the header stays, and the next opening tries again.
        """
        pooled = engine.raw_connection()
        raw: Any = pooled.driver_connection
        try:
            with named_failures():
                raw.execute(f"PRAGMA busy_timeout = {_PATIENCE_MILLISECONDS}")
                raw.execute("VACUUM")
                if not _emptied(raw):
                    return False
                raw.execute("PRAGMA application_id = 0")
                return _emptied(raw)
        except EnvironmentProblem:
            return False
        finally:
            pooled.invalidate()  # the next connection is as patient as all others

    def patient(self, milliseconds: int) -> tuple[str, ...]:
        """The driver waits."""
        return (f"PRAGMA busy_timeout = {milliseconds}",)

    def settle(self, engine: Engine) -> bool:
        """Bring what the log holds into the file, synced, and empty the log.

        Nothing is left then that a later start could read otherwise. Not while somebody else has it open.
        """
        pooled = engine.raw_connection()
        raw: Any = pooled.driver_connection
        try:
            with named_failures():
                raw.execute(f"PRAGMA busy_timeout = {_PATIENCE_MILLISECONDS}")
                return _emptied(raw)
        finally:
            pooled.invalidate()


SQLITE: Final = Sqlite()


def _emptied(raw: Any) -> bool:
    row = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return row is not None and row[0] == 0
