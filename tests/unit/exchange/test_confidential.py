"""What is worked out from an answer that stays at the site stays there too (REQ-808)."""

from __future__ import annotations

from pathlib import Path

import pytest

from crfapp.exchange.confidential import Confidential
from crfapp.study.model import Pack
from crfapp.study.pack import load_pack
from crfapp.study.study import Study

FLAGSHIP = Path(__file__).parents[3] / "forms" / "nct06813027"


def flagship_with(rule: str) -> Study:
    """The flagship with another calculation of AGE in its exported form DM."""
    pack = load_pack(FLAGSHIP).pack
    assert pack is not None
    data = pack.model_dump(by_alias=True)
    for form in data["forms"]:
        for section in form["sections"]:
            for item in section["items"]:
                if (form["form"], item["item"]) == ("DM", "AGE"):
                    item["is"] = rule
                if (form["form"], item["item"]) == ("DM", "AGEU"):
                    item["is"] = 'text("from ", AGE)'
    return Study(Pack.model_validate(data))


@pytest.mark.req("REQ-808")
def test_a_value_worked_out_from_a_site_only_answer_stays_and_so_does_what_follows_from_it() -> None:
    told = Confidential(flagship_with("years(lo(SUBJ.KDOB), today())"))
    assert told.keeps("DM", "AGE")
    assert told.keeps("DM", "AGEU")
    assert not told.keeps("DM", "SEX")


def test_a_value_worked_out_from_answers_that_may_leave_leaves() -> None:
    told = Confidential(flagship_with("years(lo(BRTHDAT), today())"))
    assert not told.keeps("DM", "AGE")
    assert not told.keeps("DM", "AGEU")
