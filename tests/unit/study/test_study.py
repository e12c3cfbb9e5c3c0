"""A study by name: rows, types, texts, schedule, and an identity that only its content changes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.study.matrix import summary
from crfapp.study.pack import load_pack
from crfapp.study.study import Study, visits_after
from crfapp.study.types import Kind
from tests.support.playing import shipped_study

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.study.conftest import Edit, Edited


def _study(folder: Path) -> Study:
    loaded = load_pack(folder)
    assert loaded.pack is not None
    return Study(loaded.pack)


def test_a_section_that_continues_another_has_its_rows(tiny: Study) -> None:
    groups = tiny.groups_of("PATCH")
    assert groups["ROLE"] == "PATCHES"
    assert groups["ITCH"] == "PATCHES"
    assert groups["NTREATED"] == ""
    assert tiny.place("PATCH", "ITCH").section == "PICTURES"


def test_rows_are_continued_through_any_number_of_sections(edited: Edited) -> None:
    folder = edited(("forms/PATCH.yaml", "title: Together\n", "title: Together\n    continues: PICTURES\n"))
    path = folder / "forms" / "PATCH.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("fires: NTREATED == 0", "fires: NTREATED < 1"))
    assert _study(folder).groups_of("PATCH")["NTREATED"] == "PATCHES"


def test_every_kind_of_answer_stands_in_the_small_study(tiny: Study) -> None:
    kinds = {tiny.field(form, item).kind for form in tiny.forms for item in tiny.items(form)}
    assert kinds == set(Kind)


def test_a_type_is_parsed_once(tiny: Study) -> None:
    assert tiny.field("CARE", "LEN") is tiny.field("CARE", "WID")
    assert tiny.field("CARE", "LEN").digits == 1


def test_the_schedule_says_who_holds_what(tiny: Study) -> None:
    assert tiny.visits_of("CARE") == ("V_BASE", "V_W4")
    matrix = summary(tiny)
    assert matrix.visits == ("V_SCR", "V_BASE", "V_W4")
    assert dict(zip(matrix.forms, matrix.marks, strict=True)) == {
        "SV": ("X", "X", "X"),
        "DM": ("X", "", ""),
        "PATCH": ("", "X", ""),
        "CARE": ("", "X", "C"),
    }


def test_parameters_keep_their_figures(tiny: Study) -> None:
    assert tiny.parameter("AGE_MIN") == Decimal(18)
    assert str(tiny.parameter("MAX_AREA")) == "300.0"


def test_reasons_for_no_answer_are_the_lists_unless_the_item_says_fewer(tiny: Study) -> None:
    assert tiny.missing_codes("DM", "SEX") == ("ND", "REF", "UNK", "NA")
    assert tiny.missing_codes("DM", "BRTHDAT") == ("UNK", "REF")
    assert tiny.missing_codes("DM", "AGE") == ()
    assert tiny.missing_codes("DM", "INTRO") == ()


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda study: study.form("AE"), Code.UNKNOWN_FORM),
        (lambda study: study.field("DM", "AETERM"), Code.UNKNOWN_ITEM),
        (lambda study: study.visit("V_9"), Code.UNKNOWN_VISIT),
    ],
)
def test_a_name_that_is_not_there_is_refused(tiny: Study, ask, code: Code) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RefusedError) as refused:
        ask(tiny)
    assert refused.value.code is code


def test_texts_are_told_in_the_language_asked_for(tiny: Study) -> None:
    german, arabic = tiny.texts("de"), tiny.texts("ar")
    assert german.item("CARE", "WID") == "Größte Breite"
    assert arabic.item("CARE", "WID") == "أكبر عرض"
    assert german.form("PATCH") == "Flecken"
    assert german.visit("V_W4") == "Woche 4"
    assert german.section("DM", "VITALS") == "Vitalzeichen"
    assert german.row("DM", "VITALS", "LIE") == "Im Liegen"
    assert german.code("SKIN", "2") == "Verbrennt meist"
    assert german.check("TN-02") == "Mindestens ein Fleck muss behandelt werden."
    assert german.rule("DM", "AGE", "must", 1).startswith("Zu jung")
    assert german.help("DM", "NAME") == "Bleibt im Zentrum."
    assert german.parameter("AGE_MIN") == "Mindestalter"
    assert german.title == "Eine kleine Studie über Flecken, die verblassen"


def test_a_missing_translation_falls_back_to_the_packs_own_language(edited: Edited) -> None:
    study = _study(edited(("i18n/de.yaml", "  CARE.WID: Größte Breite\n", "")))
    assert study.texts("de").item("CARE", "WID") == "Widest across"
    assert study.texts("de").item("CARE", "LEN") == "Größter Durchmesser"
    assert study.texts("fr").item("CARE", "LEN") == "Longest diameter"
    assert study.texts("en").short == "TINY"
    assert study.texts("en").row("DM", "VITALS", "SIT") == "Sitting"


def test_a_study_comes_back_from_its_content_as_it_was(tiny: Study) -> None:
    back = Study.from_content(tiny.content)
    assert back.pack == tiny.pack
    assert back.hash == tiny.hash
    assert Study(back.pack).content == tiny.content
    rows = back.section("DM", "VITALS").rows
    assert rows is not None
    assert list(rows.fixed) == ["SIT", "LIE", "AFTER"]


def test_content_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="known format"):
        Study.from_content(b'{"format": 9, "pack": {}}')


def test_the_content_is_json_without_floats(tiny: Study) -> None:
    def refuse(text: str) -> float:
        raise AssertionError(text)

    data = json.loads(tiny.content, parse_float=refuse)
    assert data["pack"]["head"]["study"] == "tiny"


def test_the_hash_does_not_see_how_the_yaml_is_written(tiny: Study, edited: Edited) -> None:
    folder = edited(
        ("forms/SV.yaml", "form: SV\ntitle: Visit\n", "# a remark\ntitle:   'Visit'\n\nform: \"SV\"\n"),
        ("forms/SV.yaml", "{item: SVBEG, ask: Began, ", "{ask: Began, required: false, item: SVBEG, "),
        ("study.yaml", "day: -14\n    window: [-14, 13]\n", "window: [ -14,\n      13 ]\n    day: -14\n"),
    )
    (folder / "forms" / "SV.yaml").rename(folder / "forms" / "ZZ.yaml")
    assert _study(folder).hash == tiny.hash


CHANGES: list[Edit] = [
    ("study.yaml", "title: Screening", "title: Screening visit"),
    ("study.yaml", "value: 300.0", "value: 300"),
    ("study.yaml", "window: [-3, 3]", "window: [-3, 4]"),
    ("codelists.yaml", "text: Female, cdisc: true", "text: Female"),
    ("forms/DM.yaml", "SIT: Sitting, LIE: Lying", "LIE: Lying, SIT: Sitting"),
    ("forms/DM.yaml", "offset: -17.7777777778", "offset: -17.77777777780"),
    ("forms/DM.yaml", "VITALS: [{SYS: 170", "VITALS: [{SYS: 171"),
    ("forms/CARE.yaml", "required: LEN > 20", "required: LEN >  20"),
    ("i18n/ar.yaml", "  TEMP: الحرارة", "  TEMP: حرارة"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_hash_sees_every_change_of_content(tiny: Study, edited: Edited, change: Edit) -> None:
    assert _study(edited(change)).hash != tiny.hash


def test_a_visit_goes_together_with_later_ones_and_a_repeating_one_with_any_that_is_planned() -> None:
    study = shipped_study("nct06813027")
    assert visits_after(study, "V_M5") == ("V_M6", "V_ET", "V_UNS", "V_LOG")
    assert visits_after(study, "V_UNS")[:2] == ("V_SCR", "V_INJ1")
    assert not {"V_UNS", "V_ET", "V_LOG"} & set(visits_after(study, "V_UNS"))
