"""The label of a lesion against the subject and the row that are open."""

from __future__ import annotations

import pytest

from crfapp.ledger.keys import FormKey
from crfapp.present.target_guard import TargetGuard, guard_of
from crfapp.present.texts import ISOLATES
from tests.support.injection import InjectionClinic
from tests.support.site_of import workplace


@pytest.fixture(scope="module")
def clinic() -> InjectionClinic:
    """A subject who is injected today, and another one."""
    made = InjectionClinic()
    made.injection()
    made.screened("2025-01-12")
    return made


@pytest.fixture
def guard(clinic: InjectionClinic) -> TargetGuard:
    """Beside the dose of the first subject."""
    found = guard_of(workplace(clinic), FormKey(clinic.subject, "V_INJ1", 1, "ECEV", 1), None)
    assert found is not None
    return found


def test_the_lesions_stand_with_place_role_and_plan_the_treated_first(guard: TargetGuard) -> None:
    treated, control = guard.cards()
    assert (treated.label, treated.treat, treated.role) == ("T01", True, "treated")
    assert treated.place == "Forearm, Left"
    assert treated.plan.translate(ISOLATES) == "Planned points: 4 · 0.40 mL"
    assert treated.map.here is not None
    assert (control.label, control.treat, control.plan) == ("C01", False, "")


def test_the_right_label_is_said_to_be_right_and_names_its_row(
    guard: TargetGuard, clinic: InjectionClinic
) -> None:
    told = guard.compare("JO01-001 T01", clinic.row("T01"))
    assert told.words.translate(ISOLATES) == "JO01-001 T01 is right: Forearm, Left."
    assert told.row == clinic.row("T01")


@pytest.mark.parametrize(
    ("scanned", "says"),
    [
        ("JO01-002 T01", "Do not give: scanned JO01-002 T01, open here is JO01-001."),
        ("JO01-999 T01", "Do not give: scanned JO01-999 T01, open here is JO01-001."),
        ("JO01-001 T09", "Do not give: scanned JO01-001 T09, open here is JO01-001."),
        ("JO01-001 C01", "Do not give: JO01-001 C01 is not to be treated."),
        ("EV-24-117", "This is no label of a lesion of this study: EV-24-117."),
        ("lot 117", "This is no label of a lesion of this study: lot 117."),
    ],
)
def test_a_wrong_label_is_refused_with_what_was_scanned_and_what_is_open(
    guard: TargetGuard, scanned: str, says: str
) -> None:
    told = guard.compare(scanned)
    assert not told.is_right
    assert says in told.words.translate(ISOLATES)


def test_the_label_of_another_row_than_the_one_at_hand_is_refused(clinic: InjectionClinic) -> None:
    row = clinic.add_row(clinic.lesions, "AREAS")
    clinic.enter(clinic.lesions, row, LESROLE="TREATED", LESLOC="LEG SKIN", LESLAT="RIGHT")
    found = guard_of(workplace(clinic), FormKey(clinic.subject, "V_INJ1", 1, "ECEV", 1), None)
    assert found is not None
    told = found.compare("JO01-001 T02", clinic.row("T01"))
    assert not told.is_right
    assert "scanned JO01-001 T02, open here is JO01-001 T01" in told.words.translate(ISOLATES)
    assert found.compare("JO01-001 T02", row).is_right


def test_only_the_dose_and_the_check_before_it_are_guarded(clinic: InjectionClinic) -> None:
    at = workplace(clinic)
    guarded = [
        form for form in at.study.forms if guard_of(at, FormKey(clinic.subject, "V_INJ1", 1, form, 1), None)
    ]
    assert sorted(guarded) == ["ECEV", "PREDOSE"]
