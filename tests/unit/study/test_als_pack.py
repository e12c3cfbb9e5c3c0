"""The ALS template says what STUDIES.md says: forms, items, codes, schedule, checks, three languages.

The figures here were counted in STUDIES.md (sections 2, 3, 3A, 6 and 8), not in the pack.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.study.pack import Loaded, load_pack
from crfapp.study.study import Study
from tests.unit.study.on_paper import ask

if TYPE_CHECKING:
    from crfapp.study.checks import Check

FOLDER = Path(__file__).parents[3] / "forms" / "als-msc"

ITEMS = {
    "SUBJ": 9, "SV": 14, "IC": 14, "IE": 11, "DM": 8, "MH": 9, "CM": 16, "PR": 8, "VS": 14, "PE": 13, "RP": 5,
    "PT": 7, "ALSHX": 12, "ALSFRS": 25, "SVC": 16, "RESPNUT": 12, "LB": 11, "SR": 10, "BMA": 10,
    "PREDOSE": 11, "ECIT": 38, "OBS": 16, "LPTOL": 14, "CALL": 16, "SURVST": 9, "EOS": 11, "SIGN": 5,
    "UNS": 4, "AE": 35, "SAE": 28, "DV": 12, "PREG": 8, "DD": 7,
}  # fmt: skip
ADDED_ITEMS = {
    "OBS": {"OBSLEG", "OBSHEAD", "OBSMENI"},  # the neurological questions of this study (6.5.6)
    "AE": {"AEOUTDAT"},  # when the outcome was stated: AE-15 asks whether it was after the end of the study
    "SAE": {"SAESTDT", "SAEENDT", "SAEOUT"},  # what a report said: SAE-04 asks whether the log says otherwise
    "PE": {"PEMHNO"},  # the link that PE-01 asks for
    "PREDOSE": {"PDDECGO", "PDDECTX"},  # the decision that PD-02 asks for
}
MONTH_CALL = "SV SR ALSFRS RESPNUT"
DOSE = "SV SR VS PT PREDOSE LB ALSFRS SVC RESPNUT ECIT OBS LPTOL"
VISITS = {
    "V_SCR": "SUBJ SV IC DM IE MH CM PR VS PE RP PT ALSHX ALSFRS SVC RESPNUT LB",
    "V_BMA": "SV SR BMA LB",
    "V_RUN": MONTH_CALL,
    "V_IT1": DOSE,
    "V_CALL1": "SV CALL",
    "V_D7": "SV SR LPTOL",
    "V_IT2": DOSE,
    "V_CALL2": "SV CALL",
    "V_M2": "SV SR ALSFRS SVC RESPNUT LPTOL",
    "V_M3": "SV SR VS ALSFRS SVC RESPNUT",
    "V_M4": MONTH_CALL,
    "V_M5": MONTH_CALL,
    "V_M6": "SV SR VS PE ALSFRS SVC RESPNUT LB",
    "V_M7": MONTH_CALL,
    "V_M8": MONTH_CALL,
    "V_M9": "SV SR VS ALSFRS SVC RESPNUT",
    "V_M10": MONTH_CALL,
    "V_M11": MONTH_CALL,
    "V_M12": "SV SR VS PE PT ALSFRS SVC RESPNUT SURVST EOS SIGN",
    "V_SFU": "SV SURVST",
    "V_ET": "SV SR ALSFRS SVC RESPNUT SURVST EOS SIGN",
    "V_UNS": "SV UNS VS PE LPTOL ALSFRS SVC RESPNUT PT LB SURVST",
    "V_LOG": "AE SAE CM MH PR DV PREG DD",
}
OFFSETS = {
    "V_SCR": (-112, -84, -70), "V_BMA": (-60, -42, -36), "V_RUN": (-35, -28, -14), "V_D7": (5, 7, 9),
    "V_IT2": (23, 30, 44), "V_M2": (54, 61, 68), "V_M3": (84, 91, 98), "V_M4": (115, 122, 129),
    "V_M5": (145, 152, 159), "V_M6": (173, 183, 193), "V_M7": (206, 213, 220), "V_M8": (236, 243, 250),
    "V_M9": (264, 274, 284), "V_M10": (297, 304, 311), "V_M11": (328, 335, 342), "V_M12": (351, 365, 379),
}  # fmt: skip
CODES = {
    "PRODTYPE": "AUTO-BMMSC AUTO-ADMSC ALLO-UCMSC SECRETOME",
    "ITDOSE": "1E7 5E7 1E8 NA",
    "RESPSUP": "NONE NIVN NIVD NIV22 IMV",
    "SURV": "ALIVE ALIVEPAV DEAD UNKNOWN",
    "ELESC": "DEFINITE PROBABLE PROBLAB POSSIBLE",
    "ONSET": "BULBAR UL LL RESP AXIAL GEN",
    "ALS05B": "4 3 2 1 0",
    "ALS12": "4 3 2 1 0",
    "PCT4": "P0 P25 P75 P100",
    "INFOSRC": "SUBJ CARE GP REG HOSP",
}
CHECKS = {
    "GC": 17, "IC": 6, "IE": 4, "DM": 3, "MH": 4, "VS": 5, "PE": 2, "PT": 3, "CM": 4, "AE": 17, "SAE": 6,
    "SR": 4, "CALL": 4, "OBS": 7, "EOS": 6, "PD": 2, "AL": 9, "SC": 6, "IT": 9, "LP": 3, "SS": 4, "P3": 10,
}  # fmt: skip
"""The highest number of each series."""
ELSEWHERE = {
    **dict.fromkeys(
        ("GC-01", "GC-02", "GC-03", "GC-04", "GC-05", "GC-06", "GC-07", "GC-09", "GC-11", "GC-17"),
        "made by the program for every form, from what the head says under generic",
    ),
    "GC-10": "an end date is asked only when not ongoing, and is required then",
    "GC-12": "needs the versions of installed packs",
    "IC-03": "there are no photographs",
    "AE-17": "there is no control area",
}
ADDED_CHECKS = {
    # the second half of Q+T
    "GC-13T", "IC-02T", "CM-01T", "SAE-02T", "CALL-01T", "OBS-01T",
    "DM-01W",  # Q or W
    "AE-13M",  # a diagnosis of the history as an event (TC44)
    "SAE-01R",  # the 24 hours from awareness, of which SAE-01 is the last four
    "IT-02T",  # what happened all the same is a deviation (TC40)
    "SV-01", "SV-02",  # a missed or merged visit opens a proposal (1.3)
    "VS-ND", "PE-ND", "LB-ND", "AL-ND", "SC-ND",  # P.DV_ON_MISSING (TC05)
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_pack(FOLDER)


@pytest.fixture(scope="module")
def study(loaded: Loaded) -> Study:
    assert loaded.pack is not None, "\n".join(map(str, loaded.errors))
    return Study(loaded.pack)


def checks_of(study: Study) -> dict[str, tuple[str, Check]]:
    """Every check with the form it stands in."""
    return {check.check: (form, check) for form in study.forms for check in study.form(form).checks}


def test_it_loads_without_an_error_and_is_complete_in_three_languages(loaded: Loaded) -> None:
    assert loaded.errors == ()
    assert loaded.pack is not None
    assert loaded.pack.head.languages == ("en", "de", "ar")
    assert not [fault for fault in loaded.faults if fault.code == "PACK-070"]


def test_what_is_warned_of_are_the_questions_of_other_studies(loaded: Loaded) -> None:
    assert {(fault.code, fault.place) for fault in loaded.faults} == {
        ("PACK-044", f"form {form}, item {item}")
        for form, item in (
            ("AE", "AELNK"),
            ("CALL", "CALLRED"),
            ("CALL", "CALLITCH"),
            ("CALL", "CALLSWELL"),
            ("PREDOSE", "PDPHOTO"),
            ("SR", "SRSUN"),
            ("SR", "SRNEWLES"),
        )
    }


def test_every_form_has_every_item(study: Study) -> None:
    found = {form: set(study.items(form)) - ADDED_ITEMS.get(form, set()) for form in study.forms}
    assert {form: len(items) for form, items in found.items()} == ITEMS
    assert sum(ITEMS.values()) == 438
    assert all(items <= set(study.items(form)) for form, items in ADDED_ITEMS.items())
    assert sum(len(form.sections) for form in study.forms.values()) == 80


def test_every_visit_holds_its_forms_in_order(study: Study) -> None:
    held = {oid: " ".join(one.form for one in visit.forms) for oid, visit in study.visits.items()}
    assert held == VISITS
    assert list(held) == list(VISITS)


def test_the_windows_are_those_of_the_schedule(study: Study) -> None:
    found = {}
    for oid, visit in study.visits.items():
        if visit.kind == "scheduled" and visit.day is not None and visit.window is not None:
            found[oid] = (visit.day + visit.window[0], visit.day, visit.day + visit.window[1])
    assert found == OFFSETS
    assert (study.visit("V_IT1").day, study.visit("V_IT1").window) == (0, None)
    survival = study.visit("V_SFU")
    assert (survival.day, survival.window, survival.times) == (91, (-21, 21), 4)  # to month 24
    assert [oid for oid, visit in study.visits.items() if visit.baseline] == ["V_IT1"]
    for number in "12":
        call = study.visit(f"V_CALL{number}")
        assert (call.hours, call.window) == (24, (20, 36))
        assert call.anchor is not None
        assert (call.anchor.visit, call.anchor.item) == (f"V_IT{number}", "ECENDTM")


def test_code_lists_have_their_codes_in_order_and_none_is_without_use(study: Study) -> None:
    assert {oid: " ".join(study.codes(oid)) for oid in CODES} == CODES
    used = {place.item.codes for form in study.forms for place in study.items(form).values()} - {None}
    assert set(study.pack.codelists) == used | {"NULLF"}
    assert len(study.pack.codelists) == 69
    assert all(entry.cdisc for entry in study.pack.codelists["LPLEVEL"].codes)


def test_repeats_are_rows(study: Study) -> None:
    rows = {
        (form, section.section): section.rows
        for form in study.forms
        for section in study.form(form).sections
        if section.rows is not None
    }
    fixed = {place: " ".join(found.fixed) for place, found in rows.items() if found.fixed}
    assert fixed["SVC", "SVMAN"] == "1 2 3 4 5"
    assert fixed["LB", "ROWS"] == "PLAT INR WBC CRP CREAT ALT"
    assert fixed["OBS", "GRID"] == "PRE 0 15 30 60 120 240"
    assert len(fixed["IE", "CRIT"].split()) == 16
    assert rows["BMA", "HARVEST"].log


def test_prompts_are_those_of_the_source_in_three_languages(study: Study) -> None:
    english, german, arabic = (study.texts(language) for language in ("en", "de", "ar"))
    assert english.item("SVC", "SMACC") == "Acceptable (seal, no leak, plateau)"
    assert german.item("ALSHX", "ONSDAT") == "Erste Schwäche oder bulbäres Symptom"
    assert arabic.item("ECIT", "LPCSFOUT") == "السائل الدماغي الشوكي المسحوب (مل)"
    assert german.section("ECIT", "SAFETY") == "Vor der Punktion"
    assert arabic.form("LPTOL") == "التحمّل بعد البزل"
    assert german.visit("V_SFU") == "Überlebensnachbeobachtung"
    assert arabic.code("SURV", "DEAD") == "متوفى"
    assert german.row("IE", "CRIT", "INCL03") == "Weniger als 24 Monate seit Erstsymptom"


def test_nobody_translates_the_answers_of_the_alsfrs_r(study: Study) -> None:
    english = study.texts("en")
    assert english.code("ALS01", "1") == "Speech combined with non-vocal communication"
    for language in ("de", "ar"):
        texts = study.texts(language)
        for oid in (one for one in study.pack.codelists if one.startswith("ALS")):
            assert [texts.code(oid, code) for code in study.codes(oid)] == [
                english.code(oid, code) for code in study.codes(oid)
            ]
    assert study.texts("de").item("ALSFRS", "AL12") == "12 Atemfunktionsstörung"


def test_parameters_say_what_the_sponsor_must_confirm(study: Study) -> None:
    known = study.head.parameters
    fixed = {name for name, figure in known.items() if not figure.template}
    assert fixed == {"N_DOSES", "DOSE_NOM", "ONSET_MAX_MO", "AGE_MIN"}
    wanted = {
        "N_DOSES": "2", "DOSE_NOM": "1E8", "DOSE_GAP_D": "30", "OBS_MIN": "240", "BEDREST_H": "4",
        "VIAB_MIN_PCT": "70",
        "IT_VOL_MAX_ML": "20", "CSF_OUT_MAX_ML": "20", "PLT_MIN": "100", "INR_MAX": "1.4",
        "SVC_MIN_PCT": "50",
        "ONSET_MAX_MO": "24", "PAV_HOURS": "22", "PAV_DAYS": "7", "AGE_MIN": "18", "AGE_MAX": "75",
        "CALL_LO": "20", "CALL_HI": "36", "CTCAE": "5.0",
        "LB_PANEL": "PLAT, INR, WBC, CRP, CREAT, ALT", "CM_LOOKBACK": "90",
    }  # fmt: skip
    assert {name: known[name].value for name in wanted} == wanted


def test_the_discrepancies_of_the_sources_are_not_repeated() -> None:
    texts = " ".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.yaml")))
    assert not re.search(r"minimum of one week between subject|1\.6 ?: ?1|7-6 individuals", texts)
    assert set(re.findall(r"NCT\d{8}", texts)) == {"NCT02987413", "NCT01609283", "NCT01494480"}


def test_every_check_of_the_source_is_in_the_pack_or_has_a_reason(study: Study) -> None:
    source = {f"{series}-{n:02d}" for series, last in CHECKS.items() for n in range(1, last + 1)}
    assert len(source) == 135
    assert source - set(checks_of(study)) == ELSEWHERE.keys()
    assert set(checks_of(study)) - source == ADDED_CHECKS


def test_what_has_a_clock_says_by_when(study: Study) -> None:
    due = {oid for oid, (_, check) in checks_of(study).items() if check.due}
    assert due >= {"SAE-01", "SAE-01R", "PT-03", "IT-09", "LP-02"}


def test_a_wrong_situation_with_a_check_would_be_noticed(study: Study) -> None:
    form, check = checks_of(study)["IT-06"]
    assert check.vectors is not None
    last = check.vectors.boundary.passes[0].answers
    assert ask(study, form, check.fires, last, {}) is False
    assert ask(study, form, check.fires.replace("< P", "<= P"), last, {}) is True
