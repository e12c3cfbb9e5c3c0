"""A site's file, or its whole folder, is put back as it was yesterday: it is noticed, and what is missing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.known_ends import EVERY, KnownEnds
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.store.verify import Anchor
from crfapp.work.subjects import EnrolSubject
from tests.support.clinic import Clinic
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    folder = SiteFolder.create(tmp_path / "site", SiteCard("s1", "tiny", "JO01"))
    store = SiteStore.create(folder, KEY)
    Clinic(tiny_study(), ledger=store.ledger)
    store.close()
    return folder


def enrol(folder: SiteFolder, count: int = 1) -> None:
    store = SiteStore.open(folder, KEY)
    clinic = Clinic(tiny_study(), ledger=store.ledger)
    for _ in range(count):
        clinic.send(EnrolSubject())
    store.close()


def refusal(folder: SiteFolder) -> AppProblem:
    with pytest.raises(AppProblem) as refused:
        SiteStore.open(folder, KEY)
    return refused.value


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("whole", [False, True], ids=["the file alone", "the whole folder"])
def test_yesterdays_copy_is_noticed_and_says_what_is_missing(
    folder: SiteFolder, tmp_path: Path, whole: bool
) -> None:
    """T-33. With the whole folder goes its own note; the machine's stays."""
    yesterday = shutil.copytree(folder.path, tmp_path / "yesterday")
    enrol(folder, 3)
    if whole:
        shutil.rmtree(folder.path)
        shutil.copytree(yesterday, folder.path)
    else:
        shutil.copy(yesterday / "ledger.db", folder.ledger)
    problem = refusal(folder)
    assert problem.code is Code.OLDER_COPY
    assert (problem.facts["first"], problem.facts["last"]) == (2, 4)
    assert refusal(folder).facts == problem.facts  # looking does not make it good


@pytest.mark.req("REQ-107")
def test_without_the_machines_notes_a_folder_put_back_whole_is_not_noticed(
    folder: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotaged twin, and the window that stays open: another machine knows nothing of it."""
    yesterday = shutil.copytree(folder.path, tmp_path / "yesterday")
    enrol(folder)
    shutil.rmtree(folder.path)
    shutil.copytree(yesterday, folder.path)
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "another machine"))
    store = SiteStore.open(folder, KEY)
    assert store.verify().wrong == ()
    store.close()


@pytest.mark.req("REQ-107")
def test_without_the_folders_note_the_machines_still_tells(folder: SiteFolder, tmp_path: Path) -> None:
    shutil.copy(folder.ledger, tmp_path / "yesterday.db")
    enrol(folder)
    shutil.copy(tmp_path / "yesterday.db", folder.ledger)
    (folder.path / "workstation.json").unlink()
    assert refusal(folder).code is Code.OLDER_COPY


@pytest.mark.req("REQ-107")
def test_the_end_is_noted_while_people_work_so_that_a_killed_program_leaves_a_recent_one(
    folder: SiteFolder,
) -> None:
    store = SiteStore.open(folder, KEY)
    clinic = Clinic(tiny_study(), ledger=store.ledger)
    for _ in range(2 * EVERY):
        clinic.send(EnrolSubject())
    store.known_ends.settle()
    noted = KnownEnds(folder).read()  # nothing was closed
    assert {anchor.node for anchor in noted} == {store.workstation.node}
    assert min(anchor.seq for anchor in noted) > EVERY
    with reading(store.engine) as db:
        hashes = {link.seq: link.hash for link in EventLog().read(db)}
    assert all(hashes[anchor.seq] == anchor.hash for anchor in noted)
    store.close()


def test_a_note_never_goes_back(folder: SiteFolder) -> None:
    """Sabotaged twin: if it did, whoever opened an older copy to mend it would cover up what is missing."""
    enrol(folder, 3)
    ends = KnownEnds(folder)
    before = ends.read()
    node = before[0].node
    ends.note(Anchor(node, 2, "0" * 64), [Anchor(node, 2, "0" * 64)])
    assert ends.read() == before
    ends.note(Anchor(node, 9, "1" * 64), [Anchor(node, 9, "1" * 64)])
    assert {anchor.seq for anchor in ends.read()} == {9}


@pytest.mark.parametrize(
    "written", ["[]", '{"ends": 7}', '{"ends": {"ws": 3}}', '{"ends": {"ws": ["x", 1]}}']
)
def test_notes_that_cannot_be_read_count_as_none(folder: SiteFolder, written: str) -> None:
    ends = KnownEnds(folder)
    before = ends.read()
    for file in ends._notes._path.parent.iterdir():
        file.write_text(json.dumps({"format": 1, "notes": json.loads(written)}))
    assert ends.read() == before[:1]


def test_a_machine_that_takes_no_notes_keeps_nobody_from_working(
    folder: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file stands where the folder should be")
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))
    enrol(folder, 2)
    assert KnownEnds(folder).read()[0].seq == 3
