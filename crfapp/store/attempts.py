"""How often a wrong password was typed, for each login: kept in the site's folder and by the machine.

The higher of the two counts, so that a folder or a note put back from an older copy takes nothing away. The
count is raised before the password is tried: whoever kills the program meanwhile has used up an attempt.
There is no time in it, so no clock makes it shorter.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import AppProblem
from crfapp.base.told import told_json
from crfapp.store.durable_files import small_file, write_durably
from crfapp.store.file_lock import file_lock
from crfapp.store.machine import MachineNotes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "attempts.json"
LOCK = "attempts.lock"
NOTE = "attempts"
FORMAT = 1
LIMIT = 5
"""Wrong passwords after which nobody gets in with a login, where the site's rules say nothing else."""
_MOST_ALLOWED = 10
_MOST_KEPT = 200
"""Beyond these the last attempt counts for more than one: a program that tries for days fills no disk."""
_NICKNAMES = 12
"""Bits that are kept of a login nobody has: enough to count, too few to tell a mistyped password."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt that has not succeeded: its number, which login (or a nickname), when (UTC), how often."""

    number: int
    who: str
    at: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class _State:
    counts: dict[str, int] = field(default_factory=dict)
    tried: tuple[Tried, ...] = ()
    told: int = 0
    limit: int = 0

    def both(self, other: _State) -> _State:
        """What holds where two copies differ: the higher counts, every attempt not yet told."""
        counts = {
            who: max(self.counts.get(who, 0), other.counts.get(who, 0))
            for who in {*self.counts, *other.counts}
        }
        told = max(self.told, other.told)
        tried = {one.number: one for one in (*self.tried, *other.tried) if one.number > told}
        limit = min(filter(None, (self.limit, other.limit)), default=0)
        return _State(counts, tuple(tried[number] for number in sorted(tried)), told, limit)

    @property
    def allowed(self) -> int:
        """Wrong passwords that are allowed."""
        return self.limit or LIMIT

    @property
    def last(self) -> int:
        """The highest number given so far."""
        return max((self.told, *(one.number for one in self.tried)))


class Attempts:
    """The counts of one site. Every change is on disk when the method returns."""

    def __init__(self, folder: Path, site: str) -> None:
        self._folder = folder
        self._notes = MachineNotes(site)

    def begin(self, login: str, at: str, *, known: bool) -> tuple[Tried, bool]:
        """Count an attempt before it is made; gives it, and whether it is one too many.

        DISK_FULL and the like where neither copy can be written: nobody tries uncounted.
        """
        who = login if known else _nickname(login)
        with self._changing() as state:
            count = state.counts.get(who, 0) + 1
            mine = Tried(state.last + 1, who, at)
            tried = (*state.tried, mine)
            if len(tried) > _MOST_KEPT:
                last = tried[-2]
                tried = (*tried[:-2], replace(mine, times=last.times + 1))
            self._write(replace(state, counts={**state.counts, who: count}, tried=tried))
        return mine, count > state.allowed

    def succeeded(self, mine: Tried) -> None:
        """The password was right: the count begins again, and the attempt was none."""
        self._forgive(mine.who, mine.number)

    def unlock(self, login: str) -> None:
        """Let somebody try again; who may say so is not decided here."""
        self._forgive(login)

    def locked(self) -> frozenset[str]:
        """Logins with which nobody gets in just now."""
        state = self._read()
        return frozenset(who for who, count in state.counts.items() if count >= state.allowed)

    def waiting(self) -> tuple[Tried, ...]:
        """What the ledger does not know yet."""
        return self._read().tried

    def told(self, tried: Tried) -> None:
        """The ledger knows this one, and those before it."""
        with self._changing() as state:
            left = tuple(one for one in state.tried if one.number > tried.number)
            self._write(replace(state, tried=left, told=max(state.told, tried.number)))

    def allow(self, limit: int) -> None:
        """Let the site's rules say how many are allowed; an older copy with a lower one holds too."""
        if self._read().limit != limit:
            with self._changing() as state:
                self._write(replace(state, limit=limit))

    def _forgive(self, who: str, number: int = 0) -> None:
        with self._changing() as state:
            tried = tuple(one for one in map(partial(_without, number), state.tried) if one.times)
            counts = {name: count for name, count in state.counts.items() if name != who}
            self._write(replace(state, counts=counts, tried=tried))

    @contextmanager
    def _changing(self) -> Iterator[_State]:
        """One program after the other, so that a hundred at once are still a hundred attempts."""
        with file_lock(self._folder / LOCK, wait=True):
            yield self._read()

    def _read(self) -> _State:
        file: object = None
        with suppress(OSError, ValueError):
            file = told_json(small_file(self._folder / FILE))
        return _state_of(file).both(_state_of(self._notes.read().get(NOTE)))

    def _write(self, state: _State) -> None:
        content = {
            "format": FORMAT,
            "counts": state.counts,
            "tried": [[one.number, one.who, one.at, one.times] for one in state.tried],
            "told": state.told,
            "limit": state.allowed,
        }
        failure: AppProblem | None = None
        try:
            self._notes.write({NOTE: content})
        except AppProblem as problem:  # a machine that takes no notes keeps nobody out
            failure = problem
        try:
            write_durably(self._folder / FILE, json.dumps(content, indent=1).encode())
        except AppProblem:
            if failure is not None:
                raise


def _state_of(content: object) -> _State:
    """What a copy says; a missing or damaged one says nothing, and the other holds."""
    try:
        said: Any = content
        counts = {str(who): int(count) for who, count in said["counts"].items()}
        tried = tuple(Tried(int(n), str(who), str(at), int(times)) for n, who, at, times in said["tried"])
        return _State(counts, tried, int(said["told"]), max(0, min(int(said["limit"]), _MOST_ALLOWED)))
    except (KeyError, TypeError, ValueError, AttributeError):
        return _State()


def _without(number: int, one: Tried) -> Tried:
    """The same without the attempt of this number; what it stands for besides remains."""
    return replace(one, times=one.times - 1) if one.number == number else one


def _nickname(login: str) -> str:
    digest = hashlib.sha256(login.encode("utf-8", "surrogatepass")).digest()
    return f"?{int.from_bytes(digest[:2]) >> (16 - _NICKNAMES):03x}"
