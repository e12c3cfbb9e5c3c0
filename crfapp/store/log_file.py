"""The log beside a database (``-wal``) that a program left behind: looked at before it is taken.

SQLite takes what it can read of a log, up to the first frame whose sum is wrong, and forgets the rest without
a word: right for a commit that a power cut tore, wrong for commits that were on the disk and decayed. Sums
and marks stand in the open; the format is https://www.sqlite.org/fileformat2.html#walformat.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Literal

from crfapp.store.durable_files import named_disk_failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LogEnd = Literal["none", "whole", "torn", "damaged"]
_HEADER, _FRAME = 32, 24
_BIG_ENDIAN_SUMS = 1
_LEAST_PAGE = 512
_TWO = 2
_WORD = 0xFFFFFFFF
_UNSURE: set[Path] = set()


def log_end(ledger: Path) -> LogEnd:
    """How the log of a database ends, which nobody may have open.

    ``none``: there is no log, or nothing in it. ``whole``: it ends with a commit. ``torn``: behind the last
    commit that can be read begins another one: its answer was never called saved, or it is the last one and
    decayed. ``damaged``: behind a frame that cannot be read there are commits that were called saved.
    DISK_FAILS.
    """
    log = ledger.with_name(ledger.name + "-wal")
    with named_disk_failures(log):
        content = log.read_bytes() if log.is_file() else b""
    if len(content) < _HEADER + _FRAME:
        return "none"
    if not any(content[:_HEADER]):
        return "torn"  # the header never came to the disk, and so no commit of this log did
    return _end_of_frames(content)


def _end_of_frames(content: bytes) -> LogEnd:
    magic, _, size, _, *marks = struct.unpack(">8I", content[:_HEADER])
    salts, sums = tuple(marks[:2]), tuple(marks[2:])
    order = ">" if magic & _BIG_ENDIAN_SUMS else "<"
    if _summed(content[: _HEADER - 8], (0, 0), order) != sums or size < _LEAST_PAGE:
        return "damaged"  # the header is synced before any frame: with frames behind it, it was whole once
    read, begun, behind = True, False, 0
    for frame in _frames(content, size):
        head = struct.unpack(">6I", frame[:_FRAME])
        ours, commits = head[2:4] == salts, head[1] > 0
        if read:
            sums = _summed(frame[:8] + frame[_FRAME:], sums, order)
            read = ours and head[4:] == sums
        if read:
            begun = not commits
        elif ours:
            begun, behind = True, behind + commits
    if behind >= _TWO:
        return "damaged"
    return "torn" if begun else "whole"


def make_durable(ledger: Path) -> None:
    """Write the log of a database once more, as it stands, and wait for the disk; nobody may have it open.

    After a sync that failed, what the system still shows of a file may be on no disk, and it will not try
    again: the next sync goes well and means nothing. A log that is brought into the database like that takes
    pages with it of which nothing is left to put them right. DISK_FULL, DISK_FAILS; until it went well the
    database is opened for reading alone.
    """
    log = ledger.with_name(ledger.name + "-wal")
    _UNSURE.add(ledger)
    with named_disk_failures(log):
        if log.is_file():
            with log.open("rb+") as file:
                content = file.read()
                file.seek(0)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    _UNSURE.discard(ledger)


def keep_from_writing(ledger: Path) -> None:
    """Open a database for reading alone from now on, until its log was made durable."""
    _UNSURE.add(ledger)


def is_sure(ledger: Path) -> bool:
    """Whether nothing speaks against bringing the log of a database into it; a last reader would do that."""
    return ledger not in _UNSURE


def _frames(content: bytes, size: int) -> Iterator[bytes]:
    width = _FRAME + size
    for start in range(_HEADER, len(content) - width + 1, width):
        yield content[start : start + width]


def _summed(content: bytes, sums: tuple[int, ...], order: str) -> tuple[int, ...]:
    """The sums of the format, going on from those of what stands before."""
    one, two = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = one + first + two & _WORD
        two = two + second + one & _WORD
    return one, two
