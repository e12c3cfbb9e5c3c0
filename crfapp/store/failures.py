"""What a failing database means for the person in front of it. The only place that reads SQLite codes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlcipher3 import dbapi2

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, IntegrityProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT = 3, 5, 6, 8, 10, 11
_FULL, _CANTOPEN, _PROTOCOL, _NOLFS, _NOTADB = 13, 14, 15, 22, 26
"""Primary result codes of sqlite.org/rescode.html."""


class RefusedByDatabase(Exception):
    """PostgreSQL refused a row by a constraint or a trigger; SQLite's driver has an error for it."""


REFUSED = (dbapi2.IntegrityError, RefusedByDatabase)
"""What a database raises where its own constraints refuse."""

_SURROUNDINGS = {
    _FULL: Code.DISK_FULL,
    _BUSY: Code.BUSY,
    _LOCKED: Code.BUSY,
    _PROTOCOL: Code.BUSY,
    _PERM: Code.DISK_FAILS,
    _READONLY: Code.DISK_FAILS,
    _IOERR: Code.DISK_FAILS,
    _CANTOPEN: Code.DISK_FAILS,
    _NOLFS: Code.DISK_FAILS,
}
_DAMAGE = frozenset({_CORRUPT, _NOTADB})
_IOERR_WRITE = _IOERR | 3 << 8


def problem_of(error: BaseException) -> AppProblem | None:
    """The coded problem behind a database error; None where it is a mistake of ours.

    Broken constraints and wrong SQL stay as they are: no person can act on them.
    """
    if isinstance(error, PoolTimeoutError):
        return EnvironmentProblem(Code.BUSY, sqlite="POOL")
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, dbapi2.Error):
        return None
    extended = getattr(cause, "sqlite_errorcode", None) or 0
    facts = {"sqlite": str(getattr(cause, "sqlite_errorname", "") or ""), "number": extended}
    primary = extended & 0xFF
    if primary in _DAMAGE:
        return IntegrityProblem(Code.DATABASE_DAMAGED, **facts)
    if primary in _SURROUNDINGS:
        return EnvironmentProblem(_SURROUNDINGS[primary], **facts)
    return None


def is_unwritten(problem: AppProblem) -> bool:
    """Whether the disk refused to take a commit at all: then there is none, whatever else is not known."""
    return problem.code is Code.DISK_FULL or problem.facts.get("number") == _IOERR_WRITE


def is_not_a_database(error: BaseException) -> bool:
    """Whether SQLCipher could not make sense of the first page: a wrong key, or no database at all."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == _NOTADB


@contextmanager
def named_failures() -> Iterator[None]:
    """Turn what the disk or a lock does to us inside the block into coded problems."""
    try:
        yield
    except (dbapi2.Error, DBAPIError, PoolTimeoutError) as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error
