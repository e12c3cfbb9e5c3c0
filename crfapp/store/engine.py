"""The encrypted database: opened with a raw key, told to be durable, and asked whether it obeyed.

Saves go through :func:`writing`, reads through :func:`reading`; both hand out the driver's own connection
from SQLAlchemy's pool, because a save through Core costs 0.19 ms of Python and this way 0.05 ms. Every
thread holds a connection alone while its block lasts.

``cipher_memory_security`` stays off: measured here, it makes the processor time of a save 1.8 times as
long, for pages whose content Python holds as ordinary objects anyway.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.dialect import SQLITE
from crfapp.store.durable_files import PRIVATE_FILE, named_disk_failures, sync_folder
from crfapp.store.failures import is_not_a_database, named_failures
from crfapp.store.log_file import is_sure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import sqlalchemy

    from crfapp.store.dialect import Dialect

KEY_BYTES = 32
BUSY_MILLISECONDS = 5_000
PLAIN_HEADER = b"SQLite format 3\x00"
"""First bytes of a database that anybody can read; an encrypted one begins with its random salt."""

_SYNCHRONOUS = {True: ("FULL", 2), False: ("OFF", 0)}
_PRAGMAS = (
    "foreign_keys = ON",
    f"busy_timeout = {BUSY_MILLISECONDS}",
    "recursive_triggers = ON",
    # what is overwritten is zeroed at once: a text that was redacted must not stay in a freed page
    "secure_delete = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
)


class Rows(Protocol):
    """What a statement found: tuples, one at a time or all."""

    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the next row; None after the last."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give all remaining rows."""


class Db(Protocol):
    """A connection inside its transaction, as :func:`writing` and :func:`reading` hand it out."""

    @property
    def dialect(self) -> Dialect:
        """What this kind of database says otherwise."""

    def execute(self, sql: str, values: Sequence[object] = ..., /) -> Rows:
        """Run one statement; ``?`` stand for the values."""

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> Rows:
        """Run one statement for each row of values."""

    def stream(self, sql: str, values: Sequence[object] = ..., /) -> Iterator[tuple[Any, ...]]:
        """The rows that a question finds, however many, without holding them all in memory."""

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /) -> None:
        """Add rows to a table, in the fastest way that this kind of database has."""


class Borrowed(Protocol):
    """A connection out of the pool."""

    @property
    def driver_connection(self) -> Any:
        """The :class:`Db`, before any transaction."""

    def close(self) -> None:
        """Give it back; whatever transaction is left open is rolled back."""

    def invalidate(self) -> None:
        """Close it instead: what was set on it is nobody's concern any more."""


class Engine(Protocol):
    """A database with its pool of connections: SQLAlchemy's for SQLite, or that of PostgreSQL."""

    def raw_connection(self) -> Borrowed:
        """Take a connection out of the pool."""

    def dispose(self) -> None:
        """Close those that lie in the pool."""


class SqliteDb(dbapi2.Connection):
    """The driver's own connection, with what a :class:`Db` has besides."""

    dialect: Dialect = SQLITE

    def stream(self, sql: str, values: Sequence[object] = (), /) -> Iterator[tuple[Any, ...]]:
        """SQLite looks for a row when it is asked for one."""
        return iter(self.execute(sql, values))

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /) -> None:
        """One prepared statement for all."""
        named, held = ", ".join(columns), ", ".join("?" * len(columns))
        self.executemany(f"INSERT INTO {table} ({named}) VALUES ({held})", rows)  # noqa: S608 (our own names)


def open_engine(path: Path, key: bytes, *, durable: bool = True, create: bool = False) -> sqlalchemy.Engine:
    """Open the encrypted database at ``path`` with its raw 256-bit key.

    ``create`` makes a new file and refuses an existing one (SITE_EXISTS). ``durable=False`` is for
    databases that can be made again, such as one folded only to be compared. Raises NOT_A_SITE,
    WRONG_KEY, NOT_ENCRYPTED, NOT_DURABLE (EnvironmentProblem) and LOG_MISSING (an empty file).
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a raw key has 32 bytes")
    with named_disk_failures(path):
        if create:
            _make_file(path)
        else:
            _expect_encrypted_file(path)
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=_connector(path, key, durable=durable),
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=5,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    try:
        with reading(engine):
            refuse_plain_header(path)
    except AppProblem:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Db]:
    """Hold one durable transaction: the write lock from its first moment, committed when the block ends.

    Any exception rolls back. DISK_FULL, DISK_FAILS, BUSY (EnvironmentProblem), DATABASE_DAMAGED
    (IntegrityProblem). A commit that fails may still have reached the disk: read the head again before
    going on, and call nothing saved for which this block did not end in peace.
    """
    with named_failures(), _checked_out(engine) as db:
        db.execute(db.dialect.writes)
        yield db
        db.execute("COMMIT")


@contextmanager
def reading(engine: Engine) -> Iterator[Db]:
    """Hold one unchanging view of the database, however long it is read; writing in it is an error."""
    with named_failures(), _checked_out(engine) as db:
        try:
            for statement in db.dialect.reads:
                db.execute(statement)
            yield db
        finally:
            for statement in db.dialect.read:
                db.execute(statement)


@contextmanager
def _checked_out(engine: Engine) -> Iterator[Any]:
    """A pooled driver connection; whatever transaction is left open is rolled back by the pool."""
    pooled = engine.raw_connection()
    try:
        yield pooled.driver_connection
    finally:
        pooled.close()


def _begin(core: Connection) -> None:
    """Core transactions take the write lock at once too; ``snapshot=True`` as option asks for a reader's."""
    snapshot = core.get_execution_options().get("snapshot", False)
    core.exec_driver_sql("BEGIN" if snapshot else "BEGIN IMMEDIATE")


def _connector(path: Path, key: bytes, *, durable: bool) -> Callable[[], Any]:
    """A closure, so that the key stands in no URL, no argument list and no representation."""
    secret = f"PRAGMA key = \"x'{key.hex()}'\""
    there = path.absolute().as_uri()

    def connect() -> Any:
        with named_failures():
            # a folder that went away gets no empty database
            if not path.exists():
                raise EnvironmentProblem(Code.RECORDS_GONE, file=path.name)
            mode = "rw" if is_sure(path) else "ro"
            raw = dbapi2.connect(
                f"{there}?mode={mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                factory=SqliteDb,
            )
            try:
                raw.execute(secret)
                _configure(raw, durable=durable)
                read_back(raw, durable=durable)
            except BaseException:
                raw.close()
                raise
            return raw

    return connect


def _configure(raw: Any, *, durable: bool) -> None:
    raw.execute("PRAGMA cipher_log_level = NONE").fetchall()
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.DatabaseError as error:
        if is_not_a_database(error):
            raise EnvironmentProblem(Code.WRONG_KEY) from None
        raise
    word, _ = _SYNCHRONOUS[durable]
    for pragma in ("journal_mode = WAL", f"synchronous = {word}", *_PRAGMAS):
        raw.execute(f"PRAGMA {pragma}").fetchall()


def read_back(raw: Any, *, durable: bool = True) -> None:
    """Ask a connection what it will really do: NOT_ENCRYPTED or NOT_DURABLE where it disobeyed.

    A library without encryption answers ``PRAGMA key`` with silence and then stores plain text.
    """
    cipher = raw.execute("PRAGMA cipher_version").fetchone()
    if not cipher or not cipher[0]:
        raise EnvironmentProblem(Code.NOT_ENCRYPTED, cipher="none")
    journal = raw.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = raw.execute("PRAGMA synchronous").fetchone()[0]
    if journal != "wal" or synchronous != _SYNCHRONOUS[durable][1]:
        raise EnvironmentProblem(Code.NOT_DURABLE, journal=journal, synchronous=synchronous)


def refuse_plain_header(path: Path) -> None:
    """NOT_ENCRYPTED where the file can be read without a key (REQ-930)."""
    with named_disk_failures(path), path.open("rb") as file:
        header = file.read(len(PLAIN_HEADER))
    if header == PLAIN_HEADER:
        raise EnvironmentProblem(Code.NOT_ENCRYPTED, file=path.name)


def _make_file(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
    except FileExistsError:
        raise EnvironmentProblem(Code.SITE_EXISTS, file=path.name) from None
    sync_folder(path.parent)


def _expect_encrypted_file(path: Path) -> None:
    if not path.is_file():
        raise EnvironmentProblem(Code.NOT_A_SITE, file=path.name)
    if path.stat().st_size == 0:
        # SQLCipher takes an empty file for a new database and any key for the right one
        raise IntegrityProblem(Code.LOG_MISSING, file=path.name)
    refuse_plain_header(path)
