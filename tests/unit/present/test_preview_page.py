"""Walking through a study without a site: what an answer led to, here and in other forms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from crfapp.form.graph import Cell
from crfapp.present.preview_page import Preview, PreviewForm
from crfapp.present.texts import ISOLATES, Texts
from tests.support.playing import shipped_study
from tests.support.tiny import tiny_study
from tools.messages import TRANSLATIONS

if TYPE_CHECKING:
    from crfapp.present.form_view import ReasonLine

FIRST = date(2025, 1, 5)


def texts(language: str) -> Texts:
    return Texts(language, TRANSLATIONS)


@pytest.fixture
def preview() -> Preview:
    return Preview(tiny_study(), FIRST, texts, texts("en"))


def form(preview: Preview, visit: str, name: str) -> PreviewForm:
    return preview.casebook.form(preview.casebook.trial.key(visit, name))


def at(item: str, row: str = "") -> Cell:
    return Cell(row, item)


def told(lines: tuple[ReasonLine, ...]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(line.kind, line.items, line.text.translate(ISOLATES)) for line in lines]


def test_every_form_of_every_visit_can_be_turned_to(preview: Preview) -> None:
    visits = preview.casebook.visits()
    assert [visit.visit for visit in visits] == ["V_SCR", "V_BASE", "V_W4"]
    assert [one.key.form for one in visits[2].forms] == ["SV", "CARE"], "also one that is not asked for"
    for visit in visits:
        for one in visit.forms:
            assert preview.casebook.form(one.key).head().can_edit
    head = form(preview, "V_W4", "CARE").head()
    assert "Week 4" in head.where
    assert 'SV.SVMODE == "CLINIC"' in head.where


def test_an_answer_says_what_it_showed_and_a_correction_what_it_hid(preview: Preview) -> None:
    page = form(preview, "V_SCR", "DM")
    page.leave(at("SEX"), "F")
    (step,) = page.inspect(at("SEX")).steps
    assert step.title == "Sex: Female"
    assert told(step.effects) == [("shown", ("Pregnant",), "Shown because “Sex” = Female.")]
    page.leave(at("PREG"), "Y")
    page.leave(at("SEX"), "M", reason="typing error")
    latest = page.inspect(at("SEX")).steps[0]
    assert ("hidden", ("Pregnant",), "Hidden because “Sex” = Male.") in told(latest.effects)
    assert told(page.inspect(at("SEX")).hidden) == [("hidden", ("Pregnant",), "Hidden because “Sex” = Male.")]


def test_a_finding_is_listed_with_its_expression_and_again_when_it_is_settled(preview: Preview) -> None:
    page = form(preview, "V_SCR", "DM")
    page.leave(at("TEMP", "SIT"), "41")
    step = page.inspect(at("TEMP", "SIT")).steps[0]
    ((kind, items, text),) = told(step.effects)
    assert (kind, len(items)) == ("finding", 1)
    assert text.startswith("Check SOFT:TEMP (Q): ")
    page.leave(at("TEMP", "SIT"), "37", reason="typing error")
    assert told(page.inspect(at("TEMP", "SIT")).steps[0].effects)[0][0] == "settled"
    for item, typed in (("SEX", "F"), ("PREG", "Y")):
        page.leave(at(item), typed)
    page.leave(at("SYS", "LIE"), "170")
    (fired,) = page.inspect(at("PREG")).steps[0].effects
    assert fired.text == "Check TN-01 (Q): High pressure in pregnancy."
    assert fired.expression.startswith("any(r.SYS > 160 for r in VITALS)")
    assert any(line.kind == "finding" for line in page.inspect(at("PREG")).reasons)


def test_values_of_an_earlier_form_are_given_there_and_worked_out_here(preview: Preview) -> None:
    patches = form(preview, "V_BASE", "PATCH")
    patches.add_row("PATCHES")
    row = patches.sections()[0].rows[0].key
    patches.leave(at("ROLE", row), "TREATED")
    care = form(preview, "V_BASE", "CARE")
    for item, typed in (("STATE", "PRESENT"), ("LEN", "14"), ("WID", "10")):
        care.leave(at(item, row), typed)
    latest = care.inspect(at("AREA", row)).steps[0]
    assert latest.title == "T01, Widest across: 10.0"
    computed = [text for kind, _items, text in told(latest.effects) if kind == "computed"]
    assert "AREA = round(pi / 4 * 14.0 * 10.0, 1) = 110.0" in computed
    patches = form(preview, "V_BASE", "PATCH")
    patches.leave(at("ITCH", row), "7")
    elsewhere = told(patches.inspect(at("ITCH", row)).steps[0].effects)
    assert ("computed", ("Measuring the patches: T01, Itch at baseline",)) in [line[:2] for line in elsewhere]


def test_a_form_that_the_visit_now_asks_for_is_named_with_its_condition(preview: Preview) -> None:
    visit = form(preview, "V_W4", "SV")
    visit.leave(at("SVMODE"), "CLINIC")
    (line,) = visit.inspect(at("SVMODE")).steps[0].effects
    assert (line.kind, line.items) == ("shown", ("Measuring the patches",))
    assert line.expression == 'SV.SVMODE == "CLINIC"'


def test_what_is_refused_is_no_step_and_what_changes_nothing_says_so(preview: Preview) -> None:
    page = form(preview, "V_SCR", "DM")
    assert page.leave(at("BRTHDAT"), "soon").refusal is not None
    assert page.inspect(at("BRTHDAT")).steps == ()
    page.leave(at("NAME"), "Nobody")
    assert page.inspect(at("NAME")).steps[0].effects == ()


def test_another_language_keeps_the_answers_and_the_readers_reasons(preview: Preview) -> None:
    form(preview, "V_SCR", "DM").leave(at("SEX"), "F")
    preview.speak("de")
    page = form(preview, "V_SCR", "DM")
    assert page.state(at("SEX")).text == "Weiblich"
    assert page.inspect(at("PREG")).steps[0].title == "Sex: Female"
    (reason,) = page.inspect(at("PREG")).reasons
    assert reason.text.translate(ISOLATES) == "Shown because “Sex” = Female."


def test_starting_over_forgets_every_answer(preview: Preview) -> None:
    form(preview, "V_SCR", "DM").leave(at("SEX"), "F")
    preview.start_over()
    page = form(preview, "V_SCR", "DM")
    assert page.state(at("SEX")).text == ""
    assert page.inspect(at("SEX")).steps == ()


def test_all_forms_of_the_shipped_study_open_with_their_reasons_in_every_language() -> None:
    for language in ("en", "ar", "de"):
        preview = Preview(shipped_study("nct06813027"), FIRST, texts, texts(language))
        opened = 0
        for visit in preview.casebook.visits():
            for one in visit.forms:
                page = preview.casebook.form(one.key)
                first = page.sections()[0].fields[0].item
                assert page.inspect(at(first)).title
                opened += 1
        assert opened > len(preview.study.forms)
