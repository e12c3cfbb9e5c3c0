"""What the ALS template works out: the numeric vectors of STUDIES.md sections 6.7 and 7, to the digit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.study.language.texts import as_text
from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from tests.unit.study.on_paper import Answers, ask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = Path(__file__).parents[3] / "forms" / "als-msc"
SCORES = ("BULBAR", "FINE", "GROSS", "RESPIR", "TOTAL")
BLOWS = [("3.18", "Y"), ("3.21", "Y"), ("3.05", "N"), ("3.20", "Y")]


@pytest.fixture(scope="module")
def study() -> Study:
    found = load_pack(FOLDER)
    assert found.pack is not None, "\n".join(map(str, found.errors))
    return Study(found.pack)


def calculated(
    study: Study, name: str, answers: Answers, tables: Mapping[str, Sequence[Answers]] | None = None
) -> Any:
    """What a calculated item gives, as text; None where it is missing."""
    form, _, item = name.partition(".")
    formula = study.place(form, item).item.is_
    assert formula is not None
    value = ask(study, form, formula, answers, tables or {})
    return None if value is None else as_text(value)


def alsfrs(items: str, gastrostomy: str = "N") -> dict[str, str]:
    """Twelve answers in the order of the questionnaire; the fifth is 5a or 5b, ``-`` is no answer."""
    names = [f"AL{n:02d}" for n in range(1, 13)]
    names[4] = "AL05B" if gastrostomy == "Y" else "AL05A"
    given = {name: item for name, item in zip(names, items, strict=True) if item != "-"}
    return {"ALGAST": gastrostomy, **given}


def scored(study: Study, answers: Answers) -> dict[str, str | None]:
    """All scores, each from those before it, as the form works them out."""
    known: dict[str, str | None] = {}
    for name in SCORES:
        so_far = {item: score for item, score in known.items() if score is not None}
        known[name] = calculated(study, f"ALSFRS.{name}", {**answers, **so_far})
    return known


@pytest.mark.parametrize(
    ("items", "gastrostomy", "scores"),
    [
        ("444444444444", "N", ("12", "12", "12", "12", "48")),
        ("000000000000", "N", ("0", "0", "0", "0", "0")),
        ("000000000000", "Y", ("0", "0", "0", "0", "0")),
        ("444434444444", "Y", ("12", "11", "12", "12", "47")),
        ("444322333344", "N", ("12", "7", "9", "11", "39")),
        ("444322333-44", "N", ("12", "7", "9", None, None)),
        ("44-444444444", "N", (None, "12", "12", "12", None)),
        ("4444-4444444", "N", ("12", None, "12", "12", None)),
    ],
)
def test_scores_of_the_alsfrs_r(
    study: Study, items: str, gastrostomy: str, scores: tuple[str | None, ...]
) -> None:
    assert tuple(scored(study, alsfrs(items, gastrostomy)).values()) == scores


def test_without_an_answer_on_the_gastrostomy_item_5_does_not_count(study: Study) -> None:
    answers = {**alsfrs("444444444444"), "ALGAST": ""}
    assert scored(study, answers) == {
        "BULBAR": "12",
        "FINE": None,
        "GROSS": "12",
        "RESPIR": "12",
        "TOTAL": None,
    }


@pytest.mark.parametrize(
    ("onset", "months"),
    [
        ("2024-02", "11.9"),  # counts from 2024-02-15: 361 days
        ("2024-02-15", "11.9"),
        ("2024-02-01", "12.3"),
        ("2024", "7.4"),  # counts from 2024-07-01: 224 days
        ("", None),
    ],
)
def test_months_since_onset_at_the_first_dose(study: Study, onset: str, months: str | None) -> None:
    answers = {"ONSDAT": onset, "VISIT@V_IT1.DATE": "2025-02-10"}
    assert calculated(study, "ALSHX.ONSMO", answers) == months


def test_progression_before_baseline(study: Study) -> None:
    assert calculated(study, "ALSHX.DFS0", {"ONSMO": "11.9", "ALSFRS@V_IT1.TOTAL": "39"}) == "0.76"
    assert calculated(study, "ALSHX.DFS0", {"ONSMO": "11.9", "ALSFRS@V_IT1.TOTAL": ""}) is None
    assert calculated(study, "ALSHX.DFS0", {"ONSMO": "0.0", "ALSFRS@V_IT1.TOTAL": "39"}) is None


def test_the_best_acceptable_manoeuvre_counts(study: Study) -> None:
    rows = {"SVMAN": [{"SMVOL": volume, "SMACC": acceptable} for volume, acceptable in BLOWS]}
    assert calculated(study, "SVC.SVC_REORRES", {}, rows) == "3.21"
    assert calculated(study, "SVC.SVREP", {"SVC_REORRES": "3.21"}, rows) == "Y"
    assert calculated(study, "SVC.SVCPP", {"SVC_REORRES": "3.21", "SVPRED": "3.49"}) == "92"
    assert calculated(study, "SVC.SVC_REORRES", {}, {"SVMAN": [{"SMVOL": "3.21", "SMACC": "N"}]}) is None


@pytest.mark.parametrize(("second", "repeatable"), [("2.89", "Y"), ("2.88", "N")])
def test_two_best_within_ten_percent(study: Study, second: str, repeatable: str) -> None:
    rows = {"SVMAN": [{"SMVOL": "3.21", "SMACC": "Y"}, {"SMVOL": second, "SMACC": "Y"}]}
    assert calculated(study, "SVC.SVREP", {"SVC_REORRES": "3.21"}, rows) == repeatable


@pytest.mark.parametrize(
    ("name", "answers", "result"),
    [
        ("ECIT.ECVIABN", {"ECCOUNT": "1.0E8", "ECVIAB": "92.0", "ECSHARE": "100"}, "9.20E7"),
        ("ECIT.ECVIABN", {"ECCOUNT": "1.0E8", "ECVIAB": "92.0", "ECSHARE": "50"}, "4.60E7"),
        ("ECIT.ECVIABN", {"ECCOUNT": "1.0E8", "ECVIAB": "", "ECSHARE": "100"}, None),
        ("ECIT.ECDOSNO", {"VISIT.OID": "V_IT2"}, "2"),
        ("VS.BMI_VSORRES", {"WEIGHT_VSORRES": "61.5", "HEIGHT_VSORRES": "164.0"}, "22.9"),
        ("OBS.OBSMIN", {"ECIT.ECENDTM": "2025-02-10 09:44", "OBSENDTM": "2025-02-10 13:50"}, "246"),
        ("LB.LBNRIND", {"LBORRES": "99", "LBORNRLO": "150", "LBORNRHI": "400"}, "LOW"),
        ("LB.LBNRIND", {"LBORRES": "1.5", "LBORNRHI": "1.15"}, "HIGH"),
        ("LB.LBNRIND", {"LBORRES": "<0.3", "LBORNRHI": "5"}, None),
        ("LPTOL.LPMAX", {"LPHEAD": "1"}, None),
        ("SURVST.EVENTDAT", {"TRACHDAT": "2026-01-06", "DD.DTHDAT": "2026-03-01"}, "2026-01-06"),
        ("SURVST.EVENTDAT", {"DD.DTHDAT": "2025-06"}, None),
        ("SURVST.EVENTTYP", {"SURVSTAT": "DEAD", "DD.DTHDAT": "2025-06"}, "DEATH"),
        (
            "SURVST.EVENTTYP",
            {"SURVSTAT": "ALIVEPAV", "TRACHDAT": "2026-01-06", "PAVDAT": "2026-01-06"},
            "TRACH",
        ),
        (
            "SURVST.EVENTTYP",
            {"SURVSTAT": "ALIVEPAV", "TRACHDAT": "2026-01-06", "PAVDAT": "2026-01-02"},
            "PAV",
        ),
        ("SURVST.EVENTTYP", {"SURVSTAT": "ALIVE"}, "NONE"),
        ("SURVST.EVENTTYP", {"SURVSTAT": ""}, None),
    ],
)
def test_other_calculations(study: Study, name: str, answers: Answers, result: str | None) -> None:
    assert calculated(study, name, answers) == result


def test_the_highest_score_after_the_puncture_needs_all_nine(study: Study) -> None:
    scores = dict.fromkeys(("LPRAD", "LPWEAK", "LPSPH", "LPMEN", "LPFEV", "LPLEAK", "LPSITE"), "0")
    assert calculated(study, "LPTOL.LPMAX", {**scores, "LPHEAD": "1", "LPBACK": "2"}) == "2"


def test_with_the_year_of_birth_alone_the_age_is_the_difference_of_years(study: Study) -> None:
    rows = {"IC": [{"ICTYPE": "MAIN", "DSSTDAT": "2025-02-05"}]}
    assert calculated(study, "DM.AGE", {"BRTHDAT": "1957"}, rows) == "68"
    assert calculated(study, "DM.AGE", {"BRTHDAT": "1957-03-01"}, rows) == "67"
