"""A program that saves events without end and says so after each; the test next door kills it.

Started once, it forks a saver for every line it reads (``path honest|hasty``), before any database is
open in it. A hasty saver says "saved" before the transaction ends: the sabotaged twin.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from crfapp.base.canonical import canonical
from crfapp.ledger.chain import Sealed
from crfapp.store.engine import open_engine, writing
from crfapp.store.event_log import EventLog

KEY = bytes(range(32))
HASTY_BATCH = 50


def link(seq: int) -> Sealed:
    return Sealed(
        "WS1", seq, f"{seq:064x}", "value-recorded", "JO01-001", "t", canonical({"seq": seq}), b"{}"
    )


def save(path: Path, batch: int) -> None:
    engine, log = open_engine(path, KEY), EventLog()
    for first in count(1, batch):
        with writing(engine) as db:
            for seq in range(first, first + batch):
                log.append(db, [link(seq)])
                if batch > 1:
                    say(seq)
        if batch == 1:
            say(first)


def say(seq: int) -> None:
    sys.stdout.write(f"{seq}\n")
    sys.stdout.flush()


def main() -> None:
    for line in sys.stdin:
        path, _, manner = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            save(Path(path), HASTY_BATCH if manner == "hasty" else 1)
        sys.stdout.write(f"pid {child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("killed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
