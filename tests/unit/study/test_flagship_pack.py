"""The flagship pack says what STUDIES.md says: forms, items, codes, schedule, texts in three languages.

The figures here were counted in STUDIES.md (sections 2, 3, 3A, 4 and 8), not in the pack.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.study.pack import Loaded, load_pack
from crfapp.study.study import Study
from tests.unit.study.on_paper import ask

if TYPE_CHECKING:
    from crfapp.study.checks import Check

FOLDER = Path(__file__).parents[3] / "forms" / "nct06813027"

ITEMS = {
    "SUBJ": 9, "SV": 14, "IC": 14, "IE": 11, "DM": 8, "MH": 9, "CM": 16, "PR": 8, "VS": 14, "PE": 13,
    "SKIN": 3, "RP": 5, "PT": 7, "VITHX": 14, "LESDEF": 13, "LESM": 13, "PHOTO": 14, "SIGN": 5, "SR": 10,
    "PREDOSE": 11, "ECEV": 37, "OBS": 16, "LT": 22, "CALL": 16, "EFF": 16, "EOS": 11, "UNS": 4, "AE": 35,
    "SAE": 28, "DV": 12, "PREG": 8, "DD": 7,
}  # fmt: skip
VISITS = {
    "V_SCR": "SUBJ SV IC DM IE MH CM PR VS PE SKIN RP PT VITHX LESDEF LESM PHOTO SIGN",
    "V_INJ1": "SV SR RP PT PREDOSE ECEV OBS LT",
    "V_CALL1": "SV CALL",
    "V_INJ2": "SV SR PT PREDOSE LT ECEV OBS",
    "V_CALL2": "SV CALL",
    "V_INJ3": "SV SR PT PREDOSE LT ECEV OBS",
    "V_CALL3": "SV CALL",
    "V_W3": "SV SR VS LT LESM PHOTO",
    "V_W4": "SV SR LT",
    "V_M2": "SV SR LT",
    "V_M3": "SV SR VS LT LESM PHOTO EFF",
    "V_M4": "SV SR LT",
    "V_M5": "SV SR LT",
    "V_M6": "SV SR VS PE PT LT LESM PHOTO EFF EOS SIGN",
    "V_ET": "SV SR VS PE PT LT LESM PHOTO EFF EOS SIGN",
    "V_UNS": "SV UNS VS PE LT PHOTO LESM PT",
    "V_LOG": "AE SAE CM MH PR DV PREG DD",
}
CODES = {
    "NULLF": "ND REF UNK NA MASK",
    "REASND": "REFUSED NOSHOW FORGOT EQUIP MEDICAL REMOTE MATERIAL OTHER",
    "SVSTAT": "PLANNED DONE PARTIAL MISSED MERGED CANCELLED",
    "LESSTAT": "PRESENT RESOLVED MERGED SPLIT NE ND",
    "REPIG": "MINIMAL MILD MODERATE MARKED EXCELLENT",
    "VIDA": "4 3 2 1 0 -1",
    "LT04": "0 1 2 3 4",
    "UNSF": "VS PE LT PHOTO ASSESS PT LB",
    "AEREL5": "NOT UNLIKELY POSSIBLE PROBABLE DEFINITE",
    "SKINCLAS": "TYPEI TYPEII TYPEIII TYPEIV TYPEV TYPEVI",
}
CHECKS = {
    "GC": 17, "IC": 6, "IE": 4, "DM": 3, "MH": 4, "VS": 5, "PE": 2, "PT": 3, "CM": 4, "AE": 17, "SAE": 6,
    "SR": 4, "CALL": 4, "OBS": 7, "LT": 8, "PH": 6, "EOS": 6, "PD": 2, "LES": 5, "LM": 11, "EC": 16,
    "EF": 10, "P1": 15,
}  # fmt: skip
"""The highest number of each series; P1-01 was never given."""
ELSEWHERE = {
    **dict.fromkeys(
        ("GC-01", "GC-02", "GC-03", "GC-04", "GC-05", "GC-06", "GC-07", "GC-09", "GC-11", "GC-17"),
        "made by the program for every form, from what the head says under generic",
    ),
    "GC-10": "an end date is asked only when not ongoing, and is required then",
    "GC-12": "needs the versions of installed packs",
}
ADDED_ITEMS = {
    "AE": {"AEOUTDAT"},  # when the outcome was stated: AE-15 asks whether it was after the end of the study
    "SAE": {"SAESTDT", "SAEENDT", "SAEOUT"},  # what a report said: SAE-04 asks whether the log says otherwise
    "PE": {"PEMHNO"},  # the link that PE-01 asks for
    "PREDOSE": {"PDDECGO", "PDDECTX"},  # the decision that PD-02 asks for
}
ADDED_CHECKS = {
    # the second half of Q+T
    "GC-13T", "IC-02T", "CM-01T", "SAE-02T", "CALL-01T", "OBS-01T", "EC-06T",
    # a deviation that a section of the source names in a note, a case or a parameter
    "SV-01", "SV-02", "EC-01T", "IE-01T", "PT-02T", "PH-01T", "VS-ND", "PE-ND", "LT-ND", "EFF-ND",
    # the same rule for another level, form or half of the criteria
    "AE-13M", "DM-01W", "IE-03W", "IE-03X", "P1-06P", "LES-04P", "P1-09A", "SAE-01R",
}  # fmt: skip

SAID_ONLY = ["STABLE_MIN_MONTHS", "PHOTO_VIEWS", "ANCHOR_FU", "PROHIBITED", "LB_PANEL"]
"""Parameters that say something to people and that nothing reads."""


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


def test_it_speaks_three_languages(study: Study) -> None:
    assert study.head.languages == ("en", "ar", "de")


def test_what_is_warned_of_is_known(loaded: Loaded) -> None:
    told = {(fault.code, fault.place) for fault in loaded.faults}
    assert told == {
        ("PACK-044", "form CALL, item CALLHEAD"),  # asked after lumbar puncture, in another study
        ("PACK-044", "form DM, item DOMHAND"),  # asked in ALS
        ("PACK-038", "form SKIN, item SCORRES_FITZ"),  # named so in the source
        *(("PACK-063", f"parameter {name}") for name in SAID_ONLY),
        ("PACK-060", "visit V_INJ1"),  # screening may be on the day of the first injection
    }


def test_every_form_has_every_item(study: Study) -> None:
    counted = {form: len(study.items(form).keys() - ADDED_ITEMS.get(form, set())) for form in study.forms}
    assert counted == ITEMS
    assert sum(ITEMS.values()) == 423
    for form, added in ADDED_ITEMS.items():
        assert {study.place(form, item).item.source for item in added} == {"D"}
    assert sum(len(form.sections) for form in study.forms.values()) == 78


def test_every_visit_holds_its_forms_in_order(study: Study) -> None:
    held = {oid: " ".join(one.form for one in visit.forms) for oid, visit in study.visits.items()}
    assert held == VISITS
    assert list(held) == list(VISITS)


def test_the_windows_are_those_of_the_schedule(study: Study) -> None:
    windows = {oid: (visit.day, visit.window) for oid, visit in study.visits.items() if visit.day is not None}
    assert windows == {
        "V_SCR": (-7, (-21, 7)),  # offsets -28 to 0
        "V_INJ1": (0, None),
        "V_INJ2": (7, (-2, 2)),
        "V_INJ3": (14, (-2, 2)),
        "V_W3": (21, (-2, 3)),
        "V_W4": (28, (-3, 3)),
        "V_M2": (61, (-7, 7)),
        "V_M3": (91, (-10, 10)),
        "V_M4": (122, (-7, 7)),
        "V_M5": (152, (-7, 7)),
        "V_M6": (183, (-14, 14)),
        "V_ET": (0, (0, 14)),
    }
    for number in "123":
        call = study.visit(f"V_CALL{number}")
        assert (call.hours, call.window) == (24, (20, 36))
        assert call.anchor is not None
        assert (call.anchor.visit, call.anchor.form, call.anchor.item) == (
            f"V_INJ{number}",
            "ECEV",
            "ECENDTM",
        )
    assert [oid for oid, visit in study.visits.items() if visit.gap == 5] == ["V_INJ2", "V_INJ3", "V_W3"]


def test_code_lists_have_their_codes_in_order(study: Study) -> None:
    assert {oid: " ".join(study.codes(oid)) for oid in CODES} == CODES
    assert len(study.pack.codelists) == 66
    assert sum(len(found.codes) for found in study.pack.codelists.values()) == 351
    used = {place.item.codes for form in study.forms for place in study.items(form).values()} - {None}
    assert set(study.pack.codelists) == used | {"NULLF"}


def test_codes_of_cdisc_are_marked(study: Study) -> None:
    lists = study.pack.codelists
    assert all(entry.cdisc for entry in lists["OUT"].codes)
    assert [entry.code for entry in lists["ROUTE"].codes if not entry.cdisc] == ["PERILESIONAL", "OTHER"]
    assert not any(entry.cdisc for entry in lists["REPIG"].codes)


@pytest.mark.parametrize(
    ("form", "item", "language", "text"),
    [
        ("SV", "SVIDCK", "en", "Identity confirmed with two identifiers?"),
        ("SV", "SVIDCK", "ar", "هل تم التحقق من الهوية بمُعرّفَين؟"),
        ("LESM", "LMLEN", "en", "Longest diameter"),
        ("LESM", "LMLEN", "de", "Größter Durchmesser (mm)"),
        ("LT", "LTKOEB", "ar", "بقعة بيضاء جديدة عند نقطة الوخز (ظاهرة كوبنر)"),
        ("LT", "LTOED", "de", "Hautschwellung (Ödem)"),
        ("EFF", "RPPCT", "en", "Repigmentation compared with baseline photograph"),
        ("EFF", "RPPCT", "ar", "استعادة اللون مقارنةً بخط الأساس (٪)"),
        ("AE", "AESDTH", "de", "Führte zum Tod"),
        ("ECEV", "ECVIS", "en", "Visual check passed (clear, no particles, seal)?"),
    ],
)
def test_prompts_are_those_of_the_source(
    study: Study, form: str, item: str, language: str, text: str
) -> None:
    assert study.texts(language).item(form, item) == text


def test_other_texts_are_those_of_the_source(study: Study) -> None:
    english, arabic, german = (study.texts(language) for language in ("en", "ar", "de"))
    assert english.title == (
        "Use of Allogeneic Extracellular Secretomes (EV) Derived From Umbilical Cord Mesenchymal "
        "Stromal Cells: a Phase I Open-label Safety Trial"
    )
    assert german.visit("V_W3") == "Woche 3 – Behandlungsende"
    assert arabic.form("LT") == "التحمّل الموضعي"
    assert german.section("ECEV", "TOTAL") == "Summen und Rest"
    assert arabic.code("REPIG", "MARKED") == "واضح (76–90٪)"
    assert german.row("IE", "CRIT", "INCL04") == "Gesamtfläche der Studienläsionen höchstens 300 mm²"
    assert english.row("IE", "CRIT", "EXCL09") == (
        "Other investigational product within 30 days; any earlier cell or EV therapy"
    )


def test_parameters_say_what_the_sponsor_must_confirm(study: Study) -> None:
    known = study.head.parameters
    fixed = {name for name, figure in known.items() if not figure.template}
    assert fixed == {"N_DOSES", "OBS_MIN", "MAX_AREA_MM2", "STABLE_MIN_MONTHS", "N_PLANNED"}
    assert all(known[name].source == "S-b" for name in fixed)
    assert known["AGE_MAX"].value == "65"
    assert known["CTCAE"].value == "5.0"


def test_every_check_of_the_source_is_in_the_pack_or_has_a_reason(study: Study) -> None:
    source = {f"{series}-{n:02d}" for series, last in CHECKS.items() for n in range(1, last + 1)} - {"P1-01"}
    assert len(source) == 164
    assert source - set(checks_of(study)) == ELSEWHERE.keys()
    assert set(checks_of(study)) - source == ADDED_CHECKS


def test_every_task_is_of_a_kind_the_source_names(study: Study) -> None:
    tasks = {oid: check for oid, (_, check) in checks_of(study).items() if check.level == "T"}
    kinds = {check.task for check in tasks.values()}
    assert kinds == {
        "DEVIATION", "SAE-REPORT", "SAE-DUE", "SAE-FOLLOW-UP", "CALL", "CALL-BACK", "ANAPHYLAXIS",
        "STOP-RULE",
        "HOLD", "SCREEN-FAILURE", "RECONSENT", "PREGNANCY", "END-OF-STUDY",
    }  # fmt: skip


def test_a_wrong_answer_with_a_check_would_be_noticed(study: Study) -> None:
    form, check = checks_of(study)["OBS-01"]
    assert check.vectors is not None
    assert ask(study, form, check.fires, check.vectors.fires[0].answers, {}) is True
    sabotaged = check.fires.replace("<", ">")
    assert ask(study, form, sabotaged, check.vectors.fires[0].answers, {}) is not True
