"""Why a question is there: a sentence that names the questions and answers, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from crfapp.form.graph import Cell
from crfapp.journeys.trial import INVESTIGATOR, Trial
from crfapp.present.form_page import FormPage
from crfapp.present.reasons import Reason, Reasons
from crfapp.present.texts import ISOLATES, Texts
from crfapp.present.workplace import Workplace
from tests.support.playing import shipped_study
from tests.support.tiny import tiny_study
from tools.messages import TRANSLATIONS

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey


class Desk:
    """A study that is tried, and its reasons in words."""

    def __init__(self, language: str = "en", pack: str = "") -> None:
        study = shipped_study(pack) if pack else tiny_study()
        self.trial = Trial(study, date(2025, 1, 5))
        self.at = Workplace(
            self.trial.bus,
            self.trial.desk,
            self.trial.events,
            actor=INVESTIGATOR,
            texts=Texts(language, TRANSLATIONS),
        )

    def form(self, visit: str, form: str) -> FormPage:
        self.trial.turn_to(visit)
        return FormPage(self.at, self.trial.key(visit, form))

    def reasons(self, key: FormKey, language: str = "") -> Reasons:
        return Reasons(self.at, key, Texts(language, TRANSLATIONS) if language else None)


def plain(reason: Reason | None) -> str:
    assert reason is not None
    return reason.text.translate(ISOLATES)


def at(item: str, row: str = "") -> Cell:
    return Cell(row, item)


def test_a_question_says_which_answer_hides_it_and_which_one_shows_it() -> None:
    desk = Desk()
    page = desk.form("V_SCR", "DM")
    reasons = desk.reasons(page.key)
    assert plain(reasons.shown(at("PREG"))) == "Hidden because “Sex” has no answer."
    page.leave(at("SEX"), "M")
    assert plain(reasons.shown(at("PREG"))) == "Hidden because “Sex” = Male."
    page.leave(at("SEX"), "F", reason="typing error")
    shown = reasons.shown(at("PREG"))
    assert plain(shown) == "Shown because “Sex” = Female."
    assert shown is not None
    assert shown.expression == 'SEX == "F"'
    assert reasons.shown(at("SEX")) is None, "it always applies"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Eingeblendet, weil „Geschlecht“ = Weiblich."), ("ar", "ظاهر لأن «الجنس» = أنثى.")],
)
def test_the_sentence_is_in_the_readers_language_whatever_the_form_is_shown_in(
    language: str, sentence: str
) -> None:
    desk = Desk()
    page = desk.form("V_SCR", "DM")
    page.leave(at("SEX"), "F")
    assert plain(desk.reasons(page.key, language).shown(at("PREG"))) == sentence


def test_a_calculation_is_told_with_the_answers_in_it() -> None:
    desk = Desk(pack="nct06813027")
    page = desk.form("V_SCR", "LESDEF")
    page.add_row("AREAS")
    row = page.sections()[0].rows[0].key
    page.leave(at("LESROLE", row), "TREATED")
    areas = desk.form("V_SCR", "LESM")
    for item, typed in (("LMSTAT", "PRESENT"), ("LMLEN", "14"), ("LMWID", "10")):
        areas.leave(at(item, row), typed)
    worked_out = desk.reasons(areas.key).worked_out(at("AREA_TRORRES", row))
    assert plain(worked_out) == "AREA_TRORRES = round(pi / 4 * 14.0 * 10.0, 1) = 110.0"
    assert worked_out is not None
    assert "LMPLAN if given(LMPLAN)" in worked_out.expression
    assert desk.reasons(areas.key).worked_out(at("LMLEN", row)) is None


def test_required_and_a_check_say_their_reasons_and_figures_of_the_protocol_their_names() -> None:
    desk = Desk()
    patches = desk.form("V_BASE", "PATCH")
    patches.add_row("PATCHES")
    row = patches.sections()[0].rows[0].key
    patches.leave(at("ROLE", row), "TREATED")
    care = desk.form("V_BASE", "CARE")
    for item, typed in (("STATE", "PRESENT"), ("LEN", "30"), ("WID", "20")):
        care.leave(at(item, row), typed)
    reasons = desk.reasons(care.key)
    assert plain(reasons.required(at("WID", row))) == "Required because “Longest diameter” = 30.0 mm."
    assert plain(reasons.fired(at("TOTAREA"), "TN-03")) == (
        "It asks because “Area of all” = 471.2 mm² and Largest area of all patches together = 300.0 mm²."
    )
    assert reasons.required(at("STATE", row)) is None
    assert reasons.fired(at("LEN", row), "SOFT:LEN") is None


def test_visits_and_rows_are_named_and_not_spelt() -> None:
    desk = Desk(pack="nct06813027")
    signs = desk.form("V_SCR", "VS")
    signs.leave(at("VSPERF"), "Y")
    assert plain(desk.reasons(signs.key).shown(at("HEIGHT_VSORRES"))) == (
        "Shown because “Were vital signs measured?” = Yes and visit = Screening / baseline."
    )
    signs.leave(at("TEMP_VSORRES"), "39")
    fever = plain(desk.reasons(signs.key).fired(at("TEMP_VSORRES"), "VS-04"))
    assert fever.endswith("rows of Adverse events that count = 0.")


def test_the_inspector_of_a_casebook_says_why_a_question_is_there() -> None:
    desk = Desk()
    page = desk.form("V_SCR", "DM")
    page.leave(at("SEX"), "F")
    (reason,) = page.inspect(at("PREG")).reasons
    assert reason.text.translate(ISOLATES) == "Shown because “Sex” = Female."
    assert page.inspect(at("SEX")).reasons == ()
