"""What a failing server means for the person in front of it. The only place that reads SQLSTATEs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.failures import RefusedByDatabase

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUSY = ("40001", "40P01", "55P03", "57014")
_DISK_FULL = ("53100",)
_DAMAGE = ("XX001", "XX002")
_CONSTRAINT = "23"
_SERVER = ("08", "25006", "28", "3D", "42501", "53", "55", "57", "58", "F0", "XX")
"""First letters of the SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html). The rest, such as a
statement that is wrong, is a mistake of ours and stays as it is."""


def problem_of(error: psycopg.Error) -> AppProblem | RefusedByDatabase | None:
    """The coded problem behind an error of the driver; None where no person can act on it."""
    state = error.sqlstate or ""
    if state.startswith(_BUSY):
        return EnvironmentProblem(Code.BUSY, sqlstate=state)
    if state.startswith(_DISK_FULL):
        return EnvironmentProblem(Code.DISK_FULL, sqlstate=state)
    if state.startswith(_DAMAGE):
        return IntegrityProblem(Code.DATABASE_DAMAGED, sqlstate=state)
    if state.startswith(_CONSTRAINT):
        return RefusedByDatabase(str(error).partition("\n")[0])
    # without a state it is the driver that lost the server, or never found it
    if state.startswith(_SERVER) or (not state and isinstance(error, psycopg.OperationalError)):
        return EnvironmentProblem(Code.STORE_FAILS, sqlstate=state or "no answer")
    return None


@contextmanager
def named_failures() -> Iterator[None]:
    """Turn what the server does to us inside the block into coded problems."""
    try:
        yield
    except psycopg.Error as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error
