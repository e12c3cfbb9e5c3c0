"""Taking a large package in: events a second, memory, and what COPY alone takes, on SQLite and PostgreSQL.

The package is one chain of real events: subjects of a thousand answers each. It is sealed beforehand and read
from a file, as an opened package is. Every run is a process of its own, so that its peak is its own.
``python -m tests.bench.intake [EVENTS ...]`` prints the figures as JSON; ``make bench`` takes 20,000 events
(100,000 in full), and as many as ``CRFAPP_INTAKE`` says besides.
"""

from __future__ import annotations

import json
import marshal
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.ledger.chain import GENESIS, Envelope, Sealed, seal
from crfapp.ledger.events import SiteFounded, SubjectEnrolled, ValueRecorded, VisitStarted
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import COLUMNS
from crfapp.store.ledger import SqlLedger
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from tests.bench._kept import Kept, Limit, sized
from tests.support.postgres import running_cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.events import Event
    from crfapp.store.engine import Engine
    from tests.support.postgres import Cluster

EVENTS = sized(20_000, 100_000)
ANSWERS = 1_000
KINDS = ("sqlite", "postgres")
FIGURES = tuple(
    Kept(
        f"a large package taken in on {words}",
        f"{kind} {EVENTS}/processor_seconds",
        "s of the processor",
        Limit(f"{kind} {EVENTS}/bare_rows_processor_seconds", "its bare rows written and nothing else"),
        goal=sized(None, 60),
    )
    for kind, words in (("sqlite", "SQLCipher"), ("postgres", "PostgreSQL"))
)
KEY = bytes(range(32))
SCRATCH = Path(tempfile.gettempdir())
ROOT = Path(__file__).parents[2]


def happened(events: int) -> Iterator[Event]:
    """A site that works: somebody is enrolled, comes to visits, and forms are filled."""
    yield SiteFounded(site="s1", code="JO01", name="Site", zone="Asia/Amman", study="tiny", weekend="5,6")
    for number in range(1, events):
        subject = f"subject-{number // ANSWERS}"
        place = number % ANSWERS
        if place == 1:
            yield SubjectEnrolled(subject=subject, number=f"JO01-{number // ANSWERS:03d}")
        elif place % 100 == 2:
            yield VisitStarted(subject=subject, visit=f"V{place // 100}", visit_n=1, date="2025-01-05")
        else:
            yield ValueRecorded(
                subject=subject,
                visit=f"V{place // 100}",
                visit_n=1,
                form=f"F{place // 20}",
                form_n=1,
                row="",
                item=f"I{place % 20}",
                value=str(number),
                typed=str(number),
                captured_at="2025-01-05T06:10:00.000000Z",
            )


def sealed(events: int) -> Iterator[Sealed]:
    """Those events as one chain."""
    chance, prev = random.Random(1), GENESIS  # noqa: S311 (not for secrets)
    for seq, event in enumerate(happened(events), start=1):
        at = f"2025-01-05T{seq // 3600 % 24:02d}:{seq // 60 % 60:02d}:{seq % 60:02d}.000000Z"
        who = ("rania", "Rania Haddad", "nurse", "Cell Therapy Center")
        hybrid = f"{1_736_000_000_000 + seq:013d}.00000"
        envelope = Envelope(
            "ws-1", seq, prev, at, 180, "Asia/Amman", hybrid, f"act{seq}", *who, pack="p" * 64, software="1"
        )
        link = seal(envelope, event, chance.randbytes)
        prev = link.hash
        yield link


def written(events: int, path: Path) -> None:
    """Write the package."""
    with path.open("wb") as file:
        for link in sealed(events):
            marshal.dump(tuple(link), file)


def read(path: Path) -> Iterator[Sealed]:
    """Read it, link by link."""
    with path.open("rb") as file:
        while True:
            try:
                yield Sealed._make(marshal.load(file))  # noqa: S302 (the file is ours)
            except EOFError:
                return


@contextmanager
def store(kind: str, folder: Path) -> Iterator[tuple[Engine, Callable[[], float]]]:
    """An empty, durable ledger, and the processor seconds that it and this process have taken."""
    if kind == "sqlite":
        engine = open_engine(folder / "ledger.db", KEY, create=True)
        migrate(engine, lambda _have: None, remake)
        yield engine, time.process_time
        engine.dispose()
        return
    folder.chmod(0o755)  # the server runs as another user
    with running_cluster(folder) as cluster:
        served = cluster.new_part()
        yield served, lambda: time.process_time() + served_seconds(cluster)
        served.dispose()


def served_seconds(cluster: Cluster) -> float:
    """Processor seconds of the server's processes that are alive."""
    master = int((cluster.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            ticks += (int(told[11]) + int(told[12])) * (int(told[1]) == master)
    return ticks / os.sysconf("SC_CLK_TCK")


def run(kind: str, file: Path) -> dict[str, object]:
    """One intake in this process; before it the bare rows alone, by COPY or one prepared statement.

    Ratios are of processor time, with the server's: others work on the machine too.
    """
    with tempfile.TemporaryDirectory(dir=SCRATCH) as name, store(kind, Path(name)) as (engine, taken):
        with writing(engine) as db:
            db.execute(db.dialect.made(_BARE))
        own = taken()
        with writing(engine) as db:
            db.load("bare", COLUMNS.split(", "), read(file))
        bare = taken() - own
        with writing(engine) as db:
            db.execute("DROP TABLE bare")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ledger = SqlLedger(engine, "ctr-1")
        begin, own = time.perf_counter(), taken()
        with ledger.transaction() as running:
            new = running.receive(read(file)).new
        seconds, own = time.perf_counter() - begin, taken() - own
        with reading(engine) as db:
            rows = db.execute("SELECT count(*) FROM item").fetchone()
        ledger.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "events": new,
        "items": rows[0] if rows else 0,
        "seconds": round(seconds, 1),
        "events_per_second": round(new / seconds),
        "processor_seconds": round(own, 1),
        "events_per_processor_second": round(new / own),
        "bare_rows_processor_seconds": round(bare, 2),
        "ratio_to_bare_rows": round(own / bare, 1),
        "peak_mb": round(peak / 1024),
        "grew_mb": round((peak - before) / 1024),
    }


_BARE = """CREATE TABLE bare (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    at TEXT NOT NULL,
    body BLOB NOT NULL,
    told BLOB NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT"""


def measured(sizes: list[int]) -> dict[str, object]:
    """All runs of these sizes."""
    found: dict[str, object] = {"what": "taking in one package of a site into an empty part"}
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=SCRATCH) as name:
            file = Path(name) / "links"
            written(size, file)
            for kind in KINDS:
                command = [sys.executable, "-m", "tests.bench.intake", "--run", kind, str(file)]
                done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
                found[f"{kind} {size}"] = json.loads(done.stdout)
    return found


def measure() -> dict[str, object]:
    """For ``make bench``."""
    more = os.environ.get("CRFAPP_INTAKE", "")
    return measured([EVENTS // 10, EVENTS, *([int(more)] if more else [])])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        sys.stdout.write(json.dumps(run(sys.argv[2], Path(sys.argv[3]))))
    else:
        json.dump(measured([int(size) for size in sys.argv[1:]] or [EVENTS]), sys.stdout, indent=1)
