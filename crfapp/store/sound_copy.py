"""Where records are damaged, the newest copy of them that opens and is whole is named."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code
from crfapp.store.backup import prove

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAMAGE = frozenset({Code.DATABASE_DAMAGED, Code.LOG_MISSING, Code.WRONG_KEY})


@contextmanager
def sound_copy_named(folder: Path, key: bytes) -> Iterator[None]:
    """Put the name of the newest sound copy in a folder, as ``backup``, into what the block finds damaged.

    What is damaged and what is not sound stays as it is.
    """
    try:
        yield
    except AppProblem as problem:
        copy = newest_sound_copy(folder, key) if problem.code in DAMAGE else None
        if copy is None:
            raise
        raise type(problem)(problem.code, **{**problem.facts, "backup": copy.name}) from problem


def newest_sound_copy(folder: Path, key: bytes) -> Path | None:
    """The newest copy that opens under this key and whose pages and chains are whole; None where none is."""
    with suppress(OSError):
        for copy in sorted(folder.glob("*.db"), key=lambda one: one.stat().st_mtime, reverse=True):
            with suppress(AppProblem):
                prove(key, copy)
                return copy
    return None
