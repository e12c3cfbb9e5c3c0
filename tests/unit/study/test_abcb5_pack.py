"""The pack of the venous ulcer study says what STUDIES.md says: forms, items, codes, schedule, criteria.

The figures here were counted in STUDIES.md (sections 2, 3, 3A, 5 and 8), not in the pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.study.pack import Loaded, load_pack
from crfapp.study.study import Study
from tests.support.playing import FORMS

if TYPE_CHECKING:
    from crfapp.study.checks import Check

ITEMS = {
    "SUBJ": 9, "SV": 14, "IC": 14, "IE": 11, "DM": 8, "MH": 9, "CM": 16, "PR": 8, "SU": 4, "VS": 14,
    "PE": 13, "RP": 5, "PT": 7, "ULHX": 11, "VASC": 12, "WDEF": 11, "WASSESS": 35, "PHOTO": 14, "PAIN": 6,
    "COMPR": 6, "LB": 11, "SR": 10, "BIOPSY": 12, "PRODREL": 17, "PREDOSE": 11, "ECMSC": 27, "OBS": 16,
    "LT": 22, "CALL": 16, "WCLOSE": 11, "EOS": 11, "SIGN": 5, "UNS": 4, "AE": 35, "SAE": 28, "DV": 12,
    "PREG": 8, "DD": 7,
}  # fmt: skip
ADDED_ITEMS = {
    "AE": {"AEOUTDAT"},  # when the outcome was stated: AE-15 asks whether it was after the end of the study
    "SAE": {"SAESTDT", "SAEENDT", "SAEOUT"},  # what a report said: SAE-04 asks whether the log says otherwise
    "PE": {"PEMHNO"},  # the link that PE-01 asks for
    "PREDOSE": {"PDDECGO", "PDDECTX"},  # the decision that PD-02 asks for
    "WASSESS": {"WADEBAFT"},  # the order that WA-16 asks for
}
VISITS = {
    "V_SCR": "SUBJ SV IC DM IE MH CM PR SU VS PE RP PT ULHX VASC WDEF WASSESS PHOTO PAIN COMPR LB",
    "V_BX": "SV SR BIOPSY LB",
    "V_REL": "PRODREL",
    "V_BL": "SV SR VS PT WASSESS PHOTO PAIN COMPR LB",
    "V_D0": "SV SR PT PREDOSE ECMSC OBS LT",
    "V_CALL1": "SV CALL",
    "V_D2": "SV SR LT WASSESS PHOTO PAIN",
    "V_W1": "SV SR LT WASSESS PHOTO PAIN COMPR",
    "V_W2": "SV SR LT WASSESS PHOTO PAIN COMPR",
    "V_W4": "SV SR VS LT WASSESS PHOTO PAIN COMPR",
    "V_W6": "SV SR WASSESS PHOTO PAIN COMPR PT",
    "V_D0B": "SV SR PT PREDOSE ECMSC OBS LT",
    "V_W8": "SV SR WASSESS PHOTO PAIN COMPR",
    "V_W10": "SV SR WASSESS PHOTO PAIN COMPR",
    "V_W12": "SV SR VS PE WASSESS WCLOSE PHOTO PAIN COMPR LB",
    "V_CC": "SV SR WASSESS WCLOSE PHOTO",
    "V_M6": "SV SR WASSESS WCLOSE PHOTO PAIN",
    "V_M9": "SV SR WASSESS WCLOSE PHOTO",
    "V_M12": "SV SR VS PE PT WASSESS WCLOSE PHOTO PAIN EOS SIGN",
    "V_ET": "SV SR WASSESS WCLOSE PHOTO PAIN EOS SIGN",
    "V_UNS": "SV UNS VS PE LT PHOTO WASSESS PT LB",
    "V_LOG": "AE SAE CM MH PR DV PREG DD",
}
CODES = {
    "WSTAT": "OPEN CLOSED CLOSEDC REOPEN MERGED SPLIT NE",
    "WNEW": "BASE NEW SPLIT REOP",
    "WLOC": "MEDMAL LATMAL LLEG-ANT LLEG-MED LLEG-LAT LLEG-POST CIRC FOOT",
    "COMPTYPE": "SSB MLB ULCST MCS WRAP IPC NONE",
    "BXRES": "OK FAIL OOS PEND",
    "AUTOALLO": "AUTO ALLO",
    "DEBR": "NONE SURG MECH AUTO ENZ BIO US",
    "CEAP": "C5 C6 C6R",
}
CHECKS = {
    "GC": 17, "IC": 6, "IE": 4, "DM": 3, "MH": 4, "VS": 5, "PE": 2, "PT": 3, "CM": 4, "AE": 17, "SAE": 6,
    "SR": 4, "CALL": 4, "OBS": 7, "LT": 8, "PH": 6, "EOS": 6, "PD": 2, "VA": 3, "PX": 4, "WA": 16, "EM": 8,
    "PN": 3, "CP": 3, "P2": 11,
}  # fmt: skip
"""The highest number of each series."""
BY_THE_PROGRAM = {
    *(f"GC-{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 9, 11, 17)),  # made from the head
    "GC-10",  # an end date is asked only when not ongoing, and is required then
    "GC-12",  # needs the versions of installed packs
}
ADDED_CHECKS = {
    # the second half of Q+T
    "GC-13T", "IC-02T", "CM-01T", "SAE-02T", "CALL-01T", "OBS-01T", "WA-08T", "P2-02T",
    # a deviation that a section of the source names in a note, a case or a parameter
    "SV-01", "SV-02", "EM-01T", "IE-01T", "PT-02T", "PH-01T", "VS-ND", "PE-ND", "LT-ND",
    # the same rule for another level or half of the criteria, the clock from the start
    "AE-13M", "DM-01W", "IE-03X", "SAE-01R",
}  # fmt: skip
FIXED = {
    "S-a": {"ARM", "N_DOSES", "DOSE_DENSITY"},
    "V 7": {
        "MIN_AREA_CM2", "MAX_AREA_CM2", "ABI_MIN", "ABI_MAX", "AGE_MIN", "AGE_MAX", "BMI_MIN", "BMI_MAX",
        "BRIDGE_CM", "ULCER_MIN_WK", "ULCER_MAX_MO",
    },
    "S-a, V 3-6": {"CITED"},
}  # fmt: skip
"""Figures that a source fixes."""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_pack(FORMS / "abcb5-cvu")


@pytest.fixture(scope="module")
def study(loaded: Loaded) -> Study:
    assert loaded.pack is not None, "\n".join(map(str, loaded.errors))
    return Study(loaded.pack)


def checks_of(study: Study) -> dict[str, Check]:
    return {check.check: check for form in study.forms for check in study.form(form).checks}


def test_every_form_has_every_item(study: Study) -> None:
    counted = {form: len(study.items(form).keys() - ADDED_ITEMS.get(form, set())) for form in study.forms}
    assert counted == ITEMS
    assert sum(ITEMS.values()) == 490
    for form, added in ADDED_ITEMS.items():
        assert {study.place(form, item).item.source for item in added} == {"D"}
    assert sum(len(form.sections) for form in study.forms.values()) == 85


def test_every_visit_holds_its_forms_in_order(study: Study) -> None:
    held = {oid: " ".join(one.form for one in visit.forms) for oid, visit in study.visits.items()}
    assert held == VISITS
    assert list(held) == list(VISITS)


def test_the_windows_are_those_of_the_schedule(study: Study) -> None:
    windows = {oid: (visit.day, visit.window) for oid, visit in study.visits.items() if visit.day is not None}
    assert windows == {
        "V_SCR": (-56, (-64, 35)),  # offsets -120 to -21
        "V_BX": (7, (-7, 21)),
        "V_REL": (-1, (-4, 1)),  # offsets -5 to 0
        "V_BL": (-2, (-1, 2)),  # offsets -3 to 0
        "V_D0": (0, None),
        "V_D2": (2, (-1, 1)),
        "V_W1": (7, (-2, 2)),
        "V_W2": (14, (-2, 2)),
        "V_W4": (28, (-3, 3)),
        "V_W6": (42, (-3, 3)),
        "V_D0B": (1, (0, 3)),
        "V_W8": (56, (-4, 4)),
        "V_W10": (70, (-4, 4)),
        "V_W12": (84, (-5, 5)),
        "V_CC": (14, (0, 7)),
        "V_M6": (183, (-14, 14)),
        "V_M9": (274, (-14, 14)),
        "V_M12": (365, (-21, 21)),
        "V_ET": (0, (0, 14)),
    }
    call = study.visit("V_CALL1")
    assert (call.hours, call.window) == (24, (20, 36))
    assert [oid for oid, visit in study.visits.items() if visit.baseline] == ["V_BL"]


def test_code_lists_have_their_codes_in_order(study: Study) -> None:
    assert {oid: " ".join(study.codes(oid)) for oid in CODES} == CODES
    assert len(study.pack.codelists) == 66
    assert sum(len(found.codes) for found in study.pack.codelists.values()) == 336
    used = {place.item.codes for form in study.forms for place in study.items(form).values()} - {None}
    assert set(study.pack.codelists) == used | {"NULLF"}


def test_every_check_of_the_source_is_in_the_pack_or_made_by_the_program(study: Study) -> None:
    source = {f"{series}-{n:02d}" for series, last in CHECKS.items() for n in range(1, last + 1)}
    assert len(source) == 156
    assert source - set(checks_of(study)) == BY_THE_PROGRAM
    assert set(checks_of(study)) - source == ADDED_CHECKS


def test_there_are_ten_inclusion_and_twelve_exclusion_criteria(study: Study) -> None:
    rows = study.section("IE", "CRIT").rows
    assert rows is not None
    names = [f"INCL{n:02d}" for n in range(1, 11)] + [f"EXCL{n:02d}" for n in range(1, 13)]
    assert list(rows.fixed) == names


@pytest.mark.parametrize(
    ("form", "item", "language", "text"),
    [
        ("WASSESS", "WALEN", "en", "Length (longest)"),
        ("WASSESS", "WAPLAN", "de", "Fläche planimetrisch (cm²)"),
        ("WASSESS", "TI6", "de", "Anstieg und/oder Änderung von Farbe/Geruch des Exsudats"),
        ("ECMSC", "ECIDCHK", "ar", "تحقّق من الهوية بواسطة شخصين"),
        ("VASC", "ABI_R", "de", "Knöchel-Arm-Index (ABI) rechts"),
        ("PRODREL", "PRVIAB", "ar", "نسبة الحيوية (٪)"),
    ],
)
def test_prompts_are_those_of_the_source(
    study: Study, form: str, item: str, language: str, text: str
) -> None:
    assert study.texts(language).item(form, item) == text


def test_other_texts_are_those_of_the_source(study: Study) -> None:
    german, arabic = study.texts("de"), study.texts("ar")
    assert german.visit("V_W12") == "Woche 12 – Hauptziel"
    assert german.row("IE", "CRIT", "EXCL11") == "Kann oder will keine Kompression tragen"
    assert german.section("WASSESS", "TILI") == "Infektionszeichen (TILI)"
    assert german.code("WSTAT", "REOPEN") == "Nach Verschluss wieder offen"
    assert arabic.form("WCLOSE") == "إغلاق الجرح"


def test_parameters_say_what_the_sponsor_must_confirm(study: Study) -> None:
    fixed = {
        source: {n for n, figure in study.head.parameters.items() if figure.source == source}
        for source in FIXED
    }
    assert fixed == FIXED
    told = {name for name, figure in study.head.parameters.items() if not figure.template}
    assert told == set.union(*FIXED.values())


def test_cited_registrations_are_shown_with_their_true_indication(study: Study) -> None:
    cited = study.head.parameters["CITED"].value
    assert [one.split()[0] for one in cited.split("; ")] == [
        "NCT03257098", "NCT03267784", "NCT03529877", "NCT03860155",
    ]  # fmt: skip
    assert ["ulcer" in one for one in cited.split("; ")] == [True, True, False, False]
    assert "NCT03267784 diabetic foot ulcer" in cited


def test_what_is_warned_of_is_known(loaded: Loaded) -> None:
    """Items of other studies' common forms, and the delivery, which has no contact with the subject."""
    told = {fault.place for fault in loaded.faults if fault.code == "PACK-044"}
    assert told == {
        "form CALL, item CALLHEAD", "form DM, item DOMHAND", "form LT, item LTHYP", "form LT, item LTKOEB",
        "form PHOTO, item PHMAKEUP", "form SR, item SRSUN", "form SR, item SRNEWLES",
    }  # fmt: skip
