"""Calculations of the flagship, also those that look at several rows, forms or visits.

The subject is JO01-003 of STUDIES.md 4.6 where it has the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.study.language.texts import as_text
from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from tests.unit.study.on_paper import Answers, ask

if TYPE_CHECKING:
    from crfapp.study.checks import Check

FOLDER = Path(__file__).parents[3] / "forms" / "nct06813027"
Tables = Mapping[str, Sequence[Answers]]

I1, I2, I3 = (f"ECEV@V_INJ{n}.ECSTDTM" for n in (1, 2, 3))
DOSES = {I1: "2025-01-12 10:05", I2: "2025-01-19 10:05", I3: "2025-01-26 10:05"}
DAY, BEFORE = {"VISIT.DATE": "2025-01-19"}, {"AESTDAT": "2025-01-18"}
OVAL = {"LMLEN": "14.0", "LMWID": "10.0"}
MAIN = {"ICTYPE": "MAIN", "ICSIGNED": "Y", "DSSTDAT": "2025-01-05", "DSSTTIM": "09:10"}
PHOTO = {"ICTYPE": "PHOTO", "ICSIGNED": "Y", "DSSTDAT": "2025-01-05"}
CRITERIA = [
    {"IETESTCD": f"{kind[:2]}CL{n:02d}", "IECAT": kind, "IEORRES": answer}
    for kind, answer, last in (("INCLUSION", "Y", 7), ("EXCLUSION", "N", 10))
    for n in range(1, last + 1)
]


@pytest.fixture(scope="module")
def study() -> Study:
    found = load_pack(FOLDER)
    assert found.pack is not None, "\n".join(map(str, found.errors))
    return Study(found.pack)


def calculated(study: Study, name: str, answers: Answers, tables: Tables | None = None) -> Any:
    """What a calculated item gives, as text; None where it is missing."""
    form, _, item = name.partition(".")
    formula = study.place(form, item).item.is_
    assert formula is not None
    value = ask(study, form, formula, answers, tables or {})
    return None if value is None else as_text(value)


@pytest.mark.parametrize(
    ("name", "answers", "result"),
    [
        ("VS.BMI_VSORRES", {"WEIGHT_VSORRES": "61.5", "HEIGHT_VSORRES": "164.0"}, "22.9"),
        ("VS.BMI_VSORRES", {"WEIGHT_VSORRES": "61.5"}, None),
        ("LESM.AREA_TRORRES", {"LMSTAT": "PRESENT", "LMLEN": "14.0", "LMWID": "10.0"}, "110.0"),
        (
            "LESM.AREA_TRORRES",
            {"LMSTAT": "PRESENT", "LMLEN": "14.0", "LMWID": "10.0", "LMPLAN": "101.5"},
            "101.5",
        ),
        ("LESM.AREA_TRORRES", {"LMSTAT": "PRESENT", "LMLEN": "12.0", "LMWID": "8.0"}, "75.4"),
        ("LESM.AREA_TRORRES", {"LMSTAT": "PRESENT", "LMLEN": "12.0", "LMWID": "9.0"}, "84.8"),
        ("LESM.AREA_TRORRES", {"LMSTAT": "PRESENT", "LMLEN": "12.0", "LMWID": "9.5"}, "89.5"),
        ("LESM.AREA_TRORRES", {"LMSTAT": "RESOLVED"}, "0"),
        ("LESM.AREA_TRORRES", {"LMSTAT": "MERGED", **OVAL}, None),
        ("LESM.PERIM", OVAL, "38.0"),
        ("LESM.PERIM", {"LMLEN": "12.0", "LMWID": "8.0"}, "31.7"),
        ("LESM.AREACHG", {"AREA_TRORRES": "49.5", "LESM@BASE.AREA_TRORRES": "110.0"}, "55.0"),
        ("LESM.AREACHG", {"AREA_TRORRES": "89.5", "LESM@BASE.AREA_TRORRES": "84.8"}, "-5.5"),
        ("LESM.AREACHG", {"AREA_TRORRES": "0.0", "LESM@BASE.AREA_TRORRES": "110.0"}, "100.0"),
        ("ECEV.ECDOSNO", {"VISIT.OID": "V_INJ3"}, "3"),
        ("ECEV.ESPLPTS", {"LESM@PREV.PERIM": "31.7"}, "4"),
        ("ECEV.ESPLVOL", {"ESPLPTS": "4"}, "0.40"),
        ("ECEV.ECTOTPAR", {"ECTOTVOL": "0.80", "ECCONC": "1.0E10"}, "8.00E9"),
        ("OBS.OBSMIN", {"ECEV.ECENDTM": "2025-01-12 10:18", "OBSENDTM": "2025-01-12 11:20"}, "62"),
        ("CALL.CALLHRS", {"ECEV@PREV.ECENDTM": "2025-01-12 10:18", "CALLDTM": "2025-01-13 11:00"}, "24.7"),
        ("LT.LTMAX", {"LTRED": "2", "LTITCH": "1", "LTOED": "1"}, "2"),
        ("LT.LTCORE", {"LTRED": "2", "LTITCH": "1", "LTOED": "1"}, "4"),
        ("LT.LTCORE", {"LTRED": "2", "LTITCH": "1"}, None),
        ("AE.AEDUR", {"AESTDAT": "2025-01-12", "AEENDAT": "2025-01-15"}, "4"),
        ("AE.AEDUR", {"AESTDAT": "2025-01", "AEENDAT": "2025-01-15"}, None),
        ("AE.AERELYN", {"AEREL": "POSSIBLE"}, "Y"),
        ("AE.AERELYN", {"AEREL": "UNLIKELY"}, "N"),
        ("SAE.SAEHRS", {"SAEAWDTM": "2025-02-01 08:00", "SAERPDTM": "2025-02-02 08:30"}, "24.5"),
        ("EOS.DSNDOSE", {"ECEV@V_INJ1.ECYN": "Y", "ECEV@V_INJ2.ECYN": "N", "ECEV@V_INJ3.ECYN": "Y"}, "2"),
        ("EOS.DSTRTCMP", {"DSNDOSE": "3"}, "Y"),
        ("EOS.DSTRTCMP", {"DSNDOSE": "2"}, "N"),
        ("EOS.DSLDOSE", DOSES, "2025-01-26"),
        ("EOS.DSLDOSE", {I1: "2025-01-12 10:05"}, "2025-01-12"),
        ("PREG.PGEXP", {"PGLMP": "2025-01-06", **DOSES}, "2 / 1"),
        ("PREG.PGEXP", {"PGLMP": "2025-01", **DOSES}, "1 / 0 (2 ?)"),
        ("PREG.PGEXP", {"PGLMP": ""}, None),
        ("VITHX.DURYRS", {"ONSDAT": "2019", "VISIT.DATE": "2025-01-05"}, "6.0"),
    ],
)
def test_calculations_give_the_studys_own_numbers(
    study: Study, name: str, answers: Answers, result: str | None
) -> None:
    assert calculated(study, name, answers) == result


@pytest.mark.parametrize(
    ("percent", "repigmentation"),
    [
        ("0", "MINIMAL"),
        ("25", "MINIMAL"),
        ("26", "MILD"),
        ("50", "MILD"),
        ("51", "MODERATE"),
        ("75", "MODERATE"),
        ("76", "MARKED"),
        ("90", "MARKED"),
        ("91", "EXCELLENT"),
        ("100", "EXCELLENT"),
        ("101", None),
    ],
)
def test_repigmentation_classes_change_at_the_registered_limits(
    study: Study, percent: str, repigmentation: str | None
) -> None:
    assert calculated(study, "EFF.RPCAT", {"RPPCT": percent}) == repigmentation


@pytest.mark.parametrize(
    ("born", "age"), [("1995-06-18", "29"), ("2007-01-05", "18"), ("2007-01-06", "17"), ("1957", "68")]
)
def test_age_is_counted_to_the_day_of_consent(study: Study, born: str, age: str) -> None:
    assert calculated(study, "DM.AGE", {"BRTHDAT": born}, {"IC": [PHOTO, MAIN]}) == age


@pytest.mark.parametrize(("changed", "failed", "met"), [
    ({}, None, "Y"),
    ({"INCL04": "N", "EXCL02": "Y"}, "INCL04, EXCL02", "N"),
    ({"INCL07": ""}, None, None),
    ({"INCL07": "", "EXCL01": "Y"}, "EXCL01", "N"),
])  # fmt: skip
def test_eligibility_is_met_when_all_is_answered_and_nothing_stands_against_it(
    study: Study, changed: Answers, failed: str | None, met: str | None
) -> None:
    rows = [{**row, "IEORRES": changed.get(row["IETESTCD"], row["IEORRES"])} for row in CRITERIA]
    found = calculated(study, "IE.IEFAIL", {}, {"CRIT": rows})
    assert found == failed
    assert calculated(study, "IE.IEYN", {"IEFAIL": found or ""}, {"CRIT": rows}) == met


def test_total_area_follows_its_basis(study: Study) -> None:
    areas = [
        ("TREATED", "110.0"),
        ("CONTROL", "84.8"),
        ("TREATED", "75.4"),
        ("OTHER", "60.0"),
        ("TREATED", ""),
    ]
    rows = [{"LESDEF.LESROLE": role, "AREA_TRORRES": area} for role, area in areas]
    assert calculated(study, "LESM.TOTAREA", {}, {"ROWS": rows}) == "270.2"
    assert calculated(study, "LESM.TOTAREA", {"P.AREA_BASIS": "TREATED"}, {"ROWS": rows}) == "185.4"


def test_volumes_are_those_of_the_areas_injected(study: Study) -> None:
    given = [("Y", "0.40", "110.0"), ("Y", "0.40", "75.4"), ("N", "", "50.0")]
    rows = [{"ESINJ": yes, "ESVOL": vol, "LESM@PREV.AREA_TRORRES": area} for yes, vol, area in given]
    assert calculated(study, "ECEV.ECTOTVOL", {}, {"ECSITE": rows}) == "0.80"
    assert calculated(study, "ECEV.ECVOLAR", {"ECTOTVOL": "0.80"}, {"ECSITE": rows}) == "0.43"


def test_treated_minus_control_uses_the_paired_area(study: Study) -> None:
    rows = [
        {"ROW.KEY": "T01", "RPPCT": "55"},
        {"ROW.KEY": "C01", "RPPCT": "0"},
        {"ROW.KEY": "C02", "RPPCT": "30"},
    ]
    answers = {"RPPCT": "55", "LESDEF.LESPAIR": "C01"}
    assert calculated(study, "EFF.EFDIFF", answers, {"ROWS": rows}) == "55"


@pytest.mark.parametrize(("changed", "decision"), [
    ({}, "GO"),
    ({"PDFEVER": "Y"}, "HOLD"),
    ({"PDPT": "N"}, "HOLD"),
    ({"PDPHOTO": "N"}, "HOLD"),
    ({"PDPHOTO": "", "VISIT.OID": "V_INJ2"}, "GO"),
    ({"PDTIMOUT": ""}, None),
    ({"PDCONT": "Y"}, "HOLD"),
    ({"PDCONT": "Y", "PDDECGO": "N"}, "HOLD"),
    ({"PDCONT": "Y", "PDDECGO": "Y"}, "GO"),
])  # fmt: skip
def test_injection_goes_ahead_when_every_answer_is_safe(
    study: Study, changed: Answers, decision: str | None
) -> None:
    safe = {"PDELIG": "Y", "PDINFECT": "N", "PDFEVER": "N", "PDCONT": "N", "PDPT": "Y", "PDPHOTO": "Y",
            "PDCONS": "Y", "PDTIMOUT": "Y", "VISIT.OID": "V_INJ1"}  # fmt: skip
    assert calculated(study, "PREDOSE.PDGO", {**safe, **changed}) == decision


@pytest.mark.parametrize(("name", "answers", "tables", "result"), [
    ("PDCONT", DAY, {"AE": [{**BEFORE, "AETOXGR": "2", "AESER": "N", "AERELYN": "Y"}]}, "N"),
    ("PDCONT", DAY, {"AE": [{**BEFORE, "AETOXGR": "3", "AESER": "N"}]}, "Y"),
    ("PDCONT", DAY, {"AE": [{**BEFORE, "AETOXGR": "2", "AESER": "Y", "AERELYN": "Y"}]}, "Y"),
    ("PDCONT", DAY, {"AE": [{"AESTDAT": "2025-01-20", "AETOXGR": "3", "AESER": "N"}]}, "N"),
    ("PDPT", {"RP@V_INJ1.CBPOT": "WOCBP"}, {}, "N"),
    ("PDPT", {"RP@V_INJ1.CBPOT": "WOCBP", "PT.HCG_LBORRES": "NEGATIVE"}, {}, "Y"),
    ("PDPT", {"RP@V_INJ1.CBPOT": "NA"}, {}, "Y"),
    ("PDCONS", {}, {"IC": [MAIN]}, "Y"),
    ("PDCONS", {}, {"IC": [{**MAIN, "ICWDDAT": "2025-01-10"}]}, "N"),
    ("PDPHOTO", {}, {"PHOTO@V_SCR": [{"PHIMG": "a"}]}, "Y"),
    ("PDPHOTO", {}, {}, "N"),
])  # fmt: skip
def test_answers_taken_from_other_forms_before_the_injection(
    study: Study, name: str, answers: Answers, tables: Tables, result: str
) -> None:
    assert calculated(study, f"PREDOSE.{name}", answers, tables) == result


@pytest.mark.parametrize(("began", "at", "emergent", "epoch"), [
    ("2025-01-11", "", "N", "SCREENING"),
    ("2025-01-12", "10:30", "Y", "TREATMENT"),
    ("2025-01-12", "09:00", "N", "TREATMENT"),
    ("2025-01", "", "Y", "TREATMENT"),
    ("2025-02-23", "", "Y", "TREATMENT"),
    ("2025-02-24", "", "Y", "FOLLOW-UP"),
])  # fmt: skip
def test_an_event_is_treatment_emergent_unless_it_surely_began_before(
    study: Study, began: str, at: str, emergent: str, epoch: str
) -> None:
    answers = {"AESTDAT": began, "AESTTIM": at, **DOSES}
    assert calculated(study, "AE.AETRTEM", answers) == emergent
    assert calculated(study, "AE.AEEPOCH", answers) == epoch


def test_a_serious_event_is_followed_through_its_reports(study: Study) -> None:
    event = {
        "ROW.KEY": "7",
        "AESTDAT": "2025-01-20",
        "AEREL": "POSSIBLE",
        "AERELYN": "Y",
        "AESDTH": "N",
        "AESLIFE": "Y",
    }
    reports = [{"SAEAENO": "7", "ROW.NUMBER": "1"}, {"SAEAENO": "3", "ROW.NUMBER": "2"}]
    here = {"SAEAENO": "7", "ROW.NUMBER": "3", "SAERPDTM": "2025-01-21 09:00", "SAEEXP": "N", **DOSES}
    tables = {"AE": [event], "REPORT": reports}
    assert calculated(study, "SAE.SAEVER", here, tables) == "1"
    assert str(calculated(study, "SAE.SAELDOSE", here, tables)).startswith("2025-01-19T10:05")
    assert calculated(study, "SAE.SAEINT", {**here, "SAELDOSE": "2025-01-19 10:05"}, tables) == "1 d"
    assert calculated(study, "SAE.SAEREL", here, tables) == "POSSIBLE"
    assert calculated(study, "SAE.SAESUSAR", here, tables) == "Y"
    assert calculated(study, "SAE.SAESUSAR", {**here, "SAEEXP": "Y"}, tables) == "N"
    assert calculated(study, "SAE.SAEDUE", here, tables) == "2025-01-28"


def the_check(study: Study, oid: str) -> tuple[str, Check]:
    """A check with its form."""
    return next((form, one) for form in study.forms for one in study.form(form).checks if one.check == oid)


MISSED = {"VISIT.OID": "V_M5", "VISIT.PLANNED": "2025-06-13", "SVREASOC": "NOSHOW"}
LATE = {"VISIT.OID": "V_INJ3", "VISIT.OFFSET": "22", "ECDOSNO": "3", "ECSTDTM": "2025-02-03 10:05"}


@pytest.mark.parametrize(("oid", "item", "answers", "proposed"), [
    ("SV-01", "DVTERM", MISSED, "Visit V_M5 did not take place: NOSHOW"),
    ("SV-01", "DVTERM", {**MISSED, "SVREASOC": ""}, "Visit V_M5 did not take place: reason not given"),
    ("SV-01", "DVDECOD", MISSED, "VISIT"),
    ("SV-01", "DVCLASS", MISSED, "MINOR"),
    ("SV-01", "DVSTDAT", MISSED, "2025-06-13"),
    ("SV-01", "DVVISIT", MISSED, "V_M5"),
    ("SV-02", "DVTERM", {"VISIT.OID": "V_W3", "SVMERGE": "V_W4", "SVMERGRS": "travelled"},
     "Visit V_W3 held together with V_W4: travelled"),
    ("GC-13T", "DVTERM", {"VISIT.OID": "V_M2", "SVWIN": "LATE", "SVWINRS": ""},
     "Visit V_M2 held outside its window (LATE): reason not given"),
    ("OBS-01T", "DVTERM", {"OBSMIN": "55", "OBSEARLY": "school run"},
     "Observation after the injection lasted 55 min instead of 60 min: school run"),
    ("EC-06T", "DVDECOD", LATE, "IMP"),
    ("EC-06T", "DVDECOD", {**LATE, "VISIT.OFFSET": "17"}, "VISIT"),
    ("CM-01T", "DVSTDAT", {"CMSTDAT": "2025-02-03"}, "2025-02-03"),
    ("CM-01T", "DVSTDAT", {"CMSTDAT": "2025-02"}, None),
    ("CALL-01T", "DVSTDAT", {"ECENDTM": "2025-01-12 14:00"}, "2025-01-14"),
    ("SAE-02T", "DVTERM", {"SAEHRS": "24.5"}, "Serious adverse event reported 24.5 hours after awareness."),
])  # fmt: skip
def test_a_proposed_deviation_says_what_happened(
    study: Study, oid: str, item: str, answers: Answers, proposed: str | None
) -> None:
    form, check = the_check(study, oid)
    assert check.draft is not None
    value = ask(study, form, check.draft.set[item], answers, {})
    assert (None if value is None else as_text(value)) == proposed


@pytest.mark.parametrize(("oid", "answers", "owed"), [
    ("SAE-01R", {"SAEAWDTM": "2025-02-01 08:00"}, "2025-02-02T08:00+03:00[Asia/Amman]"),
    ("EC-15", {"ECENDTM": "2025-01-12 10:18"}, "2025-01-13T22:18+03:00[Asia/Amman]"),
    ("EC-15", {"ECENDTM": ""}, None),
    ("SAE-06", {"SAERPDTM": "2025-02-02 08:00"}, "2025-02-16"),
    ("PT-03", {"LBDAT": "2025-04-13"}, "2025-04-14"),
])  # fmt: skip
def test_a_task_is_owed_by_its_day_or_moment(
    study: Study, oid: str, answers: Answers, owed: str | None
) -> None:
    form, check = the_check(study, oid)
    assert check.due is not None
    value = ask(study, form, check.due, answers, {})
    assert (None if value is None else as_text(value)) == owed
