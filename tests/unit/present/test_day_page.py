"""The page of an injection day: who is here, what stands against the dose, what was given and is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.present.board import Board
from crfapp.present.day_page import DayPage, gives_doses
from crfapp.present.texts import ISOLATES
from tests.support.injection import InjectionClinic, instant
from tests.support.site_of import workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.present.day_view import DayView, SubjectCard


def day(clinic: InjectionClinic) -> DayView:
    at = workplace(clinic)
    return DayPage(at, Board(at)).view()


def card(clinic: InjectionClinic, subject: str = "JO01-001") -> SubjectCard:
    return next(one for one in day(clinic).cards if one.subject.translate(ISOLATES) == subject)


def remarks(one: SubjectCard) -> list[str]:
    return [remark.text.translate(ISOLATES) for remark in one.remarks]


def injected_once() -> InjectionClinic:
    """T01 was injected in week 0; today is the second injection."""
    clinic = InjectionClinic()
    at = clinic.injection()
    clinic.clock.at = instant("2025-01-12 10:20")
    key = clinic.dose(at, start="10:05", end="10:18")
    clinic.enter(key, clinic.row("T01"), ESINJ="Y", ESPTS="4", ESVOL="0.40")
    clinic.injection("V_INJ2", "2025-01-19")
    return clinic


def test_a_subject_of_today_stands_with_window_so_far_last_time_and_plan() -> None:
    one = card(injected_once())
    assert one.when == "day 7 · in window · 17 Jan to 21 Jan"
    control, treated = one.lesions
    assert (control.label, control.role, control.planned) == ("C01", "control", "")
    assert treated.where == "Forearm, Left"
    said = [
        text.translate(ISOLATES) for text in (treated.so_far, treated.last, treated.planned, treated.today)
    ]
    assert said == [
        "Points injected: 4 · 0.40 mL",
        "Points injected: 4 · 0.40 mL",
        "Planned points: 4 · 0.40 mL",
        "",
    ]
    assert one.total.translate(ISOLATES) == "1 dose so far, 0.40 mL in all"
    facts = {fact.name: fact.value.translate(ISOLATES) for fact in one.product}
    assert facts == {"Last time": "12 Jan, lot EV-24-117, container 0031, 0.40 mL"}
    assert [form.title for form in one.forms][:3] == ["Visit", "Safety review", "Pre-dose check"]


def test_whoever_did_not_come_for_it_yet_may_come_while_the_window_is_open() -> None:
    clinic = InjectionClinic()
    clinic.injection()
    clinic.clock.at = instant("2025-01-18 09:00")
    view = day(clinic)
    assert view.cards == ()
    (line,) = [one for one in view.coming if one.subject == "JO01-001"]
    assert (line.visit, line.when, line.window) == ("Injection 2 (week 1)", "tomorrow", "17 Jan to 21 Jan")
    clinic.clock.at = instant("2025-01-19 09:00")
    assert [one.subject.translate(ISOLATES) for one in day(clinic).cards] == ["JO01-001"]


def test_what_the_check_before_the_dose_says_stands_against_it() -> None:
    clinic = injected_once()
    check = FormKey(clinic.subject, "V_INJ2", 1, "PREDOSE", 1)
    assert card(clinic).pill == "do not give"  # no consent is recorded
    clinic.enter(check, PDINFECT="Y", PDFEVER="N")
    one = card(clinic)
    assert "Infection at or near the site? Yes" in remarks(one)
    assert "Main consent valid? No" in remarks(one)
    assert (one.pill, one.tone) == ("do not give", "error")


def test_a_stop_rule_of_the_week_before_stands_against_it() -> None:
    clinic = injected_once()
    tolerability = FormKey(clinic.subject, "V_INJ1", 1, "LT", 1)
    clinic.enter(tolerability, LTPERF="Y", LTTPT="M60")
    clinic.enter(tolerability, clinic.row("T01"), LTPAIN="3")
    found = [text for text in remarks(card(clinic)) if "stop-rule review" in text]
    assert found
    assert "Local tolerability" in found[0]


def test_a_vial_used_before_another_lot_and_the_minutes_left_after_thawing_are_told() -> None:
    clinic = injected_once()
    clinic.clock.at = instant("2025-01-19 10:00")
    key = FormKey(clinic.subject, "V_INJ2", 1, "ECEV", 1)
    clinic.enter(key, ECYN="Y", ECLOT="EV-24-121", ECREFID="0031", ECTHWDTM="06:20", ECEXPDTM="2025-03-01")
    facts = {fact.name: (fact.value.translate(ISOLATES), fact.tone) for fact in card(clinic).product}
    assert facts["Container used before"] == ("JO01-001, Injection 1 (week 0)", "error")
    assert facts["Lot"] == ("another one than last time", "warn")
    assert facts["After thawing"] == ("19 Jan 10:20 (20 minutes left)", "warn")
    assert facts["Expiry"] == ("1 Mar 23:59 (41 days left)", "text")
    clinic.clock.at = instant("2025-01-19 10:30")
    late = {fact.name: fact.tone for fact in card(clinic).product}
    assert late["After thawing"] == "error"


def test_a_dose_that_was_given_is_said_to_be_and_its_observation_stands_below() -> None:
    clinic = injected_once()
    clinic.clock.at = instant("2025-01-19 10:15")
    clinic.dose(VisitKey(clinic.subject, "V_INJ2", 1), start="10:00", end="10:12", vial="0032")
    view = day(clinic)
    (one,) = view.cards
    assert (one.pill.translate(ISOLATES), one.tone) == ("given 10:12", "ok")
    (line,) = view.watched
    assert line.points.translate(ISOLATES) == "0 min – · 15 min – · 30 min – · 60 min –"
    assert line.state.translate(ISOLATES) == "until 11:12"


def test_a_study_without_doses_has_no_such_page() -> None:
    assert not gives_doses(workplace(Ward()))
    assert gives_doses(workplace(InjectionClinic()))


def test_nothing_is_judged_twice_the_page_says_what_the_checks_of_the_pack_say() -> None:
    """Sabotage: with the answers taken away that offend, nothing stands against the dose any more."""
    clinic = injected_once()
    check = FormKey(clinic.subject, "V_INJ2", 1, "PREDOSE", 1)
    clinic.enter(check, PDFEVER="Y")
    assert "Fever or acute illness today? Yes" in remarks(card(clinic))
    clinic.enter(check, reason="thermometer was wrong", PDFEVER="N")
    assert "Fever or acute illness today? Yes" not in remarks(card(clinic))
