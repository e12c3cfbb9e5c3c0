"""Whatever a crash leaves of what was being written, the next start finds the old state or the new one.

The store's own statements of real work, recorded at a real site, are told to SQLite on a recording file
system (:mod:`tests.support.crash_states`); then ways to lose what was not synced yet are tried, in full
20,000 states for each kind of work. A change of password is no statement: it is a file, and the power cuts
try it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from tests.support.crash_states import record, states, wrong_with
from tests.support.fault_figures import Figure, many, note
from tests.support.prepared_site import prepare
from tests.support.recorded_sql import changes, recording, write_plain
from tests.support.site_at_work import OPERATIONS, AtWork, put_old

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.support.crash_states import Files, Recorded
    from tests.support.prepared_site import Place
    from tests.support.recorded_sql import Statement

WORK = {"save": 12, "sign": 3, "import": 1, "redact": 1}
"""How often each kind of work is done while it is recorded."""
STATES = many(80, 20_000)
TWIN_STATES = many(25, 2_000)
AGAIN = many(4, 200)
TWIN_AGAIN = many(10, 100)
TWICE = many(10, 50)
IMPORTED = many(12, 1_000)
ONE_COMMIT = ("import", "upgrade")


@dataclass(frozen=True)
class Work:
    """What the database was before, and what it was told."""

    begin: Files
    told: Sequence[Sequence[Statement]]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Work]:
    """What a real site tells its database, by kind of work."""
    folder = tmp_path_factory.mktemp("recorded")
    place, key = prepare(folder / "place", parcels=1, answers=IMPORTED)
    old = place.copy(folder / "old")
    found = {}
    with place.machine(), recording(place.site / "ledger.db") as told:
        at_work = AtWork(place.folder, key, folder / "stick")
        for kind, times in WORK.items():
            begin, before = plain(place, key, folder / f"{kind}.db"), len(told)
            for number in range(times):
                OPERATIONS[kind](at_work, number)
            found[kind] = Work(begin, [*changes(told[before:])])
        at_work.close()
    put_old(old.folder)
    begin = plain(old, key, folder / "old.db")
    with old.machine(), recording(old.site / "ledger.db") as told:
        SiteStore.open(SiteFolder.open(old.site), key).close()
    found["upgrade"] = Work(begin, [*changes(told)])
    return found


def plain(place: Place, key: bytes, target: Path) -> Files:
    """The database as it lies there, without its cipher."""
    write_plain(place.site / "ledger.db", key, target)
    return {"db": target.read_bytes()}


def wrong_in(recorded: Recorded, folder: Path, wanted: int) -> tuple[int, list[str]]:
    """How many states were tried, and what was wrong with which."""
    chance = random.Random(20250112)  # noqa: S311 (picks what is lost)
    tried, wrong = 0, []
    for state in states(recorded, chance, wanted):
        tried += 1
        if found := wrong_with(state, recorded, folder):
            wrong.append(found)
    return tried, wrong


@pytest.mark.parametrize("kind", [*WORK, "upgrade"])
def test_a_crash_leaves_the_old_state_or_the_new_one(
    work: dict[str, Work], tmp_path: Path, kind: str
) -> None:
    """The twin of many small commits does not wait for them; that of one large one has none around it."""
    here = work[kind]
    recorded = record(here.begin, tmp_path, here.told)
    tried, wrong = wrong_in(recorded, tmp_path, STATES)

    if kind in ONE_COMMIT:
        twin, sabotaged = "one transaction for all of it", record(here.begin, tmp_path, loose(here.told))
    else:
        twin = "waiting for the disk at each commit"
        sabotaged = record(here.begin, tmp_path, here.told, synchronous="NORMAL")
    twins, broken = wrong_in(sabotaged, tmp_path, TWIN_STATES)

    note(
        Figure(
            "T-02",
            f"crash states of {kind}",
            tried=tried,
            bad=len(wrong),
            twin=twin,
            twin_tried=twins,
            twin_bad=len(broken),
            more=f"{len(recorded.ops):,} operations on files, {len(here.told)} transactions",
        )
    )
    assert wrong == []
    assert broken != []


def loose(told: Sequence[Sequence[Statement]]) -> list[list[Statement]]:
    """Every statement by itself."""
    return [[one for one in change if one.sql not in ("BEGIN IMMEDIATE", "COMMIT")] for change in told]


def test_a_crash_while_recovering_from_a_crash(work: dict[str, Work], tmp_path: Path) -> None:
    """What the next start writes to recover is lost in parts too; the one after it finds the same."""
    tried, wrong = again(work, tmp_path, "FULL", AGAIN)
    twins, broken = again(work, tmp_path, "OFF", TWIN_AGAIN)

    note(
        Figure(
            "T-08",
            "crash states of a recovery from a crash state",
            tried=tried,
            bad=len(wrong),
            twin="waiting for the disk while recovering",
            twin_tried=twins,
            twin_bad=len(broken),
        )
    )
    assert wrong == []
    assert broken != []


def again(work: dict[str, Work], folder: Path, synchronous: str, times: int) -> tuple[int, list[str]]:
    """Crash a recovery of states that a crash left; how often that was tried, and what was wrong."""
    tried, wrong, chance = 0, [], random.Random(8)  # noqa: S311 (picks what is lost)
    for kind in ("save", "redact"):
        recorded = record(work[kind].begin, folder, work[kind].told)
        for state in states(recorded, chance, times):
            recovery = record(state.files, folder, [], synchronous)
            if not set(recovery.digests) & set(recorded.digests[state.acknowledged :][:2]):
                wrong.append(f"{state.what}: not recovered")
            for once_more in states(recovery, chance, TWICE):
                tried += 1
                if found := wrong_with(once_more, recovery, folder):
                    wrong.append(f"{state.what}; then {found}")
    return tried, wrong
