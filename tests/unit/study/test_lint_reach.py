"""What a pack says that can never happen, never be seen, or is called otherwise elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.study.language import Fault, parse
from crfapp.study.lint.cdash import cdash_name
from crfapp.study.lint.possible import never
from crfapp.study.names import StandsIn
from crfapp.study.pack import load_pack

if TYPE_CHECKING:
    from crfapp.study.study import Study
    from tests.unit.study.conftest import Edit, Edited

HEAD = "study.yaml"
CARE, DM, PATCH, SV = (f"forms/{name}.yaml" for name in ("CARE", "DM", "PATCH", "SV"))
STATUS = "reason: SV.SVREAS}"
TASK = "level: Q\n    fires: TOTAREA"
MODED = 'when: SV.SVMODE == "CLINIC"}'
NOTED = 'when: SVSTAT == "MISSED"'


def with_head(more: str) -> Edit:
    """The small study with one more key in its head."""
    return (HEAD, "reasons: REASND\n", f"reasons: REASND\n{more}\n")


def with_task(more: str) -> Edit:
    """The small study's check of the area as a task."""
    return (CARE, TASK, f"level: T\n    {more}\n    fires: TOTAREA")


ERRORS: list[tuple[tuple[Edit, ...], str, str]] = [
    (((HEAD, STATUS, "reason: SV.SVREAS, partly: HALF}"),), "PACK-035", "'HALF' is not a code of SVSTAT"),
    (((HEAD, STATUS, "reason: SV.SVREAS, into: SV.SVMERGE}"),), "PACK-033", "SV has no item SVMERGE"),
    ((with_head("ends: [{date: SV.VISDATE}]"),), "PACK-033", "did you mean 'VISDAT'?"),
    ((with_head("ends: [{date: DM.AGE}]"),), "PACK-025", "it must be of type date or"),
    ((with_head("ends: [{date: SV.VISDAT, keeps: VISIT.DAY}]"),), "PACK-041", "a condition"),
    ((with_head("generic: {end: SV.VISDATE}"),), "PACK-033", "Did you mean VISDAT?"),
    ((with_head("generic: {consent: DM.BRTHDAT}"),), "PACK-041", "write lo(...) or hi(...)"),
    ((with_head("generic: {after_end: [SV, SEA]}"),), "PACK-032", "no form SEA"),
    ((with_head("generic: {names: [DM.NAMES]}"),), "PACK-033", "did you mean 'NAME'?"),
    ((with_head("generic: {workdays: 0}"),), "PACK-022", "0 working days"),
    ((with_head("verification: [{from: 1.12.2024}]"),), "PACK-022", "'1.12.2024' is not a day"),
    ((with_head("verification: [{from: 2025-01-01}, {from: 2024-12-01}]"),), "PACK-022", "each begins later"),
    ((with_head("verification: [{from: 2025-01-01, sampled: {first: few}}]"),), "PACK-022", "a whole number"),
    ((with_head("verification: [{from: 2025-01-01, sampld: all}]"),), "PACK-020", "'sampled'"),
    ((with_head("verification: [{critical: all}]"),), "PACK-021", "'from' is missing"),
    (((SV, "sdv: critical}", "recorded: eSource}"),), "PACK-023", "must be 'esource' or 'transcribed'"),
    ((with_task("due: TOTAREA"),), "PACK-041", "'due' must be a date or a moment; this is a number"),
    ((with_task("due: DM@V_SCR.BRTHDAT"),), "PACK-041", "write lo(...) or hi(...)"),
    ((with_task("draft: {form: PATCHES, set: {ROLE: '\"TREATED\"'}}"),), "PACK-032", "did you mean 'PATCH'?"),
    ((with_task("draft: {form: SV, set: {SVSTAT: '\"DONE\"'}}"),), "PACK-036", "SV, which has no log"),
    ((with_task("draft: {form: PATCH, set: {ROLES: '\"TREATED\"'}}"),), "PACK-033", "did you mean 'ROLE'?"),
    ((with_task("draft: {form: PATCH, set: {ROLE: '\"TRETED\"'}}"),), "PACK-035", "TREATED"),
    ((with_task("draft: {form: PATCH, set: {NTREATED: '1'}}"),), "PACK-025", "not answered by anybody"),
    (((CARE, "{each: PATCH, where: ROLE ==", "{each: PATCH, where: ROLE in"),), "PACK-041", "a set of codes"),
    (((HEAD, MODED, "when: 'SV.SVMODE in [\"CLINC\"]'}"),), "PACK-035", "Did you mean CLINIC?"),
    (((DM, "TRIGGER}", "TRIGGER, when: 'contains(TRIGGER, \"SNU\")'}"),), "PACK-035", "Did you mean SUN?"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "code", "words"), ERRORS)
def test_a_name_that_leads_nowhere_is_one_error(
    edited: Edited, edits: tuple[Edit, ...], code: str, words: str
) -> None:
    errors = [fault for fault in load_pack(edited(*edits)).errors if fault.code != "PACK-042"]
    assert [fault.code.value for fault in errors] == [code]
    assert words in f"{errors[0].text} {errors[0].todo}"
    assert (errors[0].file, errors[0].line > 0) == (edits[0][0], True)


SPARE = "SPARE:\n  title: Spare\n  codes: [{code: A, text: A}]\n"
LATER = "    day: 28\n"
WARNINGS: list[tuple[Edit, str, str]] = [
    ((HEAD, LATER, "    day: 17\n    anchor: V_SCR\n"), "PACK-060", "begins on day 0, that of V_BASE"),
    ((HEAD, LATER, "    day: 2\n    anchor: V_BASE\n"), "PACK-060", "ends on day 0, counted from V_BASE"),
    (("codelists.yaml", "REASND:", f"{SPARE}REASND:"), "PACK-062", "SPARE"),
    ((HEAD, "parameters:\n", "parameters:\n  SPARE: {value: 1, title: Spare}\n"), "PACK-063", "SPARE"),
    ((DM, "item: KIT", "item: GENDER"), "PACK-038", "CDASH calls this SEX, not GENDER"),
    ((DM, "ask: Kit", "ask: Date of birth"), "PACK-038", "BRTHDAT, not KIT"),
    ((SV, NOTED, 'when: SVSTAT == "MISSED" and SVSTAT == "DONE"'), "PACK-044", "SVSTAT would"),
    ((SV, NOTED, 'when: given(SVBEG) and SVSTAT == "MISSED"'), "PACK-044", "SVSTAT would"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "code", "words"), WARNINGS)
def test_what_can_hardly_be_meant_is_one_warning(edited: Edited, edit: Edit, code: str, words: str) -> None:
    faults = [fault for fault in load_pack(edited(edit)).faults if fault.code not in ("PACK-070", "PACK-071")]
    assert [(fault.code.value, fault.severity) for fault in faults] == [(code, "warning")]
    assert words in faults[0].text


CALL = """\
  - visit: V_CALL
    title: Call
    kind: scheduled
    hours: 24
    window: [20, 36]
    anchor: V_BASE
    forms: [SV]
  - visit: V_REL
    title: Release of the product, without the subject
    kind: scheduled
    day: 0
    forms: [CARE]
  - visit: V_ANY
    title: When needed
    kind: conditional
    day: 0
    window: [0, 14]
    forms: [SV]
"""


def test_calls_after_a_visit_and_visits_that_come_when_they_must_overlap_with_nothing(edited: Edited) -> None:
    folder = edited((HEAD, "\nchecks:", f"{CALL}\nchecks:"))
    assert [fault.code for fault in load_pack(folder).faults if fault.code != "PACK-070"] == []


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("SV", 'SVSTAT == "DONE" and SVSTAT != "DONE"', "SVSTAT would have to be two things at once"),
        ("SV", 'SVSTAT in ["DONE"] and not SVSTAT == "DONE"', "SVSTAT would"),
        ("SV", 'SVSTAT not in ["DONE", "MISSED"]', "SVSTAT would"),
        ("SV", 'SVMODE == "PHONE" and SVSTAT == "MISSED"', "SVSTAT would"),
        ("SV", 'SVSTAT == "MISSED" and (SVMODE == "PHONE" or given(SVBEG))', "SVSTAT would"),
        ("DM", "AGE > 5 and AGE < 3", "AGE would"),
        ("DM", "3 < AGE <= 3", "AGE would"),
        ("DM", 'PREG == "Y" and SEX == "M"', "SEX would"),
        ("SV", "1 > 2", "never true"),
        ("SV", 'SVSTAT == "DONE" or SVSTAT == "MISSED"', ""),
        ("SV", 'SVSTAT != "DONE" and SVSTAT != "GONE"', ""),
        ("SV", 'SVMODE == "PHONE" or SVSTAT == "MISSED"', ""),
        ("DM", "3 <= AGE <= 3", ""),
        ("DM", 'empty(PREG) and SEX == "M"', ""),
        ("DM", 'SV@V_SCR.SVSTAT == "DONE" and SV@PREV.SVSTAT == "MISSED"', ""),
        ("DM", "P.AGE_MIN > 20", ""),
    ],
)
def test_a_condition_that_cannot_come_true_is_told_apart_from_one_that_can(
    tiny: Study, form: str, text: str, words: str
) -> None:
    tree = parse(text)
    assert not isinstance(tree, Fault)
    why = never(tiny, StandsIn(form), tree)
    assert (words in why) if words else (why == "")


@pytest.mark.parametrize(
    ("form", "item", "name"),
    [
        ("AE", "AESTDT", "AESTDAT"),
        ("AE", "AEENDTC", "AEENDAT"),
        ("CM", "CMSTTM", "CMSTTIM"),
        ("DM", "BRTHDTC", "BRTHDAT"),
        ("VS", "VSORRES_SYSBP", "SYSBP_VSORRES"),
        ("VS", "PULSE", "PULSE_VSORRES"),
        ("OBS", "PULSE", ""),
        ("AE", "AESTDAT", ""),
        ("LESM", "LMLEN", ""),
    ],
)
def test_the_name_of_cdash_is_known_for_common_spellings(form: str, item: str, name: str) -> None:
    assert cdash_name(form, item) == name


def test_every_text_without_a_translation_is_named_with_the_place_of_the_original(edited: Edited) -> None:
    folder = edited(
        ("i18n/de.yaml", "  DM.KIT: Packung\n", ""), ("i18n/de.yaml", "MISSED: Ausgefallen", "X: Y")
    )
    untranslated = load_pack(folder).untranslated
    assert [(one.part, one.name, one.file) for one in untranslated["de"]] == [
        ("items", "DM.KIT", DM),
        ("codes", "SVSTAT.MISSED", "codelists.yaml"),
    ]
    assert untranslated["ar"] == ()
    text = (folder / DM).read_text(encoding="utf-8").splitlines()
    assert "item: KIT" in text[untranslated["de"][0].line - 1]
