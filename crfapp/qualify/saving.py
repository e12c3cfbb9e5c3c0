"""The process that is killed, or whose disk is full, while it saves: it says each answer once it is saved."""

from __future__ import annotations

import sys
from itertools import count
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.qualify.scratch import Scratch, answer, enrol

if TYPE_CHECKING:
    from pathlib import Path

FULL = "full"


def save_until_killed(folder: Path, most_bytes: int) -> None:
    """Found a made-up site in an empty folder, so that no real one can be written, and save without end.

    With ``most_bytes`` no file may grow beyond so many (where the system has such a limit): what the program
    says then is the last line, and the process ends.
    """
    with Scratch.found(folder).open() as opened:
        key = enrol(opened)
        if most_bytes:
            _limit(most_bytes)
        for number in count(1):
            try:
                answer(opened, key, str(number), item="REMARK", reason="again and again")
            except AppProblem as problem:
                _tell(f"{FULL} {problem.code.value}")
                return
            _tell(str(number))


def _limit(most_bytes: int) -> None:
    """As a full disk: every write beyond fails, and the process goes on."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
