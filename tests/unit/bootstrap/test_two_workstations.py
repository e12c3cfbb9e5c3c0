"""Two workstations of a site that both go on alone, and what packages between them bring together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.door import SiteDoor
from crfapp.ledger.state import KnownEndRow, SubjectRow
from crfapp.work.subjects import EnrolSubject
from tests.support.quick_site import OWN, QUICK, password_of
from tests.support.two_workstations import TwoWorkstations, Workstation

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def two(tmp_path: Path) -> TwoWorkstations:
    return TwoWorkstations(tmp_path)


def enrol(at: Workstation, count: int = 1, login: str = "rania") -> None:
    with at.open() as opened:
        for _ in range(count):
            opened.bus.send(EnrolSubject(), opened.actor(login))


def numbers(at: Workstation) -> list[str]:
    with at.open() as opened:
        assert opened.store.verify().breaks == ()
        assert opened.store.compare() == []
        return sorted(row.number for row in opened.desk.tables.find(SubjectRow))


@pytest.mark.req("REQ-214", "REQ-806")
def test_what_both_entered_alone_is_on_both_after_a_package_each_way(two: TwoWorkstations) -> None:
    enrol(two.clinic, 2)
    enrol(two.ward, 3)
    assert two.carry(two.clinic, two.ward).outcome == "new"
    assert two.carry(two.ward, two.clinic).outcome == "new"
    assert numbers(two.clinic) == numbers(two.ward)
    assert len(set(numbers(two.clinic))) == 5
    # the receipt came back: the next package begins behind what the ward confirmed
    ward = two.ward.node
    with two.clinic.open() as opened:
        known = {row.node: row.seq for row in opened.desk.tables.find(KnownEndRow, peer=ward)}
    assert known[two.clinic.node] > 0
    made = two.clinic.make(ward)
    assert made.events < 10
    two.ward.take(made.path)
    again = two.ward.take(made.path)
    assert again.outcome == "known"


@pytest.mark.req("REQ-201", "REQ-211")
def test_a_password_chosen_on_the_ward_opens_the_clinic_after_a_package(two: TwoWorkstations) -> None:
    door = SiteDoor(two.ward.folder, two.site.clock, cost=QUICK)
    door.log_in("rania", password_of("rania"), language="en")
    door.set_own_password(password_of("rania"), OWN)
    door.leave("logout")
    two.carry(two.ward, two.clinic)
    with two.site.as_person("rania", OWN) as at:
        assert at.arrival.steps == ()
    with pytest.raises(AppProblem) as caught, two.site.as_person("rania"):
        pass
    assert caught.value.code is Code.WRONG_LOGIN
