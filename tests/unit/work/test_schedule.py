"""When visits are due: windows, provisional days, calls by the hour, repeats, and how one stands on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.base.times import Moment
from crfapp.ledger.state import VisitRow
from crfapp.work.schedule import Slot, schedule
from tests.support.playing import shipped_study
from tests.support.ward import ward_study

if TYPE_CHECKING:
    from crfapp.study.study import Study

A = "2025-01-12"


def row(
    visit: str, day: str | None, n: int = 1, status: str = "started", booked: str | None = None
) -> VisitRow:
    return VisitRow("s1", visit, n, status, day, booked, None)


def slots(*rows: VisitRow, study: Study | None = None, moment: str | None = None) -> dict[str, Slot]:
    at = None if moment is None else Moment.parse(moment)
    found = schedule((study or ward_study()).head, rows, lambda _anchor: at)
    return {slot.visit if slot.visit_n == 1 else f"{slot.visit}.{slot.visit_n}": slot for slot in found}


def days(slot: Slot) -> tuple[str, ...]:
    return tuple(str(day) for day in (slot.planned, slot.opens, slot.closes))


def test_before_anything_took_place_nothing_is_planned() -> None:
    found = slots()
    assert {slot.planned for slot in found.values()} == {None}
    assert {name: slot.status for name, slot in found.items()} == {
        "V_SCR": "expected", "V_A": "expected", "V_CALL": "expected", "V_B": "expected", "V_C": "expected",
        "V_UNS": "possible", "V_ET": "possible", "V_LOG": "log",
    }  # fmt: skip


def test_until_the_anchor_took_place_days_are_provisional_and_nothing_is_judged() -> None:
    found = slots(row("V_SCR", "2025-01-05"))
    assert days(found["V_A"]) == ("2025-01-12",) * 3
    assert (found["V_A"].provisional, found["V_SCR"].timing, found["V_SCR"].offset) == (True, None, None)
    assert found["V_A"].standing(date(2025, 3, 1)) == "due"  # nobody is late for a day that may still move
    booked = slots(row("V_SCR", "2025-01-05"), row("V_A", None, status="booked", booked="2025-01-15"))
    assert days(booked["V_B"]) == ("2025-01-22", "2025-01-20", "2025-01-24")


def test_days_are_counted_back_from_the_first_visit_that_took_place() -> None:
    # V_B sorts before V_SCR; the earlier one counts all the same
    found = slots(row("V_B", "2025-01-21"), row("V_SCR", "2025-01-05"))
    assert str(found["V_A"].planned) == "2025-01-12"
    alone = slots(row("V_C", "2025-01-22"))
    assert str(alone["V_A"].planned) == "2025-01-12"


@pytest.mark.parametrize(
    ("day", "timing"),
    [("2025-01-16", "EARLY"), ("2025-01-17", "IN"), ("2025-01-21", "IN"), ("2025-01-22", "LATE")],
)
def test_the_ends_of_a_window_belong_to_it(day: str, timing: str) -> None:
    found = slots(row("V_A", A), row("V_B", day))
    assert found["V_B"].timing == timing


def test_a_visit_counts_from_its_own_anchor_as_soon_as_that_took_place() -> None:
    assert str(slots(row("V_A", A))["V_C"].planned) == "2025-01-22"
    assert str(slots(row("V_A", A), row("V_B", "2025-01-20"))["V_C"].planned) == "2025-01-23"


def test_a_call_is_planned_by_the_hour_once_its_moment_is_known() -> None:
    late = slots(row("V_A", A), moment="2025-01-12T18:00+03:00[Asia/Amman]")["V_CALL"]
    assert days(late) == ("2025-01-13", "2025-01-13", "2025-01-14")
    early = slots(row("V_A", A), moment="2025-01-12T10:18+03:00[Asia/Amman]")["V_CALL"]
    assert days(early) == ("2025-01-13", "2025-01-13", "2025-01-13")
    assert days(slots(row("V_A", A))["V_CALL"]) == ("2025-01-13",) * 3


def test_a_missed_visit_is_missed_and_moves_no_other() -> None:
    found = slots(row("V_A", A), row("V_B", None, status="missed"))
    assert (found["V_B"].status, found["V_B"].standing(date(2025, 3, 1)), found["V_B"].timing) == (
        "missed", "missed", None,
    )  # fmt: skip
    assert str(found["V_C"].planned) == "2025-01-22"


def test_repeats_follow_their_visit_and_the_next_one_is_offered() -> None:
    found = slots(row("V_A", A), row("V_UNS", "2025-01-14", 1), row("V_UNS", "2025-01-15", 2))
    repeats = [(name, slot.status) for name, slot in found.items() if name.startswith("V_UNS")]
    assert repeats == [("V_UNS", "started"), ("V_UNS.2", "started"), ("V_UNS.3", "possible")]


@pytest.mark.parametrize(
    ("today", "standing"),
    [("2025-01-16", "later"), ("2025-01-17", "due"), ("2025-01-21", "due"), ("2025-01-22", "overdue")],
)
def test_how_a_visit_stands_on_a_day(today: str, standing: str) -> None:
    assert slots(row("V_A", A))["V_B"].standing(date.fromisoformat(today)) == standing


def test_a_booked_visit_is_due_on_its_booked_day() -> None:
    found = slots(row("V_A", A), row("V_B", None, status="booked", booked="2025-01-20"))["V_B"]
    assert [found.standing(date(2025, 1, day)) for day in (19, 20, 22)] == ["later", "due", "overdue"]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-400, 400))
def test_offsets_are_days_from_the_anchor(anchor: date, gap: int) -> None:
    other = anchor + timedelta(days=gap)
    found = slots(row("V_A", anchor.isoformat()), row("V_B", other.isoformat()))
    assert (found["V_A"].offset, found["V_B"].offset) == (0, gap)


def test_the_example_subject_has_the_offsets_of_the_study_description() -> None:
    told = {
        "V_SCR": ("2025-01-05", -7), "V_INJ1": ("2025-01-12", 0), "V_INJ2": ("2025-01-19", 7),
        "V_INJ3": ("2025-01-26", 14), "V_W3": ("2025-02-02", 21), "V_W4": ("2025-02-09", 28),
        "V_M2": ("2025-03-16", 63), "V_M3": ("2025-04-13", 91), "V_M4": ("2025-05-14", 122),
        "V_M6": ("2025-07-14", 183),
    }  # fmt: skip
    flagship = shipped_study("nct06813027")
    found = slots(*(row(visit, day) for visit, (day, _) in told.items()), study=flagship)
    assert {visit: found[visit].offset for visit in told} == {
        visit: offset for visit, (_, offset) in told.items()
    }
    assert {found[visit].timing for visit in told} == {"IN"}
    assert [str(found[visit].planned) for visit in ("V_M2", "V_M5", "V_CALL2")] == [
        "2025-03-14", "2025-06-13", "2025-01-20",
    ]  # fmt: skip


def test_a_repeat_is_planned_so_often_as_the_study_says_and_then_comes_as_needed() -> None:
    calls = [row("V_SFU", day, n) for n, day in enumerate(("2026-05-12", "2026-08-11", "2026-11-10"), 1)]
    study = shipped_study("als-msc")
    early = slots(row("V_IT1", "2025-02-10"), study=study)
    assert days(early["V_SFU"]) == ("2026-05-12", "2026-04-21", "2026-06-02")  # 91 days after month 12
    assert early["V_SFU"].status == "expected"
    met = slots(row("V_IT1", "2025-02-10"), row("V_M12", "2026-02-12"), *calls, study=study)
    assert [str(met[f"V_SFU{n}"].planned) for n in ("", ".2", ".3", ".4")] == [
        "2026-05-14", "2026-08-13", "2026-11-12", "2027-02-11",
    ]  # fmt: skip
    assert (met["V_SFU.2"].timing, met["V_SFU.4"].standing(date(2027, 1, 1))) == ("IN", "later")
    last = row("V_SFU", "2027-02-11", 4)
    over = slots(row("V_IT1", "2025-02-10"), row("V_M12", "2026-02-12"), *calls, last, study=study)
    assert (over["V_SFU.5"].planned, over["V_SFU.5"].status) == (None, "possible")
