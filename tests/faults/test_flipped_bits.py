"""T-11: one bit decays, in every page of the database, every frame of its log, every page of a backup.

Whatever decayed is noticed when the records are opened or walked, or nothing that anybody recorded differs.
The damaged file stays as it is, byte for byte; the newest copy that is whole is named, and no other.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.ground import translations_folder
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import Texts
from crfapp.store import site_store
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.store.sound_copy import newest_sound_copy, sound_copy_named
from tests.support.fault_figures import Figure, many, note
from tests.support.prepared_site import Place
from tests.support.site_at_work import AtWork

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.faults.conftest import Prepared

PAGE, FRAME, LOG_HEADER = 4096, 4096 + 24, 32
ANSWERS = 12


class Records(NamedTuple):
    """Records whose program was killed (their log is there), and copies of them; where their chains end."""

    site: Path
    key: bytes
    ends: dict[str, str]

    @property
    def ledger(self) -> Path:
        return self.site / "ledger.db"

    @property
    def log(self) -> Path:
        return self.site / "ledger.db-wal"


@pytest.fixture(scope="module")
def killed(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Records:
    """A site with two backups and a log of twelve answers that never came into the database itself."""
    folder = tmp_path_factory.mktemp("decay")
    place, copy = prepared.place.copy(folder / "place"), Place(folder / "killed")
    with place.machine():
        at_work = AtWork(place.folder, prepared.key, folder / "stick")
        backups = at_work.opened.store.backups
        backups.mkdir(exist_ok=True)
        at_work.opened.store.backup_to(backups / "older.db")
        at_work.opened.store.backup_to(backups / "newer.db")
        for number in range(ANSWERS):
            at_work.save(number)
        shutil.copytree(place.site, copy.site)
        ends = {end.node: end.hash for end in at_work.opened.store.verify().heads}
        at_work.close()
    return Records(copy.site, prepared.key, ends)


def flipped(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1 << at % 8
    file.write_bytes(content)


def noticed(records: Records, to: Path) -> tuple[bool, str]:
    """Whether the next start, or a walk, notices or nothing that was recorded differs; and what was said."""
    folder = SiteFolder.open(to)
    before = {file: file.read_bytes() for file in (to / "ledger.db", to / "ledger.db-wal") if file.is_file()}
    try:
        with sound_copy_named(to / "backups", records.key):
            store = SiteStore.open(folder, records.key)
    except AppProblem as problem:
        kept = all(file.is_file() and file.read_bytes() == content for file, content in before.items())
        what, todo = problem_text(problem, Texts("en", translations_folder()))
        return kept and "newer.db" in what, f"{problem.code} {what} {todo}"
    try:
        found = store.verify()
        same = {end.node: end.hash for end in found.heads} == records.ends and store.compare() == []
        return bool(found.wrong) or same or store.torn, f"{found.wrong}, torn: {store.torn}"
    except AppProblem as problem:
        return True, problem.code
    finally:
        store.close()


def unnoticed(records: Records, name: str, places: Sequence[int], scratch: Path) -> list[str]:
    """Where a flipped bit changed what is recorded and nobody said so."""
    missed = []
    for at in places:
        to = scratch / f"{name}-{at}"
        shutil.copytree(records.site, to)
        flipped(to / name, at)
        fine, said = noticed(records, to)
        missed += [] if fine else [f"{name} at {at}: {said}"]
        shutil.rmtree(to)
    return missed


def spread(size: int, unit: int, first: int, count: int) -> list[int]:
    """One byte of every unit, or of so many of them, each at another place of it."""
    units = (size - first) // unit
    chosen = range(units) if count >= units else [units * n // count for n in range(count)]
    return [first + unit * n + (7919 * n + 40) % unit for n in chosen]


@pytest.fixture
def _one_machine(prepared: Prepared) -> Iterator[None]:
    with prepared.place.machine():
        yield


@pytest.mark.req("REQ-105")
@pytest.mark.usefixtures("_one_machine")
def test_a_flipped_bit_in_the_database_is_noticed_or_harmless(killed: Records, tmp_path: Path) -> None:
    places = spread(killed.ledger.stat().st_size, PAGE, 0, many(6, 10_000))
    missed = unnoticed(killed, "ledger.db", places, tmp_path)
    note(Figure("T-11", "a bit flips in a page of the database", tried=len(places), bad=len(missed)))
    assert missed == []


@pytest.mark.req("REQ-105")
@pytest.mark.usefixtures("_one_machine")
def test_a_flipped_bit_in_the_log_loses_nothing_without_a_word(
    killed: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin takes a log as SQLite does, which forgets without a word what lies behind a decayed frame."""
    places = [0, 9, 17, 24, *spread(killed.log.stat().st_size, FRAME, LOG_HEADER, many(6, 10_000))]
    missed = unnoticed(killed, "ledger.db-wal", places, tmp_path)
    monkeypatch.setattr(site_store, "log_end", lambda _ledger: "whole")
    twin = places[: many(3, 40)]
    forgotten = unnoticed(killed, "ledger.db-wal", twin, tmp_path)
    note(
        Figure(
            "T-11",
            "a bit flips in a frame of the log of a killed program",
            tried=len(places),
            bad=len(missed),
            twin="looking at the log before it is taken",
            twin_tried=len(twin),
            twin_bad=len(forgotten),
        )
    )
    assert missed == []
    assert forgotten


@pytest.mark.req("REQ-105")
def test_a_decayed_backup_is_never_the_one_that_is_named(killed: Records, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    shutil.copytree(killed.site / "backups", backups)
    newer = backups / "newer.db"
    whole, offered, changed = newer.read_bytes(), 0, 0
    places = spread(len(whole), PAGE, 0, many(6, 10_000))
    for at in places:
        flipped(newer, at)
        decayed, when = newer.read_bytes(), newer.stat().st_mtime
        found = newest_sound_copy(backups, killed.key)
        offered += found is None or found.name != "older.db"
        changed += newer.read_bytes() != decayed or newer.stat().st_mtime != when
        newer.write_bytes(whole)
    found = newest_sound_copy(backups, killed.key)
    note(Figure("T-11", "a bit flips in a page of a backup", tried=len(places), bad=offered + changed))
    assert (offered, changed) == (0, 0)
    assert found is not None
    assert found.name == "newer.db"


@pytest.mark.usefixtures("_one_machine")
def test_a_site_that_was_put_together_again_opens(killed: Records, tmp_path: Path) -> None:
    """Nothing of the above would mean anything if the copy did not open with no bit flipped."""
    shutil.copytree(killed.site, tmp_path / "site")
    assert noticed(killed, tmp_path / "site") == (True, "(), torn: False")
    assert Code.DATABASE_DAMAGED not in killed.ends
