"""The newer records are lost for good: an administrator says so, and work goes on from an older copy."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.older_copy import go_on_from_copy
from crfapp.bootstrap.playing import ADMINISTRATOR
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import OlderCopyTaken
from crfapp.ledger.state import SubjectRow
from crfapp.store.engine import reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import EVIDENCE
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.work.subjects import EnrolSubject
from tests.support.real_site import NURSE, at_work, flagship_site

if TYPE_CHECKING:
    from pathlib import Path


def enrol(folder: Path, key: bytes, count: int = 1) -> None:
    with at_work(folder, key) as opened:
        for _ in range(count):
            opened.bus.send(EnrolSubject(), opened.actor(NURSE))


def refused(folder: Path, key: bytes, login: str = ADMINISTRATOR, reason: str = "the disk broke") -> Code:
    with pytest.raises(AppProblem) as problem:
        go_on_from_copy(SiteFolder.open(folder), key, login, reason, SystemClock())
    return problem.value.code


@pytest.mark.req("REQ-107")
def test_work_goes_on_from_an_older_copy_under_a_new_name_and_what_is_missing_stands_in_the_trail(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "site"
    key = flagship_site(folder)
    enrol(folder, key)
    yesterday = (folder / "ledger.db").read_bytes()
    enrol(folder, key, 2)
    (folder / "ledger.db").write_bytes(yesterday)

    with pytest.raises(AppProblem) as problem:
        SiteStore.open(SiteFolder.open(folder), key)
    assert problem.value.code is Code.OLDER_COPY
    # neither a nurse nor a silent administrator makes it good
    assert refused(folder, key, login=NURSE) is Code.NOT_ALLOWED
    assert refused(folder, key, reason="") is Code.REASON_NEEDED
    with pytest.raises(AppProblem):
        SiteStore.open(SiteFolder.open(folder), key)

    report = go_on_from_copy(SiteFolder.open(folder), key, ADMINISTRATOR, "the disk broke", SystemClock())
    [(node, seq, what)] = report.breaks
    assert what.startswith(f"events {seq} to {seq + 1} are missing")

    enrol(folder, key)
    with at_work(folder, key) as opened:
        assert len(opened.desk.tables.find(SubjectRow)) == 2
        assert opened.store.workstation.node != node
        with reading(opened.store.engine) as db:
            records = [open_sealed(link) for link in EventLog().read(db, kinds=["older-copy-taken"])]
            assert EventLog().head(db, node)[0] == seq - 1  # no number is given again
        [taken] = records
        assert isinstance(taken.event, OlderCopyTaken)
        assert (taken.event.chain, taken.event.has, taken.event.known) == (node, seq - 1, seq + 1)
        assert (taken.envelope.login, taken.event.reason) == (ADMINISTRATOR, "the disk broke")
        assert opened.store.verify().wrong == ()
        assert opened.store.compare() == []
    assert refused(folder, key) is Code.NOT_WAITING


@pytest.mark.req("REQ-107")
def test_a_refused_wish_to_go_on_covers_nothing_up_where_only_the_folder_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    key = flagship_site(folder)
    yesterday = (folder / "ledger.db").read_bytes()
    enrol(folder, key)
    (folder / "ledger.db").write_bytes(yesterday)
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "another machine"))
    for _ in range(2):
        assert refused(folder, key, login=NURSE) is Code.NOT_ALLOWED


@pytest.mark.req("REQ-107")
def test_a_log_that_was_cut_off_is_no_older_copy_and_is_never_taken_for_one(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    key = flagship_site(folder)
    enrol(folder, key, 2)
    store = SiteStore.open(SiteFolder.open(folder), key)
    with writing(store.engine) as db:
        db.execute("DROP TRIGGER event_stays")
        db.execute("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
        db.execute(EVIDENCE["event_stays"])
    store.close()
    assert refused(folder, key) is Code.CHAIN_BROKEN
    shutil.rmtree(folder)
