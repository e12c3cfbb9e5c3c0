"""Every rule of the lint, shown by one change to a study that has no fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.study.lint import check_study
from crfapp.study.pack import load_pack

if TYPE_CHECKING:
    from crfapp.study.study import Study
    from tests.unit.study.conftest import Edit, Edited

CARE, DM, PATCH, SV = (f"forms/{name}.yaml" for name in ("CARE", "DM", "PATCH", "SV"))

FAULTS: list[tuple[str, str, str, str, str]] = [
    # file, what stands there, what somebody wrote instead, code, words of the sentence
    ("study.yaml", "anchor: V_BASE", "anchor: V_DAY0", "PACK-037", "no visit V_DAY0"),
    ("study.yaml", "missing: NULLF", "missing: NULLS", "PACK-031", "did you mean 'NULLF'?"),
    ("study.yaml", "date: SV.VISDAT", "date: SV.VISDATE", "PACK-033", "did you mean 'VISDAT'?"),
    ("study.yaml", "date: SV.VISDAT", "date: SV.SVSTAT", "PACK-025", "it must be of type date"),
    (
        "study.yaml",
        "day: 28",
        "day: 28\n    anchor: {visit: V_BASE, form: SV, item: VISDAT}",
        "PACK-025",
        "type date; visits count from it, so it must be of type datetime",
    ),
    ("study.yaml", "done: DONE", "done: FINISHED", "PACK-035", "'FINISHED' is not a code of SVSTAT"),
    ("study.yaml", "window: [-3, 3]", "window: [3, -3]", "PACK-050", "ends (-3) before it begins (3)"),
    ("study.yaml", "day: 28", "day: 28\n    anchor: V_W4", "PACK-042", "V_W4 -> V_W4"),
    ("study.yaml", "anchor: V_BASE", "anchor: V_BASE\nsponser: X", "PACK-020", "did you mean 'sponsor'?"),
    ("study.yaml", 'when: SV.SVMODE == "CLINIC"', "when: SVMODE", "PACK-033", "write FORM.SVMODE"),
    (
        DM,
        "SEX, ask: Sex, type: choice, codes: SEX",
        "SEX, ask: Sex, type: choice",
        "PACK-025",
        "needs 'codes'",
    ),
    (DM, "item: NAME", "item: name", "PACK-024", "'name' cannot be an OID"),
    (DM, "missing: [UNK, REF]", "missing: [UNK, LATER]", "PACK-035", "'LATER' is not a code of NULLF"),
    (DM, "range: {hard: [30.0, 45.0]", "range: {hard: [30.05, 45.0]", "PACK-051", "30.05 has more decimals"),
    (DM, "soft: [90, 180]", "soft: [180, 90]", "PACK-050", "ends (90) before it begins (180)"),
    (DM, "codes: SKIN}", "codes: SKIN, range: {hard: [1, 2]}}", "PACK-051", "does not go with type choice"),
    (DM, "on: PREG", "on: PREGN", "PACK-033", "did you mean 'PREG'?"),
    (DM, "{SEX: M}", "{SEXE: M}", "PACK-082", "did you mean 'SEX'?"),
    (DM, "rows: {VITALS: [{SYS: 170}]}", "rows: {VITAL: [{SYS: 170}]}", "PACK-082", "did you mean 'VITALS'?"),
    (DM, "{VITALS: [{SYS: 170}]}", "{VITALS: [{SYST: 170}]}", "PACK-082", "did you mean 'SYS'?"),
    (DM, "{VITALS: [{SYS: 170}]}", "{VITALS: [{SYS: high}]}", "PACK-083", "'high' cannot be read"),
    (DM, "{SEX: M}", "{SEX: X}", "PACK-083", "not one of F, M"),
    (CARE, '{TOTAREA: ""}]', '{TOTAREA: "", TODAY: 2025-03-02}]', "PACK-082", "does not read TODAY"),
    (CARE, "{TOTAREA: 300.0}, ", "{TOTAREA: 300.2}, ", "PACK-081", "fires although it stands under 'passes'"),
    (
        CARE,
        "fires: [{TOTAREA: 300.1}]\n      p",
        'fires: [{TOTAREA: ""}]\n      p',
        "PACK-081",
        "It gave missing",
    ),
    (
        CARE,
        "fires: [{AREA: 20.1",
        "fires: [{AREA: 20.0",
        "PACK-081",
        "AREA is '20.0', CARE@PREV.AREA is '10.0'",
    ),
    (DM, "check: TN-01", "check: TN1", "PACK-024", "'TN1' cannot be the id of a check"),
    (DM, "{AGE}, at", "{AGE, at", "PACK-043", "brace without its partner"),
    (DM, "who: [CRC, INV]", "who: CRC", "PACK-022", "'who' must be a list"),
    (DM, "layout: table", "layout: tabel", "PACK-023", "did you mean 'table'?"),
    (DM, "fixed: {SIT: Sitting", "log: true\n      fixed: {SIT: Sitting", "PACK-025", "exactly one of"),
    (PATCH, "by: ROLE", "by: ROLES", "PACK-033", "named by item ROLES"),
    (PATCH, "by: ROLE", "parent: PATCHED, by: ROLE", "PACK-033", "did you mean 'PATCHID'?"),
    (PATCH, "by: ROLE", "by: ROLE, parent: FROM", "PACK-033", "named by item FROM"),
    (PATCH, "by: ROLE", "by: ROLE, parent: SITE", "PACK-025", "names the row that another came from"),
    (PATCH, "ask: Patch, type: text(8)", "ask: Patch, type: integer", "PACK-025", "a label is a text"),
    (PATCH, "prefixes: {TREATED: T", "prefixes: {TREATD: T", "PACK-035", "did you mean 'TREATED'?"),
    (
        PATCH,
        "title: Pictures\n    continues",
        "title: Pictures\n    rows: {log: true}\n    continues",
        "PACK-025",
        "own",
    ),
    (PATCH, "continues: PATCHES", "continues: SUM", "PACK-034", "Section SUM has no rows"),
    (CARE, "{each: PATCH, where", "{each: SV, where", "PACK-036", "Form SV has no section with rows"),
    (CARE, "rowref(PATCH)", "rowref(PATCHES)", "PACK-032", "did you mean 'PATCH'?"),
    (CARE, "is: PATCH@V_BASE.ITCH", "is: PATCH@V_SCR.ITCH", "PACK-033", "V_SCR does not hold PATCH"),
    (CARE, "is: PATCH@V_BASE.ITCH", "is: PATCH@V_BASE.ROLE", "PACK-041", "a number is needed"),
    (CARE, "fires: TOTAREA > P.MAX_AREA", "fires: AREA > P.MAX_AERA", "PACK-033", "Did you mean MAX_AREA?"),
    (CARE, "required: LEN > 20", "required: LEN + 20", "PACK-041", "a condition is needed"),
    (
        "codelists.yaml",
        "text: Subject was ill}\n",
        "text: Ill}\n    - {code: ILL, text: Ill}\n",
        "PACK-030",
        "two codes",
    ),
    (
        "study.yaml",
        "    day: 28\n",
        "    day: 28\n    times: 2\n",
        "PACK-025",
        "how often a repeating visit is planned",
    ),
    ("i18n/ar.yaml", "  VISDAT: ", "  VISDATUM: ", "PACK-071", "'VISDATUM' names nothing in 'items'"),
    ("i18n/de.yaml", "  NY: {N: Nein", "  NY: {NO: Nein", "PACK-071", "'NO' is not in NY"),
    ("i18n/de.yaml", "  DM.VITALS: {", "  DM.VITAL: {", "PACK-071", "did you mean 'DM.VITALS'?"),
    ("i18n/de.yaml", "Zusammen {TOTAREA}", "Zusammen {TOTAL}", "PACK-043", "'{TOTAL}'"),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "words"), FAULTS)
def test_one_mistake_gives_one_fault_in_its_file_and_line(
    edited: Edited, file: str, old: str, new: str, code: str, words: str
) -> None:
    folder = edited((file, old, new))
    text = (folder / file).read_text(encoding="utf-8")
    errors = load_pack(folder).errors
    assert [(fault.file, fault.code.value) for fault in errors] == [(file, code)]
    first = text.count("\n", 0, text.index(new)) + 1
    assert first - 2 <= errors[0].line <= first + new.count("\n")
    assert words in errors[0].text
    assert errors[0].todo


WARNINGS: list[tuple[str, str, str, str, str]] = [
    ("study.yaml", "day: 28", "day: 3", "PACK-060", "begins on day 0"),
    ("study.yaml", "forms: [SV, DM]", "forms: [SV]", "PACK-061", "No visit holds the form"),
    (SV, 'when: SVSTAT == "MISSED"', "when: 1 > 2", "PACK-044", "never shown"),
    (
        CARE,
        "      boundary: {passes: [{TOTAREA: 300.0}], fires: [{TOTAREA: 300.1}]}\n",
        "",
        "PACK-084",
        "limit",
    ),
    ("i18n/de.yaml", "  DM.KIT: Packung\n", "", "PACK-070", "1 of 88 texts have no translation into 'de'"),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "words"), WARNINGS)
def test_what_may_be_meant_is_a_warning_and_the_pack_is_still_read(
    edited: Edited, file: str, old: str, new: str, code: str, words: str
) -> None:
    loaded = load_pack(edited((file, old, new)))
    assert loaded.pack is not None
    assert [(fault.code.value, fault.severity) for fault in loaded.faults] == [(code, "warning")]
    assert words in loaded.faults[0].text


def test_a_question_that_a_parameter_switches_off_is_meant_so(edited: Edited) -> None:
    folder = edited((SV, 'when: SVSTAT == "MISSED"', "when: P.AGE_MIN > 18"))
    assert load_pack(folder).faults == ()


def test_a_language_without_a_file_is_counted_once(edited: Edited) -> None:
    folder = edited()
    (folder / "i18n" / "de.yaml").unlink()
    faults = load_pack(folder).faults
    assert [(fault.file, fault.code.value) for fault in faults] == [("study.yaml", "PACK-070")]
    assert faults[0].text.startswith("88 of 88 texts")


def test_a_file_for_a_language_that_is_not_declared_is_an_error(edited: Edited) -> None:
    loaded = load_pack(edited(("study.yaml", "languages: [en, ar, de]", "languages: [en, ar]")))
    assert [(fault.file, fault.code.value) for fault in loaded.errors] == [("i18n/de.yaml", "PACK-072")]


def test_the_same_form_in_two_files_is_named_with_both(edited: Edited) -> None:
    folder = edited()
    (folder / "forms" / "SVCOPY.yaml").write_bytes((folder / "forms" / "SV.yaml").read_bytes())
    errors = load_pack(folder).errors
    assert [(fault.file, fault.code.value) for fault in errors] == [("forms/SVCOPY.yaml", "PACK-030")]
    assert "forms/SV.yaml, line 1" in errors[0].text


AGE = "is: years(lo(BRTHDAT), date_of(ICDTM))"
COUNT = 'is: count(r for r in PATCHES if r.ROLE == "TREATED")'
ITCH = "is: PATCH@V_BASE.ITCH"
MANY = (DM, "title: About the person", "title: About the person\nrepeats: true")
ROWS: list[tuple[tuple[Edit, ...], str]] = [
    (((PATCH, COUNT, "is: number(ROLE)"),), "ROLE stands in the rows of PATCHES"),
    (((DM, AGE, "is: CARE.LEN"),), "CARE.LEN stands in rows"),
    ((MANY, (CARE, ITCH, "is: DM.AGE")), "DM can be filled more than once"),
    (((CARE, ITCH, "is: ABOVE.TOTAREA"),), "ABOVE.TOTAREA needs an item of the same rows"),
    (((DM, AGE, "is: ROW.NUMBER"),), "ROW.NUMBER has a meaning in rows only"),
    (((DM, AGE, "is: sum(r.LEN for r in CARE.SUM)"),), "CARE has no repeating section SUM"),
    (((DM, AGE, "is: count(r for r in CARE if given(r.INTRO))"),), "CARE has no item INTRO"),
    (((DM, AGE, "is: 1 if given(INTRO) else 2"),), "INTRO is a note and has no answer"),
]


@pytest.mark.parametrize(("edits", "words"), ROWS)
def test_rows_are_told_apart_from_single_answers(edited: Edited, edits: tuple[Edit, ...], words: str) -> None:
    errors = load_pack(edited(*edits)).errors
    assert len(errors) == 1
    assert words in errors[0].text


def test_a_circle_through_two_forms_is_found(edited: Edited) -> None:
    began = "SVBEG, ask: Began, type: "
    circle = edited((SV, f"{began}time", f"{began}integer, is: DM.AGE"), (DM, AGE, "is: SV.SVBEG"))
    assert [fault.text for fault in load_pack(circle).errors] == [
        "Each needs the next: DM.AGE -> SV.SVBEG -> DM.AGE."
    ]


def test_the_value_of_an_earlier_visit_closes_no_circle(edited: Edited) -> None:
    folder = edited((CARE, 'is: "round(pi / 4 * LEN * WID, 1)"', "is: CARE@PREV.AREA + 1"))
    assert load_pack(folder).faults == ()


def test_a_pack_without_files_is_checked_too(tiny: Study) -> None:
    assert check_study(tiny.pack).faults == []
    head = tiny.pack.head.model_copy(update={"anchor": "V_DAY0"})
    faults = check_study(tiny.pack.model_copy(update={"head": head})).faults
    assert [(fault.file, fault.line, fault.code.value) for fault in faults] == [("", 0, "PACK-037")]


def test_a_check_that_is_never_tried_keeps_the_pack_from_being_used(edited: Edited) -> None:
    loaded = load_pack(edited((CARE, '      passes: [{TOTAREA: 300.0}, {TOTAREA: ""}]\n', "")))
    assert loaded.pack is None
    assert [(fault.code.value, fault.line) for fault in loaded.errors] == [("PACK-080", 37)]
    assert loaded.errors[0].place == "form CARE, check TN-03"
