"""What joining the chains of two workstations costs, with as many events each.

``append`` is the same events as a workstation writes its own: sealed links and their table changes, in one
transaction, in batches. ``beside`` joins a chain about other subjects: all of it is folded on. ``among``
joins one about the same subjects, written at the same time: every subject has to be folded anew. ``again``
takes the same links once more. Seconds of the processor, one run each; ``peak_mb`` is the process's largest
memory.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.ledger.chain import GENESIS, Envelope, Sealed, open_sealed, seal
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.events import (
    Event,
    FindingRaised,
    FormStarted,
    SubjectEnrolled,
    ValueRecorded,
    VisitStarted,
)
from crfapp.ledger.fold import changes_of
from crfapp.store.engine import open_engine, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from crfapp.store.receiving import take_in
from crfapp.store.tables import apply
from tests.bench._growth import exponent
from tests.bench._kept import Kept, Limit, sized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

SIZES = sized((5_000, 10_000, 20_000), (10_000, 30_000, 100_000))
_LARGEST = str(SIZES[-1])
FIGURES = tuple(
    kept
    for name, words in (("beside", "other subjects"), ("among", "the same subjects"))
    for kept in (
        Kept(
            f"chain of another workstation about {words} joined",
            f"{name}/{_LARGEST}/join",
            "s",
            Limit(f"{name}/{_LARGEST}/append", "the same events written here"),
        ),
        Kept(
            f"growth of that with the events, {words}",
            f"{name}/exponent",
            "(exponent)",
            goal=1.1,
            tolerance=1.1,
        ),
    )
)
PER_SUBJECT = 1_000
_FIRST = 1_736_000_000_000


def events(subjects: str, many: int) -> Iterator[Event]:
    """So many events: subjects one after the other, each with a visit, forms, answers and findings."""
    told = 0
    while told < many:
        subject = f"{subjects}{told // PER_SUBJECT:06d}"
        place = {"subject": subject, "visit": "V_SCR", "visit_n": 1}
        yield SubjectEnrolled(subject=subject, number=subject)
        yield VisitStarted(**place, date="2025-01-05")
        for number in range(PER_SUBJECT - 2):
            form = {**place, "form": f"F{number // 50}", "form_n": 1}
            item = {**form, "row": "", "item": f"I{number % 50}"}
            if number % 50 == 0:
                yield FormStarted(**form)
            elif number % 10 == 0:
                yield FindingRaised(**item, check="C1", level="Q", text="much", value="7")
            else:
                yield ValueRecorded(**item, value="7", typed="7", captured_at="2025-01-05T06:10:00.000000Z")
        told += PER_SUBJECT


def chain(node: str, subjects: str, many: int) -> list[Sealed]:
    """A workstation's chain, an event every two milliseconds; two chains written at the same time."""
    links, prev = [], GENESIS
    who = ("rania", "Rania Haddad", "nurse", "CTC", "c" * 64, "0.1.0")
    for seq, event in enumerate(events(subjects, many), start=1):
        at = "2025-01-05T06:10:00.000000Z"
        hybrid = str(Hybrid(_FIRST + 2 * seq, 0))
        envelope = Envelope(node, seq, prev, at, 180, "Asia/Amman", hybrid, f"{seq:016x}", *who)
        links.append(seal(envelope, event, os.urandom))
        prev = links[-1].hash
    return links


def append(engine: Engine, links: list[Sealed]) -> float:
    """As a workstation writes its own."""
    begin = time.process_time()
    with writing(engine) as db:
        for start in range(0, len(links), 500):
            some = links[start : start + 500]
            EventLog().append(db, some)
            apply(db, (change for link in some for change in changes_of(open_sealed(link))))
    return time.process_time() - begin


def join(engine: Engine, links: list[Sealed]) -> float:
    """As it takes in what another one wrote."""
    begin = time.process_time()
    with writing(engine) as db:
        take_in(db, links, "ws-a")
    return time.process_time() - begin


def measured(many: int, subjects: str) -> dict[str, float]:
    """One store with one chain, to which another one is joined, and joined again."""
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "ledger.db", os.urandom(32), create=True)
        migrate(engine, lambda _have: None, remake)
        own, other = chain("ws-a", "a", many), chain("ws-b", subjects, many)
        assert sha256(own[-1].body) == own[-1].hash
        found = {"append": append(engine, own), "join": join(engine, other), "again": join(engine, other)}
        engine.dispose()
    return found


def measure() -> dict[str, object]:
    """Seconds by number of events in each chain, events a second, the ratio to appending, and growth."""
    found: dict[str, object] = {"unit": "s of the processor", "events_per_subject": PER_SUBJECT}
    for name, subjects in (("beside", "b"), ("among", "a")):
        runs = {many: measured(many, subjects) for many in SIZES}
        largest = runs[SIZES[-1]]
        found[name] = {
            **{str(many): {what: round(took, 2) for what, took in run.items()} for many, run in runs.items()},
            "events_per_second": round(SIZES[-1] / largest["join"]),
            "ratio_to_append": round(largest["join"] / largest["append"], 2),
            "exponent": exponent({many: run["join"] for many, run in runs.items()}),
        }
    found["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
