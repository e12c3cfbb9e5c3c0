"""What a subject was given, read from the forms that the packs bind as dosing."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import SubjectRow
from crfapp.work.doses import Dose, as_number, doses_of, dosing_of, given_so_far
from tests.support.injection import InjectionClinic, instant
from tests.support.playing import FORMS, journey_of, played


def injected(clinic: InjectionClinic, visit: str, day: str, points: str, volume: str) -> FormKey:
    """An injection into T01 alone."""
    at = clinic.injection(visit, day)
    clinic.clock.at = instant(f"{day} 10:20")
    key = clinic.dose(at, start="10:05", end="10:18")
    clinic.enter(key, clinic.row("T01"), ESINJ="Y", ESPTS=points, ESVOL=volume)
    return key


def test_a_dose_says_what_went_where_and_how_much_in_all() -> None:
    clinic = InjectionClinic()
    injected(clinic, "V_INJ1", "2025-01-12", "4", "0.40")

    (dose,) = doses_of(clinic.desk, clinic.subject)
    assert (dose.visit, dose.number, dose.lot, dose.container) == ("V_INJ1", 1, "EV-24-117", "0031")
    assert str(dose.start) == "2025-01-12T10:05+03:00[Asia/Amman]"
    assert str(dose.end) == "2025-01-12T10:18+03:00[Asia/Amman]"
    (portion,) = dose.portions
    assert (portion.label, portion.treated) == ("T01", True)
    points, volume = portion.amounts
    assert (points.item, points.given, points.planned) == ("ESPTS", Decimal(4), Decimal(4))
    assert (volume.item, volume.unit, volume.given) == ("ESVOL", "mL", Decimal("0.40"))
    assert (dose.total, dose.unit) == (Decimal("0.40"), "mL")


def test_what_was_given_so_far_is_the_sum_by_lesion() -> None:
    clinic = InjectionClinic()
    injected(clinic, "V_INJ1", "2025-01-12", "4", "0.40")
    injected(clinic, "V_INJ2", "2025-01-19", "5", "0.45")

    so_far = given_so_far(doses_of(clinic.desk, clinic.subject))
    assert so_far == {clinic.row("T01"): {"ESPTS": (Decimal(9), ""), "ESVOL": (Decimal("0.85"), "mL")}}


def test_a_dose_that_was_not_given_is_none_but_its_form_is_known() -> None:
    clinic = InjectionClinic()
    at = clinic.injection()
    clinic.enter(FormKey(*at, "ECEV", 1), ECYN="N", ECREASOC="MEDICAL")

    assert doses_of(clinic.desk, clinic.subject) == ()
    (skipped,) = dosing_of(clinic.desk, clinic.subject)
    assert skipped.given is False


def test_an_area_that_was_left_out_adds_nothing() -> None:
    clinic = InjectionClinic()
    key = injected(clinic, "V_INJ1", "2025-01-12", "4", "0.40")
    row = clinic.row("T01")
    clinic.enter(key, row, reason="read again", ESINJ="N")

    so_far = given_so_far(doses_of(clinic.desk, clinic.subject))
    assert so_far[row] == {}


@cache
def dose_of_journey(pack: str, journey: str) -> Dose:
    """The dose of the last subject of a shipped journey."""
    clinic = played(journey_of(FORMS / pack / "journeys" / f"{journey}.yaml"))[1]
    subject = clinic.ledger.tables.find(SubjectRow)[-1].subject
    return doses_of(clinic.desk, subject)[0]


def test_what_is_on_a_container_stands_where_it_was_received() -> None:
    dose = dose_of_journey("abcb5-cvu", "tc-40-container-of-another")
    assert (dose.lot, dose.container) == ("A-0325-08", "A-0325-08/1")
    (wound,) = dose.portions
    assert wound.label == "W1"
    assert [amount.item for amount in wound.amounts] == ["EWVOL", "EWCELL"]


def test_an_intrathecal_dose_goes_to_no_lesion() -> None:
    dose = dose_of_journey("als-msc", "tc-40-product-of-another-donation")
    assert (dose.number, dose.container, dose.portions, dose.unit) == (1, "DE-000399-0447-01", (), "mL")


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.86E6", Decimal(1860000)), ("0.40", Decimal("0.40")), ("NaN", None), ("much", None), (None, None)],
)
def test_an_amount_is_a_number_also_where_it_is_kept_as_a_text(
    text: str | None, number: Decimal | None
) -> None:
    assert as_number(text) == number
