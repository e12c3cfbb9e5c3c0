"""A form page: patches say exactly what to redraw, refusals what to do, the inspector what happened."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code
from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.form_page import FormPage
from crfapp.work.roles import Actor, Role
from tests.support.playing import PlayingClinic, shipped_study
from tests.support.site_of import workplace
from tests.support.ward import Ward


@pytest.fixture
def ward() -> Ward:
    return Ward()


def page_of(ward: Ward, form: str = "DM", language: str = "en") -> FormPage:
    page = FormPage(workplace(ward, language), ward.form(form))
    page.sections()
    return page


def at(item: str, row: str = "") -> Cell:
    return Cell(row, item)


def test_a_patch_names_the_cells_that_changed_and_no_others(ward: Ward) -> None:
    page = page_of(ward)
    first = page.leave(at("SEX"), "F")
    assert first.cells == {at("SEX"), at("CB")}
    assert (first.refusal, first.rows_changed) == (None, False)
    assert first.saved == "09:10:00"
    assert first.status_changed  # the form was begun
    assert page.leave(at("AGE"), "70").cells == {at("AGE")}
    page.leave(at("H"), "164")
    second = page.leave(at("W"), "61,5")
    assert second.cells == {at("W"), at("BMI")}
    assert not second.status_changed
    assert page.confirm(at("AGE"), "SOFT:AGE", "passport seen").cells == {at("AGE")}
    assert page.leave(at("SEX"), "M", reason="typing error").cells == {at("SEX"), at("CB")}
    assert page.leave(at("SEX"), "M").saved == ""  # nothing was recorded


def test_what_another_page_changed_is_redrawn_with_the_next_patch(ward: Ward) -> None:
    ward.enter(ward.form("DOSE", ward.injected()), VOL="9")
    page = page_of(ward)
    page.leave(at("W"), "100")
    ward.enter(ward.form("DOSE", ward.scr._replace(visit="V_A")), VOL="12", reason="typing error")
    assert page.leave(at("AGE"), "40").cells == {at("AGE"), at("W")}


def test_a_row_more_or_another_label_asks_for_the_structure_again(ward: Ward) -> None:
    page = page_of(ward, "LD")
    assert page.add_row("AREAS").rows_changed
    row = page.sections()[0].rows[0].key
    assert page.sections()[0].rows[0].title == "1"
    assert page.leave(at("ROLE", row), "TREATED").rows_changed
    assert page.sections()[0].rows[0].title == "T01"
    assert not page.leave(at("DEPTH", row), "3").rows_changed
    assert page.void_row("AREAS", row, "").refusal is not None
    assert page.void_row("AREAS", row, "entered twice").rows_changed
    assert page.sections()[0].rows == ()


def test_a_refusal_says_what_to_do_and_offers_what_may_have_been_meant(ward: Ward) -> None:
    page = page_of(ward)
    patch = page.leave(at("LEN"), "1.2 cm")
    assert patch.refusal is not None
    assert (patch.refusal.code, patch.saved, patch.cells) == (Code.OTHER_UNIT.value, "", frozenset())
    (offer,) = patch.refusal.offers
    assert page.leave(at("LEN"), offer.text).refusal is None
    assert page.state(at("LEN")).text == "12.0"
    plain = page.leave(at("W"), "heavy").refusal
    assert plain is not None
    assert (plain.code, plain.offers, plain.wants_reason, bool(plain.text)) == ("R-101", (), False, True)


def test_changing_a_saved_value_asks_for_a_reason(ward: Ward) -> None:
    page = page_of(ward)
    page.leave(at("AGE"), "30")
    for reason, code in (("", Code.REASON_NEEDED), ("x", Code.REASON_TOO_SHORT)):
        refusal = page.leave(at("AGE"), "31", reason=reason).refusal
        assert refusal is not None
        assert (refusal.code, refusal.wants_reason) == (code.value, True)
    assert page.leave(at("AGE"), "31", reason=page.reasons()[0]).refusal is None
    assert page.mark_missing(at("AGE"), "ND", why="not asked").refusal is None
    assert page.state(at("AGE")).missing == "Nd"


def test_what_stands_in_the_way_of_completing_is_listed_in_the_order_of_the_form(ward: Ward) -> None:
    page = page_of(ward)
    page.leave(at("SEX"), "F")
    page.leave(at("W"), "170")
    page.leave(at("H"), "164")
    patch, obstacles = page.complete()
    assert patch.saved == ""
    assert [(one.cell.item, one.text) for one in obstacles] == [
        ("CB", "Cb: an answer is missing."),
        ("W", "W: 170.0 kg over 164.0 cm."),
    ]
    page.leave(at("CB"), "no")
    page.leave(at("W"), "70", reason="typing error")
    patch, obstacles = page.complete()
    assert (obstacles, patch.status_changed, page.head().status) == ((), True, "complete")


def test_an_answer_that_came_back_is_to_be_confirmed(ward: Ward) -> None:
    page = page_of(ward)
    page.leave(at("SEX"), "F")
    page.leave(at("CB"), "no")
    page.leave(at("SEX"), "M", reason="typing error")
    assert not page.state(at("CB")).visible
    page.leave(at("SEX"), "F", reason="right at first")
    assert (page.state(at("CB")).to_confirm, page.state(at("CB")).text) == (True, "no")
    page.leave(at("CB"), "no")
    assert not page.state(at("CB")).to_confirm


def test_a_missing_code_that_came_back_is_confirmed_by_the_same_code(ward: Ward) -> None:
    page = page_of(ward)
    page.leave(at("SEX"), "F")
    page.mark_missing(at("CB"), "UNK")
    page.leave(at("SEX"), "M", "typing error")
    page.leave(at("SEX"), "F", "it was right")
    back = page.state(at("CB"))
    assert (back.to_confirm, back.missing) == (True, "Unk")
    assert page.mark_missing(at("CB"), "UNK").refusal is None
    still = page.state(at("CB"))
    assert (still.to_confirm, still.missing) == (False, "Unk")


@pytest.mark.req("REQ-111")
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_inspector_tells_what_happened_in_plain_words(ward: Ward, language: str) -> None:
    page = page_of(ward, language=language)
    page.leave(at("AGE"), "17")
    page.leave(at("AGE"), "27", reason="typing error")
    history = page.inspect(at("AGE")).history
    assert [line.kind for line in history] == ["finding", "value", "finding", "value"]
    values = [line for line in history if line.kind == "value"]
    assert [line.what for line in values] == ["27", "17"]
    assert "SOFT:AGE" in values[0].why
    assert values[0].why.startswith("typing error")
    assert all("Rania Haddad" in line.who and "Asia/Amman" in line.when for line in history)
    said = " ".join(f"{line.what} {line.who} {line.when} {line.why}" for line in history)
    assert [sign for sign in ("{", "}", "value-recorded", "2025-01-05T") if sign in said] == []
    if language == "en":
        assert values[0].why == "typing error (after check SOFT:AGE)"
        assert history[-1].who == "Rania Haddad, nurse"
        assert "5 Jan 2025, 09:10:00" in history[-1].when


def test_a_unit_as_typed_and_a_calculation_are_told_as_such(ward: Ward) -> None:
    page = page_of(ward)
    page.leave(at("LEN"), "1.2 cm!")
    page.leave(at("W"), "61.5")
    page.leave(at("H"), "164")
    assert page.inspect(at("LEN")).history[0].what == "12.0 (typed as 1.2 cm)"
    assert page.inspect(at("BMI")).history[0].why == "worked out by the form"
    assert page.inspect(at("BMI")).facts == "DM.BMI · calculated"


def test_earlier_visits_stand_beside_the_question(ward: Ward) -> None:
    row = ward.area()
    ward.enter(ward.lm, row, SIZE="40")
    later = FormPage(workplace(ward), ward.form("LM", ward.injected()))
    later.leave(at("SIZE", row), "30")
    assert later.inspect(at("SIZE", row)).earlier == (("V_SCR", "40.0"),)
    assert FormPage(workplace(ward), ward.lm).inspect(at("SIZE", row)).earlier == ()


def test_who_only_reads_is_told_so_at_every_question(ward: Ward) -> None:
    ward.enter(ward.dm, AGE="30")
    page = FormPage(workplace(ward, actor=Actor("m", "Mona", Role.MONITOR, "CRO")), ward.dm)
    assert (page.head().can_edit, bool(page.state(at("AGE")).locked)) == (False, True)
    refusal = page.leave(at("AGE"), "31", reason="typing error").refusal
    assert refusal is not None
    assert (refusal.code, ward.value(ward.dm, "AGE")) == (Code.NOT_ALLOWED.value, "30")


def test_the_casebook_starts_and_misses_visits_and_shows_how_they_stand(ward: Ward) -> None:
    page = CasebookPage(workplace(ward))
    page.open(ward.subject)
    refused = page.start_visit("V_A", 1, "soon").refusal
    assert refused is not None
    assert page.start_visit("V_A", 1, "2025-01-05").saved == "09:10:00"
    assert page.miss_visit("V_B", 1, "ILL").refusal is None
    standing = {(entry.visit, entry.visit_n): entry.standing for entry in page.visits()}
    assert standing["V_A", 1] == "started"
    assert standing["V_B", 1] == "missed"
    assert list(standing)[-1] == ("V_LOG", 1)
    again = page.start_visit("V_B", 1, "2025-01-12").refusal
    assert again is not None
    assert again.code == Code.VISIT_STARTED_ALREADY.value


def test_a_visit_to_come_says_its_day_and_that_it_may_still_move(ward: Ward) -> None:
    page = CasebookPage(workplace(ward))
    page.open(ward.subject)

    def ahead(visit: str) -> tuple[str, str]:
        return next((entry.planned, entry.window) for entry in page.visits() if entry.visit == visit)

    assert ahead("V_A")[0].endswith(", not fixed yet")
    ward.injected()
    assert ahead("V_B") == ("Sunday 19 January 2025", "17 Jan to 21 Jan")


def test_a_hijri_date_is_recorded_as_a_gregorian_one_and_its_history_says_what_was_told() -> None:
    clinic = PlayingClinic(shipped_study("nct06813027"), "Asia/Amman")
    visit = clinic.start(clinic.enrol(), "V_SCR")
    page = FormPage(workplace(clinic), FormKey(*visit, "DM", 1))
    page.sections()
    asked = page.leave(at("BRTHDAT"), "1410").refusal
    assert asked is not None
    words = [offer.label.replace("\u2068", "").replace("\u2069", "") for offer in asked.offers]
    assert words == ["1989 (Hijri 1410)", "1990 (Hijri 1410)"]
    assert page.leave(at("BRTHDAT"), asked.offers[0].text).refusal is None
    assert page.state(at("BRTHDAT")).text == "1989"
    told = page.inspect(at("BRTHDAT")).history[-1].what
    assert told.replace("\u2068", "").replace("\u2069", "") == "1989 (told as 1410 AH = 1989)"
