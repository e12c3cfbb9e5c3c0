"""A container's label scanned into the form of a dose: read out, compared, recorded with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.present.form_page import FormPage
from crfapp.present.label_scan import WHOLE
from crfapp.present.texts import ISOLATES
from tests.support.injection import InjectionClinic, instant
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from crfapp.present.form_view import Refusal

LABEL = "]d201061411412345661725011210EV-24-117\u241d210031"


class Dosing:
    """The form of the first injection, open at the nurse's; treatment is said to be given."""

    def __init__(self) -> None:
        self.clinic = InjectionClinic()
        self.at = self.clinic.injection()
        self.clinic.clock.at = instant("2025-01-12 10:00")
        self.key = FormKey(*self.at, "ECEV", 1)
        self.clinic.enter(self.key, ECYN="Y")
        self.page = FormPage(workplace(self.clinic), self.key)

    def scans(self, item: str, text: str = LABEL, reason: str = "") -> Refusal | None:
        return self.page.leave(Cell("", item), text, reason).refusal

    def value(self, item: str) -> str | None:
        return self.clinic.value(self.key, item)


def said(refusal: Refusal | None) -> str:
    assert refusal is not None
    return refusal.text.translate(ISOLATES)


def test_a_scanned_label_is_read_out_and_nothing_is_recorded() -> None:
    day = Dosing()
    refusal = day.scans("ECLOT")
    assert said(refusal) == (
        "The label says: lot EV-24-117, container 0031, good until 2025-01-12 23:59. 13 hours left."
    )
    assert refusal is not None
    assert [offer.label.translate(ISOLATES) for offer in refusal.offers] == [
        "Record all of it",
        "Only EV-24-117 here",
    ]
    assert [day.value(item) for item in ("ECLOT", "ECREFID", "ECEXPDTM")] == [None, None, None]


def test_one_press_fills_lot_container_and_expiry_and_keeps_what_was_scanned() -> None:
    day = Dosing()
    refusal = day.scans("ECREFID")
    assert refusal is not None
    assert day.scans("ECREFID", refusal.offers[0].text) is None
    assert day.value("ECLOT") == "EV-24-117"
    assert day.value("ECREFID") == "0031"
    assert day.value("ECEXPDTM") == "2025-01-12T23:59+03:00[Asia/Amman]"
    for item in ("ECLOT", "ECREFID", "ECEXPDTM"):
        stored = day.clinic.desk.stored(ItemKey(*day.key, "", item))
        assert stored is not None
        assert stored.typed == LABEL


def test_only_the_part_of_this_field_may_be_taken() -> None:
    day = Dosing()
    refusal = day.scans("ECLOT")
    assert refusal is not None
    assert day.scans("ECLOT", refusal.offers[1].text) is None
    assert (day.value("ECLOT"), day.value("ECREFID")) == ("EV-24-117", None)


def test_an_expired_product_and_a_container_used_before_are_said_before_anything_is_recorded() -> None:
    day = Dosing()
    other, _ = day.clinic.screened("2025-01-12")
    visit = day.clinic.injection("V_INJ1", "2025-01-12", other)
    day.clinic.dose(visit, start="09:50", end="", vial="0031")
    day.clinic.clock.at = instant("2025-01-13 10:00")
    words = said(day.scans("ECLOT"))
    assert "It has expired: do not give." in words
    assert "This container was used before: JO01-002, Injection 1 (week 0)." in words


def test_another_lot_than_last_time_is_said() -> None:
    day = Dosing()
    day.clinic.dose(day.at, start="10:05", end="10:18", lot="EV-24-100", vial="0029")
    visit = day.clinic.injection("V_INJ2", "2025-01-19")
    key = FormKey(*visit, "ECEV", 1)
    day.clinic.enter(key, ECYN="Y")
    refusal = FormPage(workplace(day.clinic), key).leave(Cell("", "ECLOT"), LABEL).refusal
    assert "Last time the lot was EV-24-100." in said(refusal)


def test_a_changed_label_asks_why_once_for_all_fields() -> None:
    day = Dosing()
    day.scans("ECLOT", f"{LABEL}{WHOLE}")
    other = LABEL.replace("117", "118").replace("0031", "0032")
    refusal = day.scans("ECLOT", f"{other}{WHOLE}")
    assert refusal is not None
    assert refusal.wants_reason
    assert day.scans("ECLOT", f"{other}{WHOLE}", "vial broke") is None
    assert (day.value("ECLOT"), day.value("ECREFID")) == ("EV-24-118", "0032")


def test_a_broken_code_is_refused_and_what_is_typed_by_hand_is_taken_as_ever() -> None:
    day = Dosing()
    refusal = day.scans("ECLOT", "]d21725131210A")
    assert "cannot be read" in said(refusal)
    assert day.scans("ECLOT", "EV-24-117") is None
    assert day.value("ECLOT") == "EV-24-117"
