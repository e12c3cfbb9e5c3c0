"""What is worked out from an answer that stays at the site stays there too (REQ-808)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crfapp.exchange.confidential import Confidential
from crfapp.study.model import Pack
from crfapp.study.pack import load_pack
from crfapp.study.study import Study

FLAGSHIP = Path(__file__).parents[3] / "forms" / "nct06813027"


def flagship_with(rule: str) -> Study:
    """The flagship with another calculation of AGE in its exported form DM."""
    data = _flagship()
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


def flagship_where(form: str, item: str, change: dict[str, Any]) -> Study:
    """The flagship with something else said at one item of a form."""
    data = _flagship()
    [place] = [
        one
        for entry in data["forms"]
        for section in entry["sections"]
        for one in section["items"]
        if (entry["form"], one["item"]) == (form, item)
    ]
    place.update(change)
    return Study(Pack.model_validate(data))


def flagship_checking(change: dict[str, Any], check: str = "DM-01") -> Study:
    """The flagship with one check changed."""
    data = _flagship()
    [found] = [one for form in data["forms"] for one in form["checks"] if one["check"] == check]
    found.update(change)
    return Study(Pack.model_validate(data))


def _flagship() -> dict[str, Any]:
    pack = load_pack(FLAGSHIP).pack
    assert pack is not None
    return pack.model_dump(by_alias=True)


@pytest.mark.req("REQ-808")
@pytest.mark.parametrize(
    "said",
    [
        "Born {SUBJ.KDOB}.",
        "Born {lo(SUBJ.KDOB)}.",
        'Known as {text("born ", SUBJ.KDOB)}.',
        "{count(r for r in SUBJ@SITE if r.KDOB == BRTHDAT)} of this day.",
    ],
)
def test_a_sentence_that_works_something_out_of_an_answer_which_stays_stays(said: str) -> None:
    assert Confidential(flagship_checking({"say": said})).keeps_sentence("DM-01")


@pytest.mark.req("REQ-808")
def test_a_sentence_that_quotes_what_stays_in_one_language_alone_stays() -> None:
    data = _flagship()
    data["translations"]["de"]["checks"]["DM-01"] = "In der Liste steht {SUBJ.KDOB}."
    assert Confidential(Study(Pack.model_validate(data))).keeps_sentence("DM-01")


def test_a_sentence_that_quotes_only_what_may_leave_leaves() -> None:
    told = Confidential(flagship_checking({"say": "Born {lo(BRTHDAT)}, at least {P.AGE_MIN} years."}))
    assert not told.keeps_sentence("DM-01")


@pytest.mark.req("REQ-808")
@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"must": [{"that": "BRTHDAT <= today()", "say": "The list says {SUBJ.KDOB}."}]}, "HARD:BRTHDAT"),
        ({"should": [{"that": "BRTHDAT <= today()", "say": "The list says {SUBJ.KDOB}."}]}, "SOFT:BRTHDAT"),
        ({"range": {"hard": ["SUBJ.KDOB", None]}}, "HARD:BRTHDAT"),
    ],
    ids=["must", "should", "range"],
)
def test_what_an_items_own_rules_say_of_an_answer_which_stays_stays(
    change: dict[str, Any], check: str
) -> None:
    assert Confidential(flagship_where("DM", "BRTHDAT", change)).keeps_sentence(check)
    assert not Confidential(Study(Pack.model_validate(_flagship()))).keeps_sentence(check)


@pytest.mark.req("REQ-808")
def test_the_limit_of_a_task_that_follows_from_an_answer_which_stays_stays() -> None:
    told = Confidential(flagship_checking({"level": "T", "due": "lo(SUBJ.KDOB) + 1"}))
    assert told.keeps_sentence("DM-01")


@pytest.mark.req("REQ-808")
def test_what_a_draft_takes_over_from_an_answer_which_stays_stays() -> None:
    told = Confidential(
        flagship_checking({"level": "T", "draft": {"form": "DV", "set": {"DVTERM": 'text("x ", SUBJ.KDOB)'}}})
    )
    assert told.keeps("DV", "DVTERM")
    assert not told.keeps("DV", "DVDECOD")
