"""The numbers of the venous ulcer study: STUDIES.md 5.6 and 7."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.study.language.texts import as_text
from tests.support.playing import shipped_study
from tests.unit.study.on_paper import Answers, ask

if TYPE_CHECKING:
    from crfapp.study.study import Study

Tables = Mapping[str, Sequence[Answers]]

BATCH = {"PRODREL": [{"ROW.KEY": "1", "PRCONC": "1.0E7", "PRNAME": "APZ2", "ECEXPDTM": "2025-03-27 18:00"}]}
CONSENT = {"IC": [{"ICTYPE": "MAIN", "ICSIGNED": "Y", "DSSTDAT": "2025-02-05"}]}
ARMS = {"BRA_R": "132", "BRA_L": "128"}
OVAL = {"WASTAT": "OPEN", "WALEN": "4.6", "WAWID": "3.6"}


@pytest.fixture(scope="module")
def study() -> Study:
    return shipped_study("abcb5-cvu")


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
        ("VASC.ABI_R", {**ARMS, "DP_R": "140", "PT_R": "136"}, "1.06"),
        ("VASC.ABI_L", {**ARMS, "DP_L": "138", "PT_L": "142"}, "1.08"),
        ("VASC.ABI_L", {**ARMS, "DP_L": "999", "PT_L": "142"}, "1.08"),
        ("VASC.ABI_L", {**ARMS, "DP_L": "999", "PT_L": "999"}, None),
        ("VASC.ABI_L", {**ARMS, "DP_L": "138"}, None),
        ("VS.BMI_VSORRES", {"WEIGHT_VSORRES": "90.0", "HEIGHT_VSORRES": "178.0"}, "28.4"),
        ("WASSESS.AREA_TRORRES", OVAL, "13.0"),
        (
            "WASSESS.AREA_TRORRES",
            {**OVAL, "WAPLAN": "12.4"},
            "12.4",
        ),
        ("WASSESS.AREA_TRORRES", {"WASTAT": "CLOSED"}, "0"),
        ("WASSESS.AREA_TRORRES", {"WASTAT": "MERGED", "WAPLAN": "12.4"}, None),
        ("WASSESS.AREA_TRORRES", {"WASTAT": "NE"}, None),
        ("ECMSC.EWCELLP", {"EWAREA": "12.4"}, "6.20E6"),
        ("ECMSC.EWCELLP", {"EWAREA": "6.0"}, "3.00E6"),
        ("ECMSC.EWCELLP", {"EWAREA": "1240.0"}, "6.20E8"),
        ("ECMSC.EWVOLP", {"EWCELLP": "6.20E6", "ECLOT": "1"}, "0.62"),
        ("ECMSC.EWVOLP", {"EWCELLP": "3.00E6", "ECLOT": "1"}, "0.30"),
        ("ECMSC.EWCELL", {"EWVOL": "0.62", "ECLOT": "1"}, "6.20E6"),
        ("ECMSC.EWDENS", {"EWCELL": "6.20E6", "EWAREA": "12.4"}, "5.00E5"),
        ("ECMSC.ECTRT", {"ECLOT": "1"}, "APZ2"),
        ("ECMSC.ECDOSNO", {"VISIT.OID": "V_D0B"}, "2"),
    ],
)
def test_calculations_give_the_studys_own_numbers(
    study: Study, name: str, answers: Answers, result: str | None
) -> None:
    assert calculated(study, name, answers, BATCH) == result


def test_the_total_is_that_of_the_wounds_treated(study: Study) -> None:
    rows = [{"EWTRT": "Y", "EWCELL": "6.20E6"}, {"EWTRT": "Y", "EWCELL": "3.00E6"}, {"EWTRT": "N"}]
    assert calculated(study, "ECMSC.ECTOTCEL", {}, {"ECWND": rows}) == "9.20E6"
    assert calculated(study, "ECMSC.ECTOTCEL", {}, {"ECWND": [{"EWTRT": "N"}]}) is None


def test_the_volume_may_differ_by_a_tenth_from_the_plan(study: Study) -> None:
    limits = study.place("ECMSC", "EWVOL").item.range
    assert limits is not None
    assert limits.soft is not None
    ends = [ask(study, "ECMSC", end or "", {"EWVOLP": "0.62"}, {}) for end in limits.soft]
    assert ends == [Decimal("0.56"), Decimal("0.68")]


BASE = "WASSESS@BASE.AREA_TRORRES"


@pytest.mark.parametrize(
    ("area", "base", "reduction"),
    [
        ("3.6", "12.4", "71.0"),
        ("0.0", "6.0", "100.0"),
        ("11.5", "12.4", "7.3"),
        ("8.2", "12.4", "33.9"),
        ("0.9", "12.4", "92.7"),
        ("5.4", "6.0", "10.0"),
        ("3.1", "6.0", "48.3"),
        ("0.8", "6.0", "86.7"),
        ("15.5", "12.4", "-25.0"),
    ],
)
def test_reduction_is_counted_from_the_dosing_measurement(
    study: Study, area: str, base: str, reduction: str
) -> None:
    answers = {"ROW.KEY": "W1", "WASTAT": "OPEN", "AREA_TRORRES": area, BASE: base}
    assert calculated(study, "WASSESS.WARED", answers) == reduction


def test_wounds_that_merged_are_held_against_both_baselines(study: Study) -> None:
    answers = {"ROW.KEY": "W1", "WASTAT": "OPEN", "AREA_TRORRES": "9.2", BASE: "12.4"}
    merged = {"ROW.KEY": "W2", "WASTAT": "MERGED", "WAMERGE": "W1", BASE: "6.0"}
    assert calculated(study, "WASSESS.WARED", answers, {"STATUS": [merged]}) == "50.0"


def test_a_wound_that_split_is_the_sum_of_its_parts(study: Study) -> None:
    answers = {"ROW.KEY": "W1", "WASTAT": "SPLIT", BASE: "12.4"}
    parts = [{"WDEF.WFROM": "W1", "AREA_TRORRES": "2.4"}, {"WDEF.WFROM": "W1", "AREA_TRORRES": "1.2"}]
    assert calculated(study, "WASSESS.WARED", answers, {"STATUS": parts}) == "71.0"
    assert calculated(study, "WASSESS.WARED", answers, {"STATUS": [*parts, {"WDEF.WFROM": "W1"}]}) is None
    assert calculated(study, "WASSESS.WARED", answers) is None


@pytest.mark.parametrize(
    ("indirect", "direct", "treat"),
    [(1, "N", "N"), (4, "N", "N"), (5, "N", "Y"), (6, "N", "Y"), (0, "Y", "Y"), (0, "", None)],
)
def test_five_indirect_signs_or_one_direct_call_for_antisepsis(
    study: Study, indirect: int, direct: str, treat: str | None
) -> None:
    signs = {f"TI{n}": "Y" if n <= indirect else "N" for n in range(1, 7)}
    assert calculated(study, "WASSESS.TILIN", signs) == str(indirect)
    answers = {"TILIN": str(indirect), "TD1": "N", "TD2": "N", "TD3": direct}
    assert calculated(study, "WASSESS.TILI", answers) == treat


CLOSED = [
    {"ROW.KEY": "W2", "WASTAT": "OPEN", "VISIT.DATE": "2025-05-21"},
    {"ROW.KEY": "W2", "WASTAT": "CLOSED", "VISIT.DATE": "2025-06-04"},
    {"ROW.KEY": "W2", "WASTAT": "CLOSEDC", "VISIT.DATE": "2025-06-18"},
    {"ROW.KEY": "W2", "WASTAT": "REOPEN", "VISIT.DATE": "2025-09-25"},
    {"ROW.KEY": "W2", "WASTAT": "CLOSED", "VISIT.DATE": "2026-03-26"},
    {"ROW.KEY": "W1", "WASTAT": "CLOSED", "VISIT.DATE": "2025-04-02"},
]


@pytest.mark.parametrize(
    ("day", "first"),
    [("2025-06-04", "2025-06-04"), ("2025-06-18", "2025-06-04"), ("2025-09-25", "2025-06-04"),
     ("2026-03-26", "2026-03-26"), ("2025-05-21", None)],
)  # fmt: skip
def test_closure_dates_from_the_first_time_since_the_wound_was_open(
    study: Study, day: str, first: str | None
) -> None:
    answers = {"ROW.KEY": "W2", "VISIT.DATE": day}
    assert calculated(study, "WCLOSE.WCFIRST", answers, {"WASSESS@ALL": CLOSED}) == first


@pytest.mark.parametrize(("since", "confirmed"), [("13", "N"), ("14", "Y")])
def test_closure_is_confirmed_after_two_weeks(study: Study, since: str, confirmed: str) -> None:
    answers = {"WC1": "Y", "WC2": "Y", "WC3": "Y", "WCDAYS": since}
    assert calculated(study, "WCLOSE.WCCONF", answers) == confirmed
    assert calculated(study, "WCLOSE.WCCONF", {**answers, "WC3": "N"}) == "N"


@pytest.mark.parametrize(("born", "age"), [("1957", "68"), ("1957-02-06", "67"), ("1957-02-05", "68")])
def test_age_is_known_to_a_year_from_the_year_of_birth(study: Study, born: str, age: str) -> None:
    assert calculated(study, "DM.AGE", {"BRTHDAT": born}, CONSENT) == age


@pytest.mark.parametrize(
    ("result", "low", "high", "flag"),
    [("6.1", "4.0", "6.0", "HIGH"), ("3.9", "4.0", "6.0", "LOW"), ("6.0", "4.0", "6.0", "NORMAL"),
     ("5.0", "", "6.0", "NORMAL"), ("<0.3", "", "5.0", None), ("5.0", "", "", None)],
)  # fmt: skip
def test_a_laboratory_result_is_flagged_by_its_limits(
    study: Study, result: str, low: str, high: str, flag: str | None
) -> None:
    answers = {"LBORRES": result, "LBORNRLO": low, "LBORNRHI": high}
    assert calculated(study, "LB.LBNRIND", answers) == flag


def test_doses_are_counted_before_and_after_conception(study: Study) -> None:
    doses = {"ECMSC@V_D0.ECSTDTM": "2025-03-26 10:10", "ECMSC@V_D0B.ECSTDTM": "2025-05-08 10:10"}
    assert calculated(study, "PREG.PGEXP", {"PGLMP": "2025-04-01", **doses}) == "1 / 1"
    assert calculated(study, "EOS.DSNDOSE", {"ECMSC@V_D0.ECYN": "Y"}) == "1"
    assert calculated(study, "EOS.DSLDOSE", doses) == "2025-05-08"
