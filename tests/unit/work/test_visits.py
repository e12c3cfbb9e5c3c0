"""Visits begin, are booked or missed once; nonsense is refused before anything is recorded."""

from __future__ import annotations

from typing import Any

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import VisitKey
from crfapp.work.visits import BookVisit, MissVisit, StartVisit
from tests.support.ward import Ward


@pytest.fixture
def ward() -> Ward:
    return Ward()


def code_of(ward: Ward, command: Any) -> Code:
    before = len(ward.ledger.links)
    with pytest.raises(RefusedError) as found:
        ward.send(command)
    assert len(ward.ledger.links) == before
    return found.value.code


@pytest.mark.parametrize("date", ["", "yesterday", "2025-02-30", "20250112", "2025-1-2", "2025-W02-7"])
@pytest.mark.parametrize("visit", ["V_A", "V_LOG"])
def test_what_is_no_day_is_refused(ward: Ward, visit: str, date: str) -> None:
    key = VisitKey(ward.subject, visit, 1)
    assert code_of(ward, StartVisit(key=key, date=date)) is Code.NOT_A_DATE
    assert code_of(ward, BookVisit(key=key, date=date)) is Code.NOT_A_DATE
    assert ward.desk.slots(ward.subject)


def test_a_visit_begins_once_and_a_missed_one_is_put_right_in_its_form(ward: Ward) -> None:
    started, missed = ward.scr, VisitKey(ward.subject, "V_A", 1)
    ward.send(MissVisit(key=missed, why="ILL"))
    assert (ward.value(ward.form("SV", missed), "SVSTAT"), ward.value(ward.form("SV", missed), "SVREAS")) == (
        "MISSED",
        "ILL",
    )
    for key in (started, missed):
        for command in (
            StartVisit(key=key, date="2025-01-12"),
            BookVisit(key=key, date="2025-01-12"),
            MissVisit(key=key, why="ILL"),
        ):
            assert code_of(ward, command) is Code.VISIT_STARTED_ALREADY


def test_only_visits_of_the_schedule_and_repeats_in_turn(ward: Ward) -> None:
    day = "2025-01-12"
    assert code_of(ward, StartVisit(key=VisitKey("nobody", "V_A", 1), date=day)) is Code.UNKNOWN_SUBJECT
    assert code_of(ward, StartVisit(key=VisitKey(ward.subject, "V_Z", 1), date=day)) is Code.UNKNOWN_VISIT
    for visit, n in (("V_A", 2), ("V_A", 0), ("V_UNS", 2), ("V_LOG", 2)):
        assert code_of(ward, StartVisit(key=VisitKey(ward.subject, visit, n), date=day)) is Code.UNKNOWN_VISIT
    ward.start(ward.subject, "V_UNS", day, 1)
    ward.start(ward.subject, "V_UNS", day, 2)
    numbers = [slot.visit_n for slot in ward.desk.slots(ward.subject) if slot.visit == "V_UNS"]
    assert numbers == [1, 2, 3]
    assert code_of(ward, MissVisit(key=VisitKey(ward.subject, "V_A", 1), why="LAZY")) is Code.NOT_A_CODE
    assert code_of(ward, MissVisit(key=VisitKey(ward.subject, "V_LOG", 1), why="ILL")) is Code.UNKNOWN_VISIT


def test_a_booked_visit_is_ready_for_no_form_until_it_begins(ward: Ward) -> None:
    key = VisitKey(ward.subject, "V_A", 1)
    ward.send(BookVisit(key=key, date="2025-01-12"))
    ward.send(BookVisit(key=key, date="2025-01-13"))
    slot = next(slot for slot in ward.desk.slots(ward.subject) if slot.visit == "V_A")
    assert (slot.status, str(slot.booked), slot.provisional) == ("booked", "2025-01-13", True)
    with pytest.raises(RefusedError) as refused:
        ward.enter(ward.form("DOSE", key), VOL="1")
    assert refused.value.code is Code.VISIT_NOT_STARTED
