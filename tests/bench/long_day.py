"""Whether anything grows over a long day: 1,000 forms opened one after the other in the real window.

A site of 20 subjects, encrypted, a nurse logged in; forms of all subjects in turn, in between the other pages
of the rail and the list of subjects, as in eight hours. Memory and counts of objects stand at 100, 500 and
1,000 openings: what a form needs is made by the first 100.
"""

from __future__ import annotations

import os
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
FIGURES = (
    Kept("resident memory after 1,000 openings of forms", "1000/rss", "MB", Limit("100/rss", "after 100")),
    Kept("widgets alive after 1,000 openings", "1000/widgets", "widgets", Limit("500/widgets", "after 500")),
    Kept("our objects alive after 1,000", "1000/ours", "objects", Limit("500/ours", "after 500")),
    Kept("memory that 900 openings added", "grew_mb", "MB", goal=10, compared=False),
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
    """Counts and MB at the marks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        os.environ["XDG_STATE_HOME"] = name
        password = populated(folder, SUBJECTS, EVENTS)
        with nurse_at_work(folder, password) as window:
            frame = window.centralWidget()
            assert isinstance(frame, Frame)
            found = day(frame, OPENINGS, MARKS)
    first, last = (found[str(mark)] for mark in (MARKS[0], MARKS[-1]))
    grew = last["rss"] - first["rss"]  # type: ignore[index]
    return {"subjects": SUBJECTS, "openings": OPENINGS, **found, "grew_mb": round(grew, 1)}
