"""After a write that failed: connections are closed and opened anew, and what is known of it is told.

A commit that reports an error may be on the disk all the same, and a disk that failed to write something once
may have forgotten that it did (its cache calls the pages clean). So nothing is tried again over the
connection that failed. Everything is closed, the log is written once more as it stands and synced
(:func:`crfapp.store.log_file.make_durable`), and only then the file is opened anew and what its log holds is
brought into the file itself: if that succeeds, what can be read then is what is on the disk. If it does not,
nobody knows, and that is said; before anything else is written, it is tried again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.store.failures import is_unwritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.store.engine import Engine
    from crfapp.store.reserve import Reserve
    from crfapp.store.standing import StandingReader, StandingWriter

OF_THE_DISK = frozenset({Code.DISK_FULL, Code.DISK_FAILS, Code.RECORDS_GONE})


class FailedWrites:
    """What failed at one ledger. ``end`` reads the hash at which its own chain ends by what is stored."""

    def __init__(
        self,
        engine: Engine,
        standing: tuple[StandingReader, StandingWriter],
        end: Callable[[], str],
        reserve: Reserve | None,
    ) -> None:
        self._engine = engine
        self._reader, self._writer = standing
        self._end = end
        self._reserve = reserve
        self._unknown = ""
        self._closed: EnvironmentProblem | None = None
        self._room = False
        self._told: AppProblem | None = None

    def look_again(self) -> None:
        """Before anything is written: find out what was not known earlier, or refuse (SAVED_UNKNOWN).

        What closed the file is raised again as long as it cannot be opened safely.
        """
        if not self._unknown:
            self._refuse_closed()
            return
        if not self._settle():
            raise EnvironmentProblem(Code.SAVED_UNKNOWN)
        there, self._unknown = self._end() == self._unknown, ""
        self._told = EnvironmentProblem(Code.SAVED_ALL_THE_SAME if there else Code.NOT_SAVED_EARLIER)

    def before_commit(self, problem: EnvironmentProblem) -> None:
        """Something failed that is certainly not saved; what failed on the disk gets a new connection."""
        if problem.code in OF_THE_DISK:
            self._make_room(problem)
            self._settle()

    def at_commit(self, problem: EnvironmentProblem, end: str) -> None:
        """The commit failed after which the chain would end at ``end``.

        Comes back where it is saved after all. Raises the problem where it is certainly not, SAVED_UNKNOWN
        where nobody can say.
        """
        if problem.code not in OF_THE_DISK:
            raise problem
        self._make_room(problem)
        if self._settle():
            if self._end() != end:
                raise problem
            self._room = False
            self._told = EnvironmentProblem(Code.SAVED_ALL_THE_SAME)
            return
        if is_unwritten(problem):
            raise problem
        self._unknown = end
        raise EnvironmentProblem(Code.SAVED_UNKNOWN, **problem.facts) from problem

    def went_well(self) -> None:
        """Something was saved: the reserve is made again where there is room for it."""
        if self._reserve is not None and self._reserve.spent:
            self._reserve.make()

    def makes_room(self, problem: AppProblem) -> bool:
        """Whether the reserve was given up for what failed so, and it may be tried once more."""
        room, self._room = self._room and problem.code is Code.DISK_FULL, False
        if room:
            self._told = EnvironmentProblem(Code.RESERVE_IN_USE)
        return room

    def told(self) -> AppProblem | None:
        """What has to be said beside an act that went well; once."""
        told, self._told = self._told, None
        return told

    def _make_room(self, problem: EnvironmentProblem) -> None:
        full = problem.code is Code.DISK_FULL
        self._room = full and self._reserve is not None and self._reserve.give_up()

    def _settle(self) -> bool:
        """Open everything anew; whether what can be read from now on is what is on the disk."""
        try:
            self._open_anew()
            return self._reader.dialect.settle(self._engine)
        except AppProblem:
            return False

    def _open_anew(self) -> None:
        self._closed = None
        try:
            self._writer.close()
            self._reader.renew(self._engine.dispose)
        except EnvironmentProblem as problem:
            self._closed = problem
            raise

    def _refuse_closed(self) -> None:
        if self._closed is not None:
            self._open_anew()
