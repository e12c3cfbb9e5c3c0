"""Two workstations keep each other up to date over a folder that both reach."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code
from crfapp.bootstrap.exchanging import exchange
from crfapp.bootstrap.unconfirmed import RAREST, SOONEST
from crfapp.ledger.state import PackageRow, SubjectRow
from crfapp.work.subjects import EnrolSubject
from tests.support.two_workstations import SharedFolder, Workstation

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shared(tmp_path: Path) -> SharedFolder:
    return SharedFolder(tmp_path)


def enrol(at: Workstation, count: int = 1) -> None:
    with at.open() as opened:
        for _ in range(count):
            opened.bus.send(EnrolSubject(), opened.actor("rania"))


def subjects(at: Workstation) -> int:
    with at.open() as opened:
        return len(opened.desk.tables.find(SubjectRow))


def made(at: Workstation) -> int:
    with at.open() as opened:
        return len(opened.desk.tables.find(PackageRow, node=opened.desk.node))


@pytest.mark.req("REQ-806")
def test_what_one_enters_is_on_the_other_after_a_round_of_each_and_both_say_so(shared: SharedFolder) -> None:
    enrol(shared.clinic, 2)
    assert shared.round(shared.clinic).state == "waiting"
    assert shared.round(shared.ward).state == "same"
    assert subjects(shared.ward) == 2
    assert shared.round(shared.clinic).state == "same"


@pytest.mark.req("REQ-806")
def test_two_that_have_nothing_to_say_come_to_rest_and_the_place_is_empty(shared: SharedFolder) -> None:
    enrol(shared.clinic)
    enrol(shared.ward)
    shared.rest()
    before = (made(shared.clinic), made(shared.ward))
    shared.rest()
    assert (made(shared.clinic), made(shared.ward)) == before
    assert shared.round(shared.clinic).state == shared.round(shared.ward).state == "same"
    # what was confirmed was taken away by whoever laid it there; the last receipt is nobody's cause
    assert len(list(shared.place.iterdir())) <= 2
    with shared.clinic.open() as clinic, shared.ward.open() as ward:
        assert clinic.desk.tables.find(SubjectRow) == ward.desk.tables.find(SubjectRow)
        assert clinic.store.compare() == ward.store.compare() == []


@pytest.mark.req("REQ-806")
def test_while_the_other_is_silent_packages_become_rarer_and_none_is_taken_away(shared: SharedFolder) -> None:
    before, rounds = made(shared.clinic), 25
    for _ in range(rounds):
        enrol(shared.clinic)
        assert shared.round(shared.clinic).state == "waiting"
    packages = made(shared.clinic) - before
    assert 4 <= packages <= 6  # after 5, 10, 20, 40, 80 minutes in two and a half hours
    assert len(list(shared.place.iterdir())) >= packages
    assert RAREST > SOONEST
    assert shared.round(shared.clinic, leaving=True).changes == rounds
    # back at last: everything is there after one round of each
    shared.round(shared.ward)
    assert subjects(shared.ward) == rounds
    assert shared.round(shared.clinic).state == "same"


@pytest.mark.req("REQ-806")
def test_without_the_folder_nothing_is_made_or_lost_and_the_state_says_so(shared: SharedFolder) -> None:
    away = shared.place.with_name("away")
    shared.place.rename(away)
    enrol(shared.clinic, 3)
    before = made(shared.clinic)
    for _ in range(3):
        standing = shared.round(shared.clinic)
        assert (standing.state, standing.changes, standing.code) == ("apart", 3, Code.ROUTE_FAILS)
    assert made(shared.clinic) == before
    away.rename(shared.place)
    shared.round(shared.clinic)
    shared.round(shared.ward)
    assert subjects(shared.ward) == 3


@pytest.mark.req("REQ-806", "REQ-805")
def test_a_damaged_file_in_the_folder_is_set_aside_and_the_rest_goes_on(shared: SharedFolder) -> None:
    enrol(shared.clinic)
    shared.round(shared.clinic)
    way = f"_{shared.clinic.node}_{shared.ward.node}_"
    package = max(file for file in shared.place.iterdir() if way in file.name)
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    package.write_bytes(content)
    (shared.place / "holiday.jpg").write_bytes(b"no package at all")
    assert shared.round(shared.ward).state == "refused"
    assert subjects(shared.ward) == 0
    # the next package brings it all: nothing was confirmed
    enrol(shared.clinic)
    shared.round(shared.clinic, leaving=True)
    assert shared.round(shared.ward).state != "refused"
    assert subjects(shared.ward) == 2


def test_a_round_that_broke_off_anywhere_is_made_good_by_the_next(shared: SharedFolder) -> None:
    """What was fetched and not taken in, and what was made and not laid there."""
    enrol(shared.clinic)
    shared.round(shared.clinic)
    inbox = shared.ward.folder / "inbox"
    inbox.mkdir(exist_ok=True)
    for file in list(shared.place.iterdir()):
        if f"_{shared.ward.node}_" in file.name:
            shutil.copy(file, inbox / file.name)
            file.unlink()
    shared.round(shared.ward)
    assert subjects(shared.ward) == 1
    enrol(shared.ward)
    package = shared.ward.make(shared.clinic.node)
    shared.round(shared.ward)
    assert (shared.place / package.path.name).exists()
    shared.round(shared.clinic)
    assert subjects(shared.clinic) == 2


def test_whoever_may_not_send_is_not_asked_and_leaves_no_trace_of_having_tried(shared: SharedFolder) -> None:
    with shared.clinic.open() as opened:
        before = opened.head()
        actor = opened.actor("rania")
        assert exchange(opened, type(actor)("nobody", "Nobody", actor.role, "")) == ()
        assert opened.head() == before
