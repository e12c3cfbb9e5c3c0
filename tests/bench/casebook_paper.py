"""A casebook as a PDF: seconds for a hundred pages, of them the part of reading, and peak memory.

One subject of real events (the flagship's example, with its whole audit trail) in an encrypted store.
``python -m tests.bench casebook_paper`` prints the figures.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPainter, QPdfWriter

from crfapp.bootstrap.casebooks import casebook_of, subjects_named
from crfapp.bootstrap.papers import put_pages
from crfapp.bootstrap.sites import OpenSite
from crfapp.store.site_folder import SiteFolder
from tests.bench._kept import Kept, Limit
from tests.bench.workbook_site import KEY, make_site
from tests.support.clinic import RANIA, SetClock

EVENTS = 2_000
"""The example signs later than that, and a signature copied to another chain is refused."""

FIGURES = (
    Kept(
        "a casebook on paper: 100 pages",
        "processor_seconds_for_100_pages",
        "s",
        Limit("bare_seconds_for_100_pages", "the same number of words put on a PDF by Qt alone"),
    ),
    Kept("peak of memory meanwhile", "peak_mb", "MB", tolerance=1.25),
)


WORDS = 300
"""Words on a page of a casebook, about."""


def bare_pdf(pages: int = 100) -> float:
    """Processor seconds for as many pages of words, drawn by Qt and nothing else."""
    begin, out = time.process_time(), QBuffer()
    out.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(out)
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        for word in range(WORDS):
            painter.drawText(1200 * (word % 6), 300 * (word // 6), f"Answer {page * WORDS + word}")
    painter.end()
    return time.process_time() - begin


def measure(events: int = EVENTS) -> dict[str, float | int]:
    """One casebook: reading it, drawing it; peak memory of this process, Qt and store in it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as out:
        os.environ["XDG_STATE_HOME"] = out  # what this machine noted of other sites made here is another's
        folder = Path(out, "site")
        make_site(folder, 1, events)
        site = OpenSite.open(SiteFolder.open(folder), KEY, SetClock())
        try:
            [subject] = subjects_named(site, ())
            begin, used = time.perf_counter(), time.process_time()
            booklet = casebook_of(site, RANIA, subject, language="en", whole=False)
            read = time.perf_counter() - begin
            target = Path(out, "casebook.pdf")
            _, pages = put_pages(booklet, target)
            whole, used = time.perf_counter() - begin, time.process_time() - used
            size = target.stat().st_size
        finally:
            site.close()
    return {
        "pages": pages,
        "seconds_for_100_pages": round(whole / pages * 100, 2),
        "processor_seconds_for_100_pages": round(used / pages * 100, 2),
        "bare_seconds_for_100_pages": round(bare_pdf(), 3),
        "reading_share": round(read / whole, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "file_mb": round(size / 1e6, 2),
    }
