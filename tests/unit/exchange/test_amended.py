"""Exports of an amended study: columns of all versions, each form in its own, figures in today's unit."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.exchange.copy.casebooks import casebooks
from crfapp.exchange.form_sheets import form_sheets
from crfapp.exchange.odm.document import write_odm
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import SubjectRow
from crfapp.present.paper.blocks import Words
from crfapp.present.paper.casebook.booklet import casebook_booklet
from crfapp.present.paper.casebook.reading import Wish
from tests.support.amended import Amended, form_of, item_of, newer
from tests.support.site_of import site_data, workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell


def amend(pack: dict[str, Any]) -> None:
    """A question comes, one goes, and the weight is asked in pounds."""
    items = form_of(pack, "DM")["sections"][0]["items"]
    items[:] = [item for item in items if item["item"] != "LEN"]
    items.append({"item": "SMOKE", "ask": "Smoker", "type": "yesno"})
    item_of(pack, "DM", "W").update(unit="lb", units={"kg": {"factor": "2.2046226"}})


@pytest.fixture
def ward() -> Ward:
    made = Ward()
    made.enter(made.dm, SEX="M", W="61.5", LEN="12")
    Amended(made).put_in_force(newer(made.desk.study, "2", amend))
    at = made.start(made.enrol(), "V_SCR", "2025-01-05")
    made.enter(FormKey(*at, "DM", 1), SEX="M", W="150", SMOKE="N")
    return made


@pytest.mark.req("REQ-702")
def test_a_workbook_has_the_columns_of_all_versions_and_says_what_was_not_collected(ward: Ward) -> None:
    [sheet] = [one for one in form_sheets(site_data(ward)) if one.name == "DM"]
    names = [column.name for column in sheet.columns]
    old, new = (dict(zip(names, row, strict=True)) for row in sheet.rows())
    assert {"LEN", "SMOKE", "W"} < set(names)
    assert names[-1] == "FORM_VERSION"
    assert (old["FORM_VERSION"], new["FORM_VERSION"]) == ("1", "2")
    assert (str(old["LEN"]), old["SMOKE"], old["SMOKE_MISSING"]) == (
        "12.0",
        None,
        "not collected in version 1",
    )
    assert (new["LEN"], new["LEN_MISSING"], new["SMOKE"]) == (None, "not collected in version 2", "N")
    assert told(old, "W") == ("135.5842899", "61.5", "kg")
    assert told(new, "W") == ("150.0", "None", "None")


def told(row: dict[str, Cell], item: str) -> tuple[str, str, str]:
    """A figure, and how it was entered in another unit."""
    return str(row[item]), str(row[f"{item}_ENTERED"]), str(row[f"{item}_UNIT"])


@pytest.mark.req("REQ-702")
def test_odm_names_the_version_of_each_form_and_both_definitions(ward: Ward) -> None:
    file = BytesIO()
    assert write_odm(site_data(ward), file) > 0
    text = file.getvalue().decode()
    assert text.count("VERSION") >= 2
    for oid in ("LEN", "SMOKE"):
        assert f"DM.{oid}" in text


@pytest.mark.req("REQ-702")
def test_the_casebook_on_paper_and_in_the_copy_shows_each_form_as_it_was_entered(ward: Ward) -> None:
    first = min(ward.ledger.tables.find(SubjectRow), key=lambda row: row.number)
    booklet = casebook_booklet(workplace(ward), site_data(ward), first, Wish(whole=True))
    [chapter] = [one for one in booklet.chapters if one.oid == "DM"]
    words = [run.text for block in chapter.blocks if isinstance(block, Words) for run in block.runs]
    assert any("Not collected in version" in text and "Smoker" in text for text in words)
    old, new = list(casebooks(site_data(ward)))
    forms = [visit["forms"] for book in (old, new) for visit in book["visits"] if visit["forms"]]
    titles = [form["title"] for some in forms for form in some]
    assert "DM, version 1" in titles
    assert "DM, version 2" in titles
