"""Walking every link of a chain of 100,000 events (a million in full): seconds, memory, how both grow.

The chain lies in the encrypted database as work leaves it: answers with their told texts and reasons,
findings, and a signature every 250 events, each verified against its signer's key. Every walk runs in a
process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from crfapp.ledger.chain import first_break, open_sealed
from crfapp.ledger.events import KeyRegistered
from crfapp.ledger.fold import changes_of
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from crfapp.store.tables import apply
from crfapp.store.verify import verify, verify_recent
from tests.bench._growth import exponent
from tests.bench._kept import Kept, Limit, sized
from tests.support.written_chain import WrittenChain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.chain import Sealed

EVENTS = sized((10_000, 30_000, 100_000), (100_000, 300_000, 1_000_000))
FIGURES = (
    Kept(
        "a chain walked, for an event, with signatures",
        "largest/us_an_event",
        "µs",
        Limit("largest/bare_us_an_event", "its bytes read from the encrypted file and hashed"),
    ),
    Kept(
        "links alone, for an event",
        "largest/links_us_an_event",
        "µs",
        Limit("largest/bare_us_an_event", "the same"),
    ),
    Kept("growth of memory with the events", "growth_of_peak", "(exponent)", goal=0.05, compared=False),
    Kept("growth of processor time", "growth_of_processor_seconds", "(exponent)", goal=1.15, compared=False),
)
SIGNED_EVERY, FOUND_EVERY = 250, 10
KEY = bytes(range(32))
_BATCH = 5_000


class Tail(list[Any]):
    """The last link and how many there are: a chain that is written to the disk needs no more."""

    written = 0

    def append(self, link: Sealed) -> None:
        """Keep the newest."""
        self[:] = [link]
        self.written += 1

    def __len__(self) -> int:
        return self.written

    def __bool__(self) -> bool:
        return self.written > 0


def links(count: int) -> Iterator[Sealed]:
    """A site at work."""
    chain = WrittenChain()
    chain.links = Tail()
    chain.founded()
    first = WrittenChain()
    first.founded()
    yield from first.links
    for number in range(len(first.links) + 1, count + 1):
        if number % SIGNED_EVERY == 0:
            yield chain.sign(number=str(number))
        elif number % FOUND_EVERY == 0:
            yield chain.finding(f"{number} is above what is usual at this visit.")
        else:
            yield chain.answer(
                f"answer {number}", f"ITEM{number % 40}", "misread" if number % 3 == 0 else None
            )


def write(path: Path, count: int) -> None:
    """A database with so many events."""
    engine = open_engine(path, KEY, durable=False, create=True)
    migrate(engine, lambda _have: None, remake)
    batch: list[Sealed] = []
    for link in links(count):
        batch.append(link)
        if len(batch) == _BATCH:
            with writing(engine) as db:
                EventLog().append(db, batch)
            batch.clear()
    with writing(engine) as db:
        if batch:
            EventLog().append(db, batch)
        for link in EventLog().read(db, kinds=(KeyRegistered.kind,)):
            apply(db, changes_of(open_sealed(link)))  # a start finds the keys through the index
    engine.dispose()


def walk(path: Path) -> dict[str, float]:
    """One walk in this process: the whole one, without signatures, and the one of each start."""
    engine = open_engine(path, KEY)
    with reading(engine) as db:
        begun = time.perf_counter()
        recent = verify_recent(db)
        start = time.perf_counter() - begun
        begun, busy = time.perf_counter(), time.process_time()
        found = verify(db)
        took, used = time.perf_counter() - begun, time.process_time() - busy
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        begun = time.process_time()
        [node] = EventLog().nodes(db)
        alone = first_break(EventLog().chain(db, node))
        chain_only = time.process_time() - begun
        begun = time.process_time()
        for row in db.stream("SELECT body, told FROM event ORDER BY node, seq"):
            hashlib.sha256(row[0]).digest()
        bare = time.process_time() - begun
    engine.dispose()
    if found.wrong or recent.wrong or alone is not None:
        raise AssertionError(found.wrong, recent.wrong, alone)
    return {
        "events": found.events,
        "seconds": round(took, 2),
        "processor_seconds": round(used, 2),
        "processor_seconds_without_signatures": round(chain_only, 2),
        "us_an_event": round(used * 1e6 / found.events, 2),
        "links_us_an_event": round(chain_only * 1e6 / found.events, 2),
        "bare_us_an_event": round(bare * 1e6 / found.events, 2),
        "peak_mb": round(peak, 1),
        "at_a_start_ms": round(start * 1000, 1),
    }


def measure() -> dict[str, object]:
    """Seconds, peak of memory and their growth."""
    found: dict[int, dict[str, float]] = {}
    with TemporaryDirectory() as folder:
        for count in EVENTS:
            path = Path(folder) / f"{count}.db"
            write(path, count)
            command = [sys.executable, "-m", "tests.bench.chain_walk", str(path)]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            found[count] = {**json.loads(done.stdout), "file_mb": round(path.stat().st_size / 2**20, 1)}
            path.unlink()
    return {
        "walks": list(found.values()),
        "largest": found[EVENTS[-1]],
        "growth_of_processor_seconds": exponent({n: one["processor_seconds"] for n, one in found.items()}),
        "growth_of_peak": exponent({n: one["peak_mb"] for n, one in found.items()}),
        "signatures": EVENTS[-1] // SIGNED_EVERY,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(walk(Path(sys.argv[1]))))
