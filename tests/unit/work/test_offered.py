"""Which forms a visit asks for, and where a running log stands."""

from __future__ import annotations

from crfapp.ledger.keys import FormKey
from crfapp.work.offered import forms_at, home_of
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study
from tests.support.tiny import tiny_study


def names(clinic: Clinic, at: object) -> list[str]:
    return [key.form for key in forms_at(clinic.desk, at)]  # type: ignore[arg-type]


def test_a_conditional_form_is_asked_for_while_its_condition_holds_and_stays_once_begun() -> None:
    clinic = Clinic(tiny_study())
    subject = clinic.enrol()
    base = clinic.start(subject, "V_BASE")
    patch = FormKey(*base, "PATCH", 1)
    row = clinic.add_row(patch, "PATCHES")
    clinic.enter(patch, row, ROLE="TREATED")
    at = clinic.start(subject, "V_W4", "2025-02-02")
    visit = FormKey(*at, "SV", 1)
    assert names(clinic, at) == ["SV"]
    clinic.enter(visit, SVMODE="CLINIC")
    assert names(clinic, at) == ["SV", "CARE"]
    clinic.enter(visit, SVMODE="PHONE", reason="typing error")
    assert names(clinic, at) == ["SV"]
    clinic.enter(visit, SVMODE="CLINIC", reason="right at first")
    clinic.enter(FormKey(*at, "CARE", 1), row, STATE="PRESENT")
    clinic.enter(visit, SVMODE="PHONE", reason="typing error")
    assert names(clinic, at) == ["SV", "CARE"]


def test_a_running_log_is_one_wherever_the_schedule_names_it() -> None:
    study = shipped_study("nct06813027")
    assert home_of(study, FormKey("s1", "V_SCR", 1, "CM", 1)) == FormKey("s1", "V_LOG", 1, "CM", 1)
    assert home_of(study, FormKey("s1", "V_SCR", 1, "VS", 1)) == FormKey("s1", "V_SCR", 1, "VS", 1)
