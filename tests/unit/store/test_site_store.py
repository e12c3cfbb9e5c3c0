"""A site opened, worked on, closed and opened again; and every state in which it must not open for work."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.state import SubjectRow
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import EVIDENCE, STEPS, Step
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.work.subjects import EnrolSubject
from tests.support.clinic import Clinic
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
DAY = date(2025, 1, 12)


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    """A site where one subject was enrolled, closed in the evening."""
    folder = SiteFolder.create(tmp_path / "site", SiteCard("s1", "tiny", "JO01"))
    store = SiteStore.create(folder, KEY)
    Clinic(tiny_study(), ledger=store.ledger).enrol()
    store.close()
    return folder


def spoil(folder: SiteFolder, *statements: str) -> None:
    engine = open_engine(folder.ledger, KEY)
    with writing(engine) as db:
        for statement in statements:
            db.execute(statement)
    engine.dispose()


def refusal(folder: SiteFolder, key: bytes = KEY, **how: Any) -> AppProblem:
    with pytest.raises(AppProblem) as refused:
        SiteStore.open(folder, key, **how)
    with folder.held():  # whatever the failure, the folder is free again
        return refused.value


def test_the_next_morning_everything_is_there_and_goes_on(folder: SiteFolder) -> None:
    store = SiteStore.open(folder, KEY)
    assert re.fullmatch("ws-[0-9a-f]{8}", store.workstation.node)
    assert [row.number for row in store.ledger.tables.find(SubjectRow)] == ["JO01-001"]
    with store.ledger.transaction() as running:
        assert running.head.seq == store.workstation.anchor.seq == 2
        assert running.head.hash == store.workstation.anchor.hash
    assert store.verify().breaks == ()
    assert store.compare() == []
    store.close()
    store.close()
    assert SiteStore.open(folder, KEY).workstation == store.workstation


def test_one_program_has_a_site_at_a_time(folder: SiteFolder) -> None:
    store = SiteStore.open(folder, KEY)
    with pytest.raises(AppProblem) as refused:
        SiteStore.open(folder, KEY)
    assert refused.value.code is Code.SITE_OPEN
    store.close()
    SiteStore.open(folder, KEY).close()


def test_a_site_is_created_once(folder: SiteFolder) -> None:
    with pytest.raises(AppProblem) as refused:
        SiteStore.create(folder, KEY)
    assert refused.value.code is Code.SITE_EXISTS
    assert refusal(folder, bytes(32)).code is Code.WRONG_KEY


@pytest.mark.req("REQ-106", "REQ-107")
@pytest.mark.parametrize(
    ("sabotage", "code", "facts"),
    [
        (["DROP TABLE event"], Code.LOG_MISSING, {"object": "event"}),
        (["ALTER TABLE event RENAME TO past"], Code.LOG_MISSING, {"object": "event"}),
        (["DROP TRIGGER event_keeps"], Code.LOG_MISSING, {"object": "event_keeps"}),
        (["DROP TRIGGER content_grows"], Code.LOG_MISSING, {"object": "content_grows"}),
        (
            ["CREATE TRIGGER quiet BEFORE INSERT ON item BEGIN SELECT RAISE(IGNORE); END"],
            Code.LOG_MISSING,
            {"object": "quiet"},
        ),
        (["PRAGMA user_version = 0"], Code.LOG_MISSING, {"object": "event"}),
        (["PRAGMA user_version = 99"], Code.TOO_NEW, {"have": 99, "newest": len(STEPS)}),
        (["DROP TABLE item"], Code.TABLES_DIFFER, {"table": "item", "what": "missing"}),
        (
            ["DROP TRIGGER event_keeps", "UPDATE event SET at = 'x' WHERE seq = 1", EVIDENCE["event_keeps"]],
            Code.CHAIN_BROKEN,
            {"node": "*", "seq": 1, "what": "its columns differ from its content"},
        ),
        (
            ["DROP TRIGGER event_stays", "DELETE FROM event WHERE seq = 2", EVIDENCE["event_stays"]],
            Code.CHAIN_BROKEN,
            {"node": "*", "seq": 2, "what": "events 2 to 2 are cut off"},
        ),
        (
            ["DROP TRIGGER event_stays", "DELETE FROM event", EVIDENCE["event_stays"]],
            Code.CHAIN_BROKEN,
            {"node": "*", "seq": 1, "what": "events 1 to 2 are cut off"},
        ),
    ],
)
def test_a_site_whose_evidence_was_touched_does_not_open_for_work(
    folder: SiteFolder, sabotage: list[str], code: Code, facts: dict[str, Any]
) -> None:
    spoil(folder, *sabotage)
    refused = refusal(folder)
    assert refused.code is code
    assert {**refused.facts, **({"node": "*"} if "node" in refused.facts else {})} == facts


@pytest.mark.req("REQ-107")
def test_an_older_copy_of_the_whole_file_is_noticed(folder: SiteFolder) -> None:
    yesterday = folder.ledger.read_bytes()
    store = SiteStore.open(folder, KEY)
    clinic = Clinic(tiny_study(), ledger=store.ledger)
    clinic.send(EnrolSubject())
    store.close()
    folder.ledger.write_bytes(yesterday)
    assert refusal(folder).code is Code.OLDER_COPY


def test_tables_that_were_dropped_are_made_again_by_whoever_opens_to_mend(folder: SiteFolder) -> None:
    spoil(folder, "DROP TABLE subject")
    store = SiteStore.open(folder, KEY, trust_tables=False)
    assert store.rebuild() == 2
    store.close()
    store = SiteStore.open(folder, KEY)
    assert [row.number for row in store.ledger.tables.find(SubjectRow)] == ["JO01-001"]
    store.close()


@pytest.mark.parametrize("written", ["", "{", "[]", '{"node": "ws-1"}'])
def test_an_unreadable_workstation_begins_a_chain_of_its_own(folder: SiteFolder, written: str) -> None:
    former = json.loads((folder.path / "workstation.json").read_text())["node"]
    (folder.path / "workstation.json").write_text(written)
    store = SiteStore.open(folder, KEY)
    assert store.workstation.node != former
    with store.ledger.transaction() as running:
        assert running.head.seq == 0
        assert running.head.hybrid
    store.close()


def test_each_day_leaves_one_backup_of_which_seven_stay_and_the_last_of_each_month(
    folder: SiteFolder,
) -> None:
    store = SiteStore.open(folder, KEY)
    days = [date(2025, 1, 30) + timedelta(days=n) for n in range(12)]
    assert None not in [store.backup_of_day(day) for day in days]
    assert store.backup_of_day(days[-1]) is None
    of_another_chain = store.backups / "ledger-2020-01-01-ws-00000000.db"
    of_another_chain.write_bytes(b"it may hold what this one lost")
    assert store.backup_of_day(days[-1], again=True) is not None
    kept = [path.name[len("ledger-") :][: len("2025-01-30")] for path in sorted(store.backups.iterdir())]
    stay = [date(2025, 1, 31), date(2025, 2, 3), *days[-7:]]
    assert kept == ["2020-01-01", *[day.isoformat() for day in stay]]
    store.close()


def test_a_backup_opens_with_the_same_key_and_holds_the_same_events(
    folder: SiteFolder, tmp_path: Path
) -> None:
    store = SiteStore.open(folder, KEY)
    copy = tmp_path / "copy.db"
    with reading(store.engine) as db:
        events = list(EventLog().read(db))
    store.backup_to(copy)
    with pytest.raises(AppProblem) as refused:
        store.backup_to(copy)
    store.close()
    assert refused.value.code is Code.SITE_EXISTS
    assert b"rania" not in copy.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0
    engine = open_engine(copy, KEY)
    with reading(engine) as db:
        assert list(EventLog().read(db)) == events
    engine.dispose()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "site"]


def test_a_backup_of_a_forged_log_is_none_and_makes_no_good_one_go(folder: SiteFolder) -> None:
    store = SiteStore.open(folder, KEY)
    for day in range(7):
        store.backup_of_day(DAY + timedelta(days=day))
    before = sorted(path.name for path in store.backups.iterdir())
    with writing(store.engine) as db:
        db.execute("DROP TRIGGER event_keeps")
        db.execute("UPDATE event SET at = 'x' WHERE seq = 1")
    with pytest.raises(AppProblem) as refused:
        store.backup_of_day(DAY + timedelta(days=30))
    assert refused.value.code is Code.CHAIN_BROKEN
    assert sorted(path.name for path in store.backups.iterdir()) == before
    store.close()


def test_before_an_existing_database_is_raised_a_copy_of_it_lies_beside(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Step(len(STEPS) + 1, ("CREATE TABLE later (word TEXT) STRICT",))
    monkeypatch.setattr("crfapp.store.keeping.FileKeeping.steps", (*STEPS, later))
    SiteStore.open(folder, KEY).close()
    engine = open_engine(folder.path / "backups" / f"before-schema-{len(STEPS) + 1}.db", KEY)
    with reading(engine) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert EventLog().count(db) == 2
    engine.dispose()
