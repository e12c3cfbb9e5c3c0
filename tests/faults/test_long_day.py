"""T-61: a day of three workstations at which people work, hear each other, are killed and run out of disk.

Each step is a program of its own on the records on disk, drawn from a seed that stands in the figure. After
each: the chains are sound, no event that was there is gone, and the tables are what the ledger tells.
``CRFAPP_SOAK_MINUTES`` says how long a full run goes on (10).
"""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import AppProblem
from crfapp.store import engine as engine_room
from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import EventLog
from crfapp.store.ledger import SqlLedger
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import compare, remake
from crfapp.store.verify import verify
from tests.properties.exchanges import NAMES
from tests.support.clinic import Clinic
from tests.support.fault_figures import FULL, Figure, note
from tests.support.golden import killed_at
from tests.support.random_work import BEGUN, Step, work
from tests.support.tiny import tiny_study
from tests.support.workstations import Workstation

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

KEY = bytes(range(32))
SEED, SHORT = 20250105, 24
MINUTES = float(os.environ.get("CRFAPP_SOAK_MINUTES", "10"))
STEPS: list[Step] = [
    ("enrol",),
    ("answer", "V_SCR", "DM", "", "SEX", "F", "misread"),
    ("answer", "V_SCR", "DM", "", "SEX", "M", "misread"),
    ("answer", "V_SCR", "DM", "SIT", "SYS", "220", "misread"),
    ("missing", "V_SCR", "DM", "", "BRTHDAT", "UNK", "misread"),
    ("row", "V_BASE"),
    ("book", "V_W4"),
    ("complete", "V_SCR", "DM"),
    ("reopen", "V_SCR", "DM"),
]


class AtWork(Workstation):
    """A workstation whose program was started just now on what is on disk; ``chance`` is its own."""

    def __init__(self, name: str, engine: Engine, chance: int) -> None:
        Clinic.__init__(self, tiny_study(), ledger=SqlLedger(engine, name), chance=chance)
        self.name, self.engine, self.number = name, engine, chance


class Day:
    """The records of three workstations in a folder, and what is known to be in them."""

    def __init__(self, folder: Path, *, torn: bool = False) -> None:
        folder.mkdir()
        self.torn = torn
        self.folder, self.chance = folder, random.Random(SEED)  # noqa: S311 - a day that can be had again
        self.steps, self.faults, self.known = 0, 0, dict.fromkeys(NAMES[:3], 0)
        self.broken: list[str] = []
        for name in self.known:
            engine = self.engine(name, create=True)
            migrate(engine, lambda _have: None, remake)
            if name == NAMES[0]:
                work(AtWork(name, engine, 1), BEGUN)
            engine.dispose()
        for name in NAMES[1:3]:
            self.join(name)

    def engine(self, name: str, *, create: bool = False) -> Engine:
        return open_engine(self.folder / f"{name}.db", KEY, create=create)

    def join(self, name: str) -> None:
        """A new workstation gets what the first one has."""
        first, mine = self.engine(NAMES[0]), self.engine(name)
        with reading(first) as db:
            links = list(EventLog().read(db))
        with SqlLedger(mine, name).transaction() as running:
            running.receive(links)
        first.dispose()
        mine.dispose()

    def step(self) -> None:
        """Somebody does something somewhere, and something may go wrong; then all is looked at."""
        self.steps += 1
        name, other = self.chance.sample(sorted(self.known), 2)
        does = self.chance.sample(STEPS, 3)
        hears, fault = self.chance.random() < 0.4, self.chance.choice(["", "", "kill", "full", "clock"])
        number, minutes = self.steps + 1, self.chance.randint(-600, 90) if fault == "clock" else self.steps
        room, moment = self.chance.randint(0, 40), self.chance.randint(15, 80)
        self.faults += bool(fault)

        def act() -> None:
            if self.torn:
                _tear_saves()
            engine = self.engine(name)
            if fault == "full":
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (room * 4096,) * 2)
            here = AtWork(name, engine, number)
            here.later(minutes)
            try:
                if hears:
                    here.hear(AtWork(other, self.engine(other), 0))
                work(here, does)
            except AppProblem:
                pass  # a refusal with its words is part of it

        killed, code = killed_at(moment if fault == "kill" else 0, act)
        if not killed and code:
            self.broken.append(f"step {self.steps}, {fault or 'no fault'}: it ended without a word")
        self.look(name)

    def look(self, name: str) -> None:
        """What must hold after each step."""
        engine = self.engine(name)
        with reading(engine) as db:
            found = verify(db)
        differs = compare(engine, self.folder)
        if found.wrong or found.events < self.known[name] or differs:
            self.broken.append(f"step {self.steps}: {found.wrong}, {found.events} events, {differs[:1]}")
        self.known[name] = found.events
        engine.dispose()


def _tear_saves() -> None:
    """The twin: each statement of a save is on disk as soon as it was run."""
    execute = engine_room.SqliteDb.execute

    def without_transaction(db: Any, sql: str, *values: Any) -> Any:
        return execute(db, "SELECT 1" if sql in ("BEGIN IMMEDIATE", "COMMIT") else sql, *values)

    told: Any = engine_room.SqliteDb
    told.execute = without_transaction


@pytest.mark.req("REQ-105")
def test_a_long_day_of_three_workstations_loses_nothing(tmp_path: Path) -> None:
    day, until = Day(tmp_path / "day"), time.monotonic() + MINUTES * 60
    while day.steps < SHORT or (FULL and time.monotonic() < until):
        day.step()
    twin = Day(tmp_path / "twin", torn=True)
    while twin.steps < SHORT and not twin.broken:
        twin.step()
    note(
        Figure(
            "T-61",
            "three workstations at work, hearing each other, killed, out of disk, with moved clocks",
            tried=day.steps,
            bad=len(day.broken),
            twin="one transaction around each save",
            twin_tried=twin.steps,
            twin_bad=len(twin.broken),
            more=f"seed {SEED}, {day.faults} faults, {sum(day.known.values()):,} events in the end",
        )
    )
    assert day.broken == []
    assert twin.broken
    assert sum(day.known.values()) > 3 * len(BEGUN)
