"""Connections that a running site keeps: borrowing one from the pool costs more than a question does."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from crfapp.store.failures import named_failures, problem_of
from crfapp.store.tables import SqlTables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.store.engine import Borrowed, Db, Engine


class StandingReader:
    """Answers the questions between commands; each sees what is committed when it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._pooled = engine.raw_connection()
        raw = cast("Any", self._pooled.driver_connection)
        raw.execute(raw.dialect.only_reads)
        self.tables = SqlTables(raw, _Turn())

    def close(self) -> None:
        """Close the connection, which goes back to nobody; no question may follow."""
        self._pooled.invalidate()


class StandingWriter:
    """Carries one durable transaction after the other; who owns it lets nobody begin a second meanwhile."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: Borrowed | None = None

    @contextmanager
    def writing(self) -> Iterator[Db]:
        """Hold one durable transaction, exactly as :func:`crfapp.store.engine.writing` does.

        A connection on which anything failed is given up: the pool rolls it back.
        """
        with named_failures():
            pooled, self._kept = self._kept or self._engine.raw_connection(), None
            try:
                db = cast("Db", pooled.driver_connection)
                db.execute(db.dialect.writes)
                yield db
                db.execute("COMMIT")
                self._kept = pooled
            finally:
                if self._kept is None:
                    pooled.close()

    def close(self) -> None:
        """Give the connection back."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None


class _Turn:
    """One thread at a time, and failures of the disk by their code."""

    def __init__(self) -> None:
        self._lock = Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._lock.release()
        problem = problem_of(error) if error is not None else None
        if problem is not None:
            raise problem from error
