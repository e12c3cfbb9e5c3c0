"""Another program that holds the database of a site: ``python -m tests.faults.holding_program LEDGER KEY``.

``hold`` takes the lock; with a number it lets go of it after so many seconds by itself. ``free`` lets go.
Each line is answered when it is done, ``hold`` when the lock is held.
"""

from __future__ import annotations

import select
import sys
from pathlib import Path

from crfapp.store.engine import open_engine


def main(ledger: Path, key: bytes) -> None:
    engine = open_engine(ledger, key)
    raw = engine.raw_connection().driver_connection
    assert raw is not None
    say("ready")
    while line := sys.stdin.readline():
        word, _, seconds = line.strip().partition(" ")
        if word == "hold":
            raw.execute("BEGIN IMMEDIATE")
            say("held")
            if seconds:
                select.select([], [], [], float(seconds))
                raw.execute("ROLLBACK")
        else:
            raw.execute("ROLLBACK")
            say("free")


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
