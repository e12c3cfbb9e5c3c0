"""Any filter over a trail of 100,000 events (a million in full): ms to its first page, how it is found.

The rows are put into the table as the fold would, and taken into the indexes batch by batch.
"""

from __future__ import annotations

import random
import statistics
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from crfapp.ledger.state import TrailRow
from crfapp.ledger.trail import CHANGED, NIGHT, TrailFilter, hybrid_at
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from crfapp.store.trail import TrailSearch
from tests.bench._kept import Kept, Limit, sized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from crfapp.store.engine import Db

EVENTS, ROUNDS = sized(100_000, 1_000_000), 5
KEY = bytes(range(32))
BEGIN_MS, STEP_MS = 1_736_665_200_000, 30_000
OF_SUBJECT, OF_VISIT, OF_FORM = 250, 40, 20
NODE = "a3f09b7c21d4e5f6"
USUAL, RARE = (
    ("value-recorded", "finding-raised", "form-completed"),
    ("query-raised", "signed", "act-refused"),
)
REASONS = ("Typing error", "Source document says otherwise", "Measured again")


def rows(count: int) -> Iterator[TrailRow]:
    """A site at work: subject after subject, two nurses, a monitor now and then, some corrections."""
    chance = random.Random(7)  # noqa: S311 - the same trail each time
    for seq in range(1, count + 1):
        rare = chance.random()
        kind = RARE[seq % 3] if rare < 0.002 else chance.choices(USUAL, (70, 25, 5))[0]
        who = ("omar", "monitor") if rare < 0.01 else (f"nurse{seq // OF_SUBJECT % 2}", "nurse")
        if seq % 200_000 == 0:
            who = ("guest", "auditor")
        changed = kind == "value-recorded" and chance.random() < 0.05
        night = kind == "value-recorded" and chance.random() < 0.01
        at = BEGIN_MS + seq * STEP_MS
        yield TrailRow(
            NODE if seq % 1000 else "other",
            seq,
            time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(at / 1000)),
            f"{at:013d}.00000",
            *who,
            kind,
            f"{seq // OF_SUBJECT:016x}",
            f"V{seq // OF_VISIT % 12}",
            f"F{seq // OF_FORM % 24}",
            f"ITEM{seq % OF_FORM}",
            (f"{REASONS[seq % 3]}{' by telephone' if seq % 30_000 < 20 else ''}") if changed else None,
            1,
            f"{NIGHT * night}{CHANGED * changed}",
            1 if seq <= count - count % 64 else 0,
        )


def month(number: int) -> str:
    """The place in hybrid time of the beginning of a month of work."""
    return hybrid_at(datetime.fromtimestamp(BEGIN_MS / 1000, UTC) + timedelta(days=30 * number))


FILTERS: dict[str, TrailFilter] = {
    "everything": TrailFilter(),
    "one subject": TrailFilter(subject=f"{2000:016x}"),
    "one nurse": TrailFilter(login="nurse1"),
    "who came five times": TrailFilter(login="guest"),
    "a role": TrailFilter(role="monitor"),
    "a form": TrailFilter(form="F7"),
    "an item": TrailFilter(form="F7", item="ITEM3"),
    "a usual kind": TrailFilter(kinds=("value-recorded",)),
    "rare kinds": TrailFilter(kinds=RARE),
    "a month": TrailFilter(begin=month(3), end=month(4)),
    "words of a reason": TrailFilter(words="by telephone"),
    "words that nobody wrote": TrailFilter(words="earthquake"),
    "another workstation": TrailFilter(node="other"),
    "at night": TrailFilter(mark=NIGHT),
    "a nurse and a usual kind in a month": TrailFilter(
        login="nurse0", kinds=("value-recorded",), begin=month(3), end=month(4)
    ),
    "a subject, a form and a kind": TrailFilter(subject=f"{2000:016x}", form="F7", kinds=("value-recorded",)),
    "two that never meet": TrailFilter(login="nurse0", form="F7", visit="V99"),
}


FIGURES = (
    *(
        Kept(
            f"audit trail, first page: {name}",
            f"{name}/page",
            "ms",
            Limit("bare", "50 rows read by their keys"),
            goal=200,
            tolerance=2,
        )
        for name in FILTERS
    ),
    Kept("plans that walk the whole trail", "scans", "plans", goal=0),
)


@contextmanager
def trail(folder: Path, count: int = EVENTS) -> Iterator[Engine]:
    """A database whose trail holds so many events."""
    engine = open_engine(folder / "trail.db", KEY, create=True)
    try:
        migrate(engine, lambda _have: None, remake)
        with writing(engine) as db:
            insert = f"INSERT INTO trail VALUES ({', '.join('?' * len(TrailRow._fields))})"  # noqa: S608
            for row in rows(count):
                db.execute(insert, row)
        yield engine
    finally:
        engine.dispose()


class Counting:
    """A connection that remembers what was asked of it."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self.asked: list[tuple[str, tuple[object, ...]]] = []

    def execute(self, sql: str, values: tuple[object, ...] = ()) -> object:
        """Ask, and remember."""
        self.asked.append((sql, tuple(values)))
        return self._db.execute(sql, values)

    def stream(self, sql: str, values: tuple[object, ...] = ()) -> object:
        """The same of a question with many rows."""
        self.asked.append((sql, tuple(values)))
        return self._db.stream(sql, values)


def plans(db: Db, wish: TrailFilter) -> list[str]:
    """How the database goes about every question of a first page."""
    counting = Counting(db)
    search = TrailSearch(counting)  # type: ignore[arg-type]
    search.page(wish)
    search.count(wish)
    steps = []
    for sql, values in counting.asked:
        steps += [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    return steps


def measure() -> dict[str, object]:
    """Median and longest milliseconds to the first page and the count of every filter."""
    with TemporaryDirectory(prefix="bench-") as folder, trail(Path(folder)) as engine:
        found = {name: measured(engine, wish) for name, wish in FILTERS.items()}
        return {
            "what": "first page of a filter over the audit trail, with its count",
            "events": EVENTS,
            "unit": "ms of the thread",
            "bare": bare(engine),
            "scans": sum(len(cast("list[str]", one["scans"])) for one in found.values()),
            **found,
        }


def bare(engine: Engine) -> float:
    """The least that shows a page: as many rows by their keys, with the columns that it shows."""
    took = []
    for _ in range(5 * ROUNDS):
        begin = time.thread_time()
        with reading(engine) as db:
            for seq in range(1, 51):
                db.execute("SELECT * FROM trail WHERE node = ? AND seq = ?", (NODE, seq)).fetchone()
        took.append((time.thread_time() - begin) * 1000)
    return round(statistics.median(took), 3)


def measured(engine: Engine, wish: TrailFilter) -> dict[str, object]:
    """One filter, each time in a view of its own as the window asks."""
    pages, counts, page, count = [], [], None, None
    for _ in range(ROUNDS):
        begin = time.thread_time()
        with reading(engine) as db:
            page = TrailSearch(db).page(wish)
        pages.append((time.thread_time() - begin) * 1000)
        begin = time.thread_time()
        with reading(engine) as db:
            count = TrailSearch(db).count(wish)
        counts.append((time.thread_time() - begin) * 1000)
    assert page is not None
    assert count is not None
    with reading(engine) as db:
        steps = plans(db, wish)
    return {
        "page": round(statistics.median(pages), 3),
        "page_most": round(max(pages), 1),
        "count": round(statistics.median(counts), 1),
        "found": count.number if count.whole else f"more than {count.number}",
        "shown": len(page.rows),
        "to_be_gone_on": page.further is not None,
        "scans": sorted({step for step in steps if step == "SCAN trail"}),
    }
