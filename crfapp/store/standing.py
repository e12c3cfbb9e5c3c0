"""Connections that a running site keeps: borrowing one from the pool costs more than a question does."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.store.failures import named_failures, problem_of
from crfapp.store.log_file import make_durable
from crfapp.store.tables import SqlTables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from crfapp.store.dialect import Dialect
    from crfapp.store.engine import Borrowed, Db, Engine, Rows

PATIENCE_MILLISECONDS = 150
"""So long somebody at the window waits for a lock that another program holds; then it is said."""


class StandingReader:
    """Answers the questions between commands; each sees what is committed when it is asked.

    ``place`` is the file that is read, where it is one.
    """

    def __init__(self, engine: Engine, place: Path | None = None) -> None:
        self._engine, self._place = engine, place
        self._unsure: EnvironmentProblem | None = None
        self._turn = _Turn()
        self._pooled: Borrowed | None = engine.raw_connection()
        raw = _only_reading(self._pooled)
        self.dialect: Dialect = raw.dialect
        self.tables = SqlTables(raw, self._turn)

    def renew(self, meanwhile: Callable[[], object]) -> None:
        """Close the connection, do ``meanwhile``, and connect anew: here, or with the next question.

        DISK_FULL and DISK_FAILS where the log could not be made durable: then it can be read, and no more.
        """
        with self._turn.lock:
            self.close()
            self.tables.look_through(cast("Db", _Nobody(self)))
            meanwhile()
            self.connect()
        if self._unsure is not None:
            raise self._unsure

    def connect(self) -> Db:
        """Connect; whoever calls has the turn. DISK_FAILS and the like, RECORDS_GONE.

        Whoever opens a log that was left behind takes it for durable: so it is made durable first.
        """
        self._unsure = None
        try:
            if self._place is not None:
                make_durable(self._place)
        except EnvironmentProblem as problem:
            self._unsure = problem
        with named_failures():
            pooled = self._engine.raw_connection()
            raw = _only_reading(pooled)
        self._pooled = pooled
        self.tables.look_through(raw)
        return raw

    def close(self) -> None:
        """Close the connection, which goes back to nobody; no question may follow."""
        if self._pooled is not None:
            self._pooled.invalidate()
            self._pooled = None


class StandingWriter:
    """Carries one durable transaction after the other; who owns it lets nobody begin a second meanwhile.

    ``place`` is the file that is written, where it is one: nothing is called saved that went into a file
    which is not there any more. ``committing`` says that a transaction failed while it was committed.
    """

    def __init__(self, engine: Engine, place: Path | None = None) -> None:
        self._engine = engine
        self._kept: Borrowed | None = None
        self._whereabouts = Whereabouts(place) if place is not None else None
        self.committing = False

    @contextmanager
    def writing(self) -> Iterator[Db]:
        """Hold one durable transaction, exactly as :func:`crfapp.store.engine.writing` does.

        A connection on which anything failed is given up: the pool rolls it back. RECORDS_GONE where the
        file was taken away or exchanged under the program.
        """
        self.committing = False
        with named_failures():
            pooled, self._kept = self._kept or self._connected(), None
            try:
                db = cast("Db", pooled.driver_connection)
                db.execute(db.dialect.writes)
                self._refuse_gone()
                yield db
                self._refuse_gone()
                self.committing = True
                db.execute("COMMIT")
                self.committing = False
                self._kept = pooled
            finally:
                if self._kept is None:
                    pooled.close()

    def close(self) -> None:
        """Give the connection back; the next transaction begins on another."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        if self._whereabouts is not None:
            self._whereabouts.forget()

    def _refuse_gone(self) -> None:
        if self._whereabouts is not None:
            self._whereabouts.refuse_gone()

    def _connected(self) -> Borrowed:
        pooled = self._engine.raw_connection()
        raw = cast("Any", pooled.driver_connection)
        _be_patient(raw)
        return pooled


class Whereabouts:
    """Whether a database and its log are still the files that were opened.

    A folder that is deleted or unmounted under an open program takes what is written without any error.
    """

    def __init__(self, place: Path) -> None:
        self._files = (place, place.with_name(place.name + "-wal"))
        self._known: tuple[tuple[int, int], ...] = ()
        with suppress(OSError):  # the first transaction says that it is not there
            self._known = (_identity(place),)  # its log may be still to come

    def refuse_gone(self) -> None:
        """RECORDS_GONE where one of them is another file than the last time, or none."""
        try:
            now = tuple(map(_identity, self._files))
        except OSError as error:
            raise EnvironmentProblem(Code.RECORDS_GONE, number=error.errno or 0) from error
        if self._known != now[: len(self._known)]:
            raise EnvironmentProblem(Code.RECORDS_GONE, number=0)
        self._known = now

    def forget(self) -> None:
        """They are closed and will be opened anew: the database is the same then, its log another."""
        self._known = self._known[:1]


def _identity(file: Path) -> tuple[int, int]:
    seen = file.stat()
    return seen.st_dev, seen.st_ino


class _Nobody:
    """Stands in for a connection that was lost; the next question connects anew."""

    def __init__(self, reader: StandingReader) -> None:
        self._reader = reader

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Rows:
        return self._reader.connect().execute(sql, values)


class _Turn:
    """One thread at a time, and failures of the disk by their code."""

    def __init__(self) -> None:
        self.lock = Lock()

    def __enter__(self) -> None:
        self.lock.acquire()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self.lock.release()
        problem = problem_of(error) if error is not None else None
        if problem is not None:
            raise problem from error


def _only_reading(pooled: Borrowed) -> Db:
    raw = cast("Any", pooled.driver_connection)
    _be_patient(raw)
    raw.execute(raw.dialect.only_reads)
    return cast("Db", raw)


def _be_patient(raw: Any) -> None:
    for statement in raw.dialect.patient(PATIENCE_MILLISECONDS):
        raw.execute(statement)
