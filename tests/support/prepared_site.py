"""A place with a site that is about to work, made once and copied: with subjects and another workstation.

In the folder of a :class:`Place` lie ``clinic`` (the site), ``ward`` (another workstation of it), ``parcels``
(what the ward sent, each named by the last event in it), ``old.db`` (the site's records as the first schema
kept them) and ``machine`` (what the machine notes of them).
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, islice
from typing import TYPE_CHECKING

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.packing import make_package
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import SubjectRow
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import STEPS
from crfapp.work.entry import RecordAnswer
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.clinic import SetClock
from tests.support.playing import FORMS
from tests.support.quick_site import QuickSite
from tests.support.two_workstations import TwoWorkstations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite

PACK = FORMS / "nct06813027"
SITE, WARD, PARCELS, OLD, MACHINE = "clinic", "ward", "parcels", "old.db", "machine"
SUBJECTS = 8
FINDINGLESS = {
    "SYSBP_VSORRES": range(120, 150),
    "DIABP_VSORRES": range(60, 80),
    "PULSE_VSORRES": range(60, 100),
    "RESP_VSORRES": range(12, 20),
    "OXYSAT_VSORRES": range(94, 100),
    "WEIGHT_VSORRES": range(60, 80),
}
"""Vital signs that may be recorded without a finding."""


@dataclass(frozen=True)
class Place:
    """A folder with all that belongs to the site and its machine."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / SITE

    def on_its_machine(self) -> None:
        """From here on this program runs on the machine of the place."""
        os.environ["CRFAPP_STATE"] = str(self.folder / MACHINE)

    @contextmanager
    def machine(self) -> Iterator[None]:
        """The same for a while."""
        before = os.environ.get("CRFAPP_STATE")
        self.on_its_machine()
        try:
            yield
        finally:
            if before is None:
                del os.environ["CRFAPP_STATE"]
            else:
                os.environ["CRFAPP_STATE"] = before

    def copy(self, folder: Path) -> Place:
        """Another such place."""
        return Place(shutil.copytree(self.folder, folder))


def prepare(folder: Path, *, parcels: int = 4, answers: int = 12) -> tuple[Place, bytes]:
    """Make a place, with so many packages of so many answers each from the ward; the key of the records."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(folder)
    with place.machine():
        clock = SetClock(SystemClock().now() - timedelta(hours=2))
        site = QuickSite(place.site, PACK, clock=clock)
        site.settle("rania", "haddad", "weber")
        with site.open() as opened:
            _begin(opened)
        both = TwoWorkstations(folder, PACK, site=site)
        (folder / PARCELS).mkdir()
        add_parcels(both, folder / PARCELS, parcels, answers)
        write_first_schema(place.site / "ledger.db", folder / OLD, site.key)
    return place, site.key


def _begin(opened: OpenSite) -> None:
    """Subjects of whom vital signs are about to be recorded."""
    nurse = opened.actor("rania")
    for _ in range(SUBJECTS):
        opened.bus.send(EnrolSubject(), nurse)
    for row in opened.desk.tables.find(SubjectRow):
        visit = VisitKey(row.subject, "V_SCR", 1)
        opened.bus.send(StartVisit(key=visit, date=str(opened.desk.today)), nurse)
        opened.bus.send(RecordAnswer(key=FormKey(*visit, "VS", 1), item="VSPERF", typed="Y"), nurse)


def add_parcels(both: TwoWorkstations, folder: Path, parcels: int, answers: int) -> None:
    """The ward records answers about its own subjects, and sends them in so many packages of so many each."""
    both.site.clock.later(minutes=1)
    number, clinic = count(), both.clinic.node
    with both.ward.open() as opened:
        nurse, items = opened.actor("rania"), list(FINDINGLESS)
        subjects = sorted(row.subject for row in opened.desk.tables.find(SubjectRow))[SUBJECTS // 2 :]
        for _ in range(parcels):
            for n in islice(number, answers):
                item = items[n % len(items)]
                key = FormKey(subjects[n // len(items) % len(subjects)], "V_SCR", 1, "VS", 1)
                typed = str(FINDINGLESS[item][n // 7 % len(FINDINGLESS[item])])
                told = RecordAnswer(key=key, item=item, typed=typed, reason="measured on the ward")
                opened.bus.send(told, nurse)
            with reading(opened.store.engine) as db:
                end, _ = EventLog().head(db, opened.store.workstation.node)
            made = make_package(opened, nurse, clinic)
            shutil.copyfile(made.path, folder / f"{end:06}.pgp")


def write_first_schema(ledger: Path, target: Path, key: bytes) -> None:
    """The records of a closed site as the first schema kept them: the log is what every schema has."""
    old = open_engine(target, key, create=True)
    new = open_engine(ledger, key)
    try:
        with reading(new) as db, writing(old) as into:
            for statement in STEPS[0].statements:
                into.execute(statement)
            for table in ("content", "event"):
                rows = db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
                held = ", ".join("?" * len(rows[0]))
                into.executemany(f"INSERT INTO {table} VALUES ({held})", rows)  # noqa: S608
            into.execute("PRAGMA user_version = 1")
    finally:
        new.dispose()
        old.dispose()
