"""Whether anything grows over a long day: 1,000 forms opened one after the other in the real window.

A site of 20 subjects, encrypted, a nurse logged in; forms of all subjects in turn, in between the other pages
of the rail and the list of subjects, as in eight hours. Memory and counts of objects stand at 100, 500 and
1,000 openings: what a form needs is made by the first 100.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from crfapp.ledger.state import FormRow
from crfapp.present.address import Address
from crfapp.ui.picturing import settle
from crfapp.ui.shell.frame import Frame
from tests.bench._kept import Kept, Limit
from tests.bench._peaks import memory_mb
from tests.bench._site_window import alive, nurse_at_work, populated

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBJECTS, EVENTS = 20, 250
OPENINGS, MARKS = 1_000, (100, 500, 1_000)
OTHERS = ("today", "subjects", "queries")
EVERY = 25
_BEFORE = Limit("500/widgets", "after 500, at another form")
FIGURES = (
    Kept("resident memory after 100 openings of forms", "100/rss", "MB", compared=False),
    Kept("after 500", "500/rss", "MB", compared=False),
    Kept("after 1,000", "1000/rss", "MB", Limit("500/rss", "after 500"), tolerance=1.05),
    Kept("memory that the last 500 openings added", "grew_mb", "MB", goal=2, compared=False),
    Kept(
        "objects of Python after 1,000",
        "1000/objects",
        "objects",
        Limit("500/objects", "500"),
        tolerance=1.02,
    ),
    Kept("widgets after 1,000, those of the open form among them", "1000/widgets", "widgets", _BEFORE),
)


def forms_of(frame: Frame) -> Iterator[Address]:
    """Every begun form of a subject, then of the next, over and over."""
    rows = frame._at.desk.tables.find(FormRow)
    return cycle([Address("casebook", r.subject, r.visit, r.visit_n, r.form, r.form_n) for r in rows])


def day(frame: Frame, openings: int, marks: tuple[int, ...], *, pause_ms: int = 1) -> dict[str, object]:
    """Open so many forms; memory and counts at the marks."""
    found: dict[str, object] = {}
    begun = time.thread_time()
    for number, address in enumerate(islice(forms_of(frame), openings), 1):
        frame.go(address)
        settle(pause_ms)
        if number % EVERY == 0:
            for page in OTHERS:
                frame.go(Address(page))
                settle(pause_ms)
        if number in marks:
            found[str(number)] = {**alive(), **memory_mb()}
    return {**found, "ms_an_opening": round(1000 * (time.thread_time() - begun) / openings, 1)}


def measure() -> dict[str, object]:
    """Counts and MB at the marks, in a process that has not made the site."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        os.environ["XDG_STATE_HOME"] = name
        password = populated(folder, SUBJECTS, EVENTS)
        command = [sys.executable, "-m", "tests.bench.long_day", str(folder), password]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    grew = found["1000"]["rss"] - found["500"]["rss"]
    return {"subjects": SUBJECTS, "openings": OPENINGS, **found, "grew_mb": round(grew, 1)}


def lived(folder: Path, password: str) -> dict[str, object]:
    """The day in this process."""
    with nurse_at_work(folder, password) as window:
        frame = window.centralWidget()
        assert isinstance(frame, Frame)
        return day(frame, OPENINGS, MARKS)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(lived(Path(sys.argv[1]), sys.argv[2])))
