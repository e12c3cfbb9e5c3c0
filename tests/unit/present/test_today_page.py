"""What the nurse reads in the morning."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.present.board import Board
from crfapp.present.today_page import TodayPage, greeted_as
from crfapp.work.roles import Actor, Role
from crfapp.work.visits import BookVisit, MissVisit
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study
from tests.support.site_of import workplace

MONITOR = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")


@pytest.fixture
def clinic() -> Clinic:
    return Clinic(shipped_study("nct06813027"))


def today(clinic: Clinic, language: str = "en", actor: Actor | None = None) -> TodayPage:
    at = workplace(clinic, language, actor)
    return TodayPage(at, Board(at))


def on(clinic: Clinic, day: str, hour: int = 7) -> None:
    clinic.clock.at = datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def screened_and_dosed(clinic: Clinic) -> str:
    subject = clinic.enrol()
    clinic.start(subject, "V_SCR", "2025-01-05")
    on(clinic, "2025-01-12")
    clinic.start(subject, "V_INJ1", "2025-01-12")
    return subject


@pytest.mark.parametrize(
    ("hour", "said"), [(5, "Good morning"), (11, "Good afternoon"), (17, "Good evening")]
)
def test_the_greeting_goes_by_the_clock_on_the_sites_wall(clinic: Clinic, hour: int, said: str) -> None:
    on(clinic, "2025-01-12", hour)
    assert today(clinic).view().greeting.startswith(said)


@pytest.mark.parametrize(
    ("name", "called"),
    [("Rania Khalil", "Rania"), ("Dr Omar Haddad", "Dr Omar Haddad"), ("Prof. Odeh", "Prof. Odeh"), ("", "")],
)
def test_nobody_is_greeted_by_a_title_alone(name: str, called: str) -> None:
    assert greeted_as(name) == called


def test_an_empty_site_is_greeted_with_nothing_but_the_first_step(clinic: Clinic) -> None:
    view = today(clinic).view()
    assert (view.visits, view.findings, view.forms) == ((), (), ())
    assert view.may_enrol
    assert [tile.number for tile in view.tiles] == [0] * 5


def test_somebody_just_enrolled_can_begin_at_once(clinic: Clinic) -> None:
    clinic.enrol()
    [line] = today(clinic).view().visits
    assert (line.subject, line.when, line.know) == ("JO01-001", "can begin", "nothing recorded yet")
    assert line.address.visit == "V_SCR"


def test_before_the_first_injection_only_the_next_visit_is_due(clinic: Clinic) -> None:
    clinic.start(clinic.enrol(), "V_SCR", "2025-01-05")
    on(clinic, "2025-03-01")
    assert [line.address.visit for line in today(clinic).view().visits] == ["V_INJ1"]


def test_a_visit_whose_window_is_over_is_overdue_and_stands_first(clinic: Clinic) -> None:
    subject = screened_and_dosed(clinic)
    on(clinic, "2025-01-24")
    page = today(clinic)
    first = page.view().visits[0]
    assert (first.pill, first.icon) == ("error", "finding")
    overdue = [line for line in page.view().visits if line.pill]
    assert {line.address.visit for line in overdue} == {"V_CALL1", "V_INJ2", "V_CALL2"}
    assert next(line for line in overdue if line.address.visit == "V_INJ2").when == "overdue 3 days"
    assert page.waiting_count() == 3
    clinic.send(MissVisit(key=VisitKey(subject, "V_INJ2", 1), why="OTHER", reason="travelled"))
    assert "V_INJ2" not in {line.address.visit for line in today(clinic).view().visits}


def test_what_comes_in_the_next_days_is_named_with_its_window(clinic: Clinic) -> None:
    screened_and_dosed(clinic)
    on(clinic, "2025-01-15")
    soon = {line.address.visit: line for line in today(clinic).view().visits}
    assert (soon["V_INJ2"].when, soon["V_INJ2"].window) == ("in 4 days", "17 Jan to 21 Jan")
    assert soon["V_CALL1"].window == "20 to 36 hours"
    assert "V_M3" not in soon


def test_a_booked_day_counts_instead_of_the_planned_one(clinic: Clinic) -> None:
    subject = screened_and_dosed(clinic)
    clinic.send(BookVisit(key=VisitKey(subject, "V_INJ2", 1), date="2025-01-20"))
    on(clinic, "2025-01-20")
    line = next(line for line in today(clinic).view().visits if line.address.visit == "V_INJ2")
    assert (line.when, line.know.split(" · ")[0]) == ("today", "booked")


def test_findings_and_unfinished_forms_open_where_they_stand(clinic: Clinic) -> None:
    subject = clinic.enrol()
    key = FormKey(*clinic.start(subject, "V_SCR"), "VS", 1)
    clinic.enter(key, VSPERF="Y")
    clinic.enter(key, PULSE_VSORRES="172")
    view = today(clinic).view()
    at = next(line.address for line in view.findings if line.address.item == "PULSE_VSORRES")
    assert (at.page, at.subject, at.visit, at.form) == ("casebook", subject, "V_SCR", "VS")
    assert "VS" in {line.address.form for line in view.forms}
    tiles = {tile.key: tile for tile in view.tiles}
    assert (tiles["findings"].number, tiles["findings"].tone) == (len(view.findings), "warn")


def test_enrolment_is_told_day_by_day(clinic: Clinic) -> None:
    for day in ("2025-01-05", "2025-01-05", "2025-01-09"):
        on(clinic, day)
        clinic.enrol()
    growth = today(clinic).view().growth
    assert [(day.isoformat(), count) for day, count in growth.steps] == [("2025-01-05", 2), ("2025-01-09", 3)]
    assert growth.planned == 13


def test_the_board_sees_what_is_done_after_it_was_asked(clinic: Clinic) -> None:
    at = workplace(clinic)
    page = TodayPage(at, Board(at))
    assert page.view().visits == ()
    to = page.enrol()
    assert [line.address.subject for line in page.view().visits] == [to.subject]
    clinic.start(to.subject, "V_SCR", "2025-01-05")
    assert page.view().visits[0].know.startswith("0 of 16 forms complete")


def test_who_may_not_enrol_is_not_offered_it_and_is_refused(clinic: Clinic) -> None:
    page = today(clinic, actor=MONITOR)
    assert not page.view().may_enrol
    with pytest.raises(RefusedError) as refused:
        page.enrol()
    assert refused.value.code is Code.NOT_ALLOWED
