"""A situation on paper is read as the items' types want it, and a check is judged by it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from crfapp.base.dates import PartialDate
from crfapp.study.checks import Situation
from crfapp.study.language import Fault, Node, compile_expression, parse
from crfapp.study.language.tree import Reference
from crfapp.study.lint.vectors import orders
from crfapp.study.pack import load_pack
from crfapp.study.trying import Paper, misfits, read_answer, reads
from tests.unit.study.conftest import PACKS

if TYPE_CHECKING:
    from crfapp.study.study import Study
    from crfapp.study.types import Value
    from tests.unit.study.conftest import Edited


def tree_of(text: str) -> Node:
    tree = parse(text)
    assert not isinstance(tree, Fault), str(tree)
    return tree


def value_of(study: Study, form: str, name: str, text: str) -> Value:
    tree = tree_of(name)
    assert isinstance(tree, Reference)
    return read_answer(study, form, tree.ref, text)


@pytest.mark.parametrize(
    ("form", "name", "text", "value"),
    [
        ("DM", "BRTHDAT", "1995-06", PartialDate.parse("1995-06")),
        ("DM", "TRIGGER", "SUN STRESS", ("SUN", "STRESS")),
        ("DM", "TRIGGER", "SUN; STRESS", ("SUN", "STRESS")),
        ("DM", "BRTHDAT", "UNK", None),
        ("DM", "SEX", "", None),
        ("DM", "VISIT.DATE", "2025-01-05", date(2025, 1, 5)),
        ("DM", "VISIT.OID", "V_W4", "V_W4"),
        ("CARE", "ABOVE.WID", "8.0", 8),
        ("CARE", "PATCH@V_BASE.ITCH", "7", 7),
    ],
)
def test_an_answer_is_read_as_its_item_holds_it(
    tiny: Study, form: str, name: str, text: str, value: Value
) -> None:
    assert value_of(tiny, form, name, text) == value


@pytest.mark.parametrize(
    ("form", "name", "text"),
    [
        ("DM", "AGE", "17.5"),
        ("DM", "BRTHDAT", "1995-13"),
        ("DM", "TRIGGER", "SUN MOON"),
        ("DM", "PREG", "yes"),
        ("DM", "ICDTM", "2025-01-05"),
        ("SV", "VISDAT", "2025-01"),
        ("SV", "SVBEG", "noon"),
        ("CARE", "P.MAX_AREA", "large"),
        ("CARE", "LEN", "NaN"),
        ("CARE", "VISIT.OID", "V_W5"),
    ],
)
def test_what_an_item_cannot_hold_is_told(tiny: Study, form: str, name: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        value_of(tiny, form, name, text)


def test_a_missing_code_is_no_answer_and_its_reason(tiny: Study) -> None:
    fires = compile_expression(tree_of('empty(SKIN) and missing_reason(SKIN) == "REF"'))
    assert fires(Paper(tiny, "DM", {"SKIN": "REF"})) is True
    assert fires(Paper(tiny, "DM", {"SKIN": "UNK"})) is False
    assert fires(Paper(tiny, "DM", {"SKIN": "2"})) is False


def test_the_day_of_a_situation_can_be_said(tiny: Study) -> None:
    late = compile_expression(tree_of("days(VISDAT, today()) > 5"))
    assert late(Paper(tiny, "SV", {"VISDAT": "2025-02-25"})) is False
    assert late(Paper(tiny, "SV", {"VISDAT": "2025-02-25", "TODAY": "2025-03-03"})) is True
    hour = compile_expression(tree_of("hours(ICDTM, now())"))
    assert hour(Paper(tiny, "DM", {"ICDTM": "2025-03-01 09:30"})) == 2.5
    assert hour(Paper(tiny, "DM", {"ICDTM": "2025-03-01 09:30", "TODAY": "2025-03-01 10:00"})) == 0.5


def test_a_parameter_has_the_packs_value_unless_the_situation_says_another(tiny: Study) -> None:
    fires = compile_expression(tree_of("TOTAREA > P.MAX_AREA"))
    assert fires(Paper(tiny, "CARE", {"TOTAREA": "250.0"})) is False
    assert fires(Paper(tiny, "CARE", {"TOTAREA": "250.0", "P.MAX_AREA": "200"})) is True


def test_rows_stand_under_their_source_and_know_where_they_are(tiny: Study) -> None:
    tree = tree_of(
        "any(r.LEN > 20 and r.VISIT.DATE > VISDAT and r.PATCH.ROLE == 'TREATED' for r in CARE@ALL)"
    )
    row = {"LEN": "21.0", "VISIT.DATE": "2025-02-01", "PATCH.ROLE": "TREATED", "ROW.KEY": "T01", "WID": "5"}
    told = Situation(answers={"VISDAT": "2025-01-05"}, rows={"CARE@ALL": (row,)})
    assert misfits(tiny, "SV", reads([tree]), told) == []
    assert compile_expression(tree)(Paper(tiny, "SV", told.answers, told.rows)) is True
    assert (
        compile_expression(tree)(Paper(tiny, "SV", told.answers, {"CARE@ALL": [{**row, "LEN": "20"}]}))
        is False
    )


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("AREA > 3", True),
        ("any(r.LEN < 2 for r in AREA)", True),
        ("0 < LEN <= 5", True),
        ('STATE == "GONE"', False),
        ("count(r for r in AREA if given(r.LEN)) > 0", False),
        ("count(r for r in AREA) >= 1", False),
        ("count(r for r in AREA) > 4", True),
    ],
)
def test_a_limit_is_wanted_where_size_or_order_decides(text: str, ordered: bool) -> None:
    assert orders(tree_of(text)) is ordered


def test_every_situation_of_the_small_study_was_tried() -> None:
    loaded = load_pack(PACKS / "tiny")
    assert (loaded.checks_tried, loaded.situations_tried) == (5, 20)


def test_a_check_turned_round_is_noticed_in_every_situation(edited: Edited) -> None:
    sabotaged = load_pack(edited(("forms/CARE.yaml", "fires: TOTAREA > P", "fires: TOTAREA <= P")))
    assert [fault.code.value for fault in sabotaged.errors] == ["PACK-081"] * 4
    assert {fault.line for fault in sabotaged.errors} == {42, 43, 44}
    assert all(fault.place == "form CARE, check TN-03" for fault in sabotaged.errors)
