"""The workbook of a site of 50 subjects (1,000 in full): seconds, memory, openpyxl on the same cells.

The site is made of real events: the flagship's example subject, again and again, in an encrypted store.
Every run is a process of its own, so that its peak is its own.
``python -m tests.bench.workbook_site [SUBJECTS] [EVENTS_OF_EACH]`` prints the figures as JSON.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.bootstrap.exporting import snapshot_of
from crfapp.bootstrap.sites import OpenSite
from crfapp.exchange.dataset import sheets_of
from crfapp.exchange.site_data import Making, SiteData
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.chain import seal
from crfapp.ledger.events import SubjectEnrolled, ValueRecorded
from crfapp.ledger.fold import changes_of
from crfapp.ledger.keys import EventId
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.work.people import FoundSite, InstallPack
from crfapp.work.sentences import plain
from tests.bench._kept import Kept, Limit, sized
from tests.support.clinic import ADMIN, SetClock
from tests.support.playing import shipped_study
from tests.support.site_of import example_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.changes import Change
    from crfapp.store.ledger import SqlTransaction
    from crfapp.study.study import Study

ROOT = Path(__file__).parents[2]
KEY = bytes(range(32))
PACK = "nct06813027"
EXAMPLE = "JO01-003"
SUBJECTS, EVENTS = sized(50, 1_000), 250
_ALONE = Limit("openpyxl_write_only_seconds", "openpyxl on the same cells")
FIGURES = (
    Kept("workbook of a site: written", "write_seconds", "s", _ALONE),
    Kept("the same encrypted, read back and compared", "hand_over_seconds", "s", _ALONE),
    Kept("peak of memory while it is handed over", "hand_over_peak_mb", "MB", tolerance=1.25),
)
_BATCH = 20


def make_site(folder: Path, subjects: int, events: int) -> int:
    """Fill a store; how many events the subjects have."""
    study = shipped_study(PACK)
    site = _founded(folder, study)
    template = template_of(events)
    try:
        for first in range(0, subjects, _BATCH):
            with site.store.ledger.transaction() as running:
                for number in range(first, min(subjects, first + _BATCH)):
                    append_subject(running, template, number, site.store.workstation.node)
        return subjects * len(template)
    finally:
        site.close()


def append_subject(running: SqlTransaction, template: list[Record], number: int, node: str) -> None:
    """One more subject, at the end of the chain."""
    links: list[Sealed] = []
    changes: list[Change] = []
    for record in _copied(template, number, node, running.head.seq):
        prev = links[-1].hash if links else running.head.hash
        record = replace(record, envelope=replace(record.envelope, prev=prev))
        links.append(seal(record.envelope, record.event, bytes))
        changes += changes_of(record)
    running.append(links, changes, running.head.hybrid)


def _founded(folder: Path, study: Study) -> OpenSite:
    card = SiteCard(site="s1", study=study.head.study, code="JO01")
    site = OpenSite.create(folder, card, KEY, study, SetClock())
    site.bus.send(FoundSite(site="s1", code="JO01", name="CTC", zone="Asia/Amman", study=PACK), ADMIN)
    version = study.head.version
    site.bus.send(InstallPack(site="s1", study=PACK, pack_version=version, content=study.hash), ADMIN)
    return site


def template_of(events: int) -> list[Record]:
    """What happened to the example subject, as many events of it."""
    clinic = example_site()
    subject = next(
        link.subject
        for link in clinic.ledger.links
        if link.kind == SubjectEnrolled.kind and EXAMPLE.encode() in link.body
    )
    return list(MemoryEvents(clinic.ledger).records(subject=subject))[:events]


def _copied(template: list[Record], number: int, node: str, last: int) -> Iterator[Record]:
    """The example's events as those of another subject, numbered from the end of the chain."""
    places = {record.envelope.id: EventId(node, last + n) for n, record in enumerate(template, 1)}
    for record in template:
        event = record.event.model_copy(update={"subject": f"s{number:07d}"})
        if isinstance(event, SubjectEnrolled):
            event = event.model_copy(update={"number": f"JO01-{number + 1:04d}"})
        if isinstance(event, ValueRecorded):
            heads = tuple(places[head] for head in event.supersedes if head in places)
            event = event.model_copy(update={"supersedes": heads})
        seq = places[record.envelope.id].seq
        yield replace(record, event=event, envelope=replace(record.envelope, node=node, seq=seq))


@contextmanager
def site_data(folder: Path) -> Iterator[SiteData]:
    """The site in one snapshot."""
    site = OpenSite.open(SiteFolder.open(folder), KEY, SetClock())
    try:
        with snapshot_of(site) as snapshot:
            making = Making(site.desk.now, "Bench", "0")
            yield SiteData(snapshot, site.desk.study, making, language="en", say=plain)
    finally:
        site.close()


def _read(folder: Path) -> dict[str, float]:
    with site_data(folder) as data:
        rows = cells = 0
        for sheet in sheets_of(data):
            for row in sheet.rows():
                rows, cells = rows + 1, cells + len(row)
    return {"rows": rows, "cells": cells}


def _write(folder: Path) -> dict[str, float]:
    from crfapp.exchange.workbook import write_workbook
    from crfapp.exchange.workbook_parts import Properties

    with site_data(folder) as data:
        made = Properties("b", "b", datetime(2026, 1, 1, tzinfo=UTC))
        out = io.BytesIO()
        write_workbook(sheets_of(data), out, properties=made)
    return {"plain_mb": len(out.getvalue()) / 1e6}


def _hand_over(folder: Path) -> dict[str, float]:
    from crfapp.exchange.export_workbook import export_workbook

    with tempfile.TemporaryDirectory() as out, site_data(folder) as data:
        target = Path(out, "bench.xlsx")
        report = export_workbook(data, target, "one shared secret", progress=lambda *_: None)
    return {"file_mb": report.bytes / 1e6}


def _openpyxl(folder: Path) -> dict[str, float]:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    with site_data(folder) as data:
        for sheet in sheets_of(data):
            page = book.create_sheet(sheet.name)
            page.append([column.name for column in sheet.columns])
            for row in sheet.rows():
                page.append(row)
    with tempfile.TemporaryDirectory() as out:
        book.save(Path(out, "bench.xlsx"))
    return {}


RUNS: dict[str, Callable[[Path], dict[str, float]]] = {
    "read": _read,
    "write": _write,
    "hand_over": _hand_over,
    "openpyxl_write_only": _openpyxl,
}


def run_once(name: str, folder: Path) -> dict[str, float]:
    """One run in a process of its own: seconds of the processor, peak memory in MB, and what it counted."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.workbook_site", "--run", name, str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(subjects: int = SUBJECTS, events: int = EVENTS) -> dict[str, float | int]:
    """Each run once (a run takes minutes), with ratios to openpyxl reading and writing the same cells."""
    figures: dict[str, float | int] = {"subjects": subjects}
    with tempfile.TemporaryDirectory() as out:
        folder = Path(out, "site")
        begin = time.perf_counter()
        figures["events"] = make_site(folder, subjects, events)
        figures["made_seconds"] = round(time.perf_counter() - begin, 1)
        for name in RUNS:
            for key, value in run_once(name, folder).items():
                figures[key if key in {"rows", "cells"} else f"{name}_{key}"] = round(value, 2)
    alone = figures["openpyxl_write_only_seconds"]
    for name in ("write", "hand_over"):
        figures[f"{name}_ratio"] = round(figures[f"{name}_seconds"] / alone, 3)
    return figures


def _timed(name: str, folder: Path) -> dict[str, float]:
    begin = time.process_time()
    counted = RUNS[name](folder)
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": peak, **counted}


def main(arguments: list[str]) -> None:
    """Run one measure for the parent, or all of them for a person."""
    if arguments[:1] == ["--run"]:
        figures: dict[str, float | int] = {**_timed(arguments[1], Path(arguments[2]))}
    else:
        figures = measure(*map(int, arguments))
    sys.stdout.write(json.dumps(figures, indent=None if arguments[:1] == ["--run"] else 2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
