"""The data dictionary of a pack, read by another library and compared with the pack."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from crfapp.exchange.study_dictionary import dictionary_workbook
from tests.support.generated_forms import study_of
from tests.support.playing import shipped_study
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.checks import Check
    from crfapp.study.study import Study
from crfapp.work.sentences import plain

Rows = list[dict[str, object]]
MADE = datetime(2025, 3, 1, 9, tzinfo=UTC)
PACKS = ("tiny", "nct06813027")


def study(pack: str) -> Study:
    return tiny_study() if pack == "tiny" else shipped_study(pack)


def sheets_of(whole: Study) -> dict[str, Rows]:
    """Every sheet as rows by column name; an empty cell is an empty text."""
    made = dictionary_workbook(whole, plain, "en", MADE, "1.0")
    book = load_workbook(BytesIO(made.content))
    assert len(book.sheetnames) == made.sheets
    found: dict[str, Rows] = {}
    for sheet in book:
        head, *rows = [["" if cell is None else cell for cell in row] for row in sheet.values]
        found[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    assert sum(map(len, found.values())) == made.rows
    return found


@cache
def read(pack: str) -> dict[str, Rows]:
    return sheets_of(study(pack))


def checks_of(whole: Study) -> Iterator[tuple[str, Check]]:
    yield from (("", check) for check in whole.head.checks)
    for form in whole.pack.forms:
        yield from ((form.form, check) for check in form.checks)


def test_the_sheets_stand_in_the_order_in_which_they_are_read() -> None:
    assert list(read("tiny")) == [
        "Study",
        "Parameters",
        "Visits",
        "Forms",
        "Items",
        "Codelists",
        "Checks",
        "Column order",
    ]


@pytest.mark.req("REQ-410")
@pytest.mark.parametrize("pack", PACKS)
def test_every_item_is_there_once_with_its_question_in_every_language(pack: str) -> None:
    whole, rows = study(pack), read(pack)["Items"]
    texts = {language: whole.texts(language) for language in whole.head.languages}
    expected = [(form, oid) for form in (f.form for f in whole.pack.forms) for oid in whole.items(form)]
    assert [(row["FORM"], row["ITEM"]) for row in rows] == expected
    for row in rows:
        form, oid = str(row["FORM"]), str(row["ITEM"])
        item = whole.place(form, oid).item
        for language, said in texts.items():
            assert row[f"LABEL_{language}"] == said.item(form, oid)
            assert row[f"HELP_{language}"] == said.help(form, oid)
        assert (row["TYPE"], row["CODELIST"], row["UNIT"]) == (item.type, item.codes or "", item.unit or "")
        assert (row["WHEN"], row["IS"], row["SDV"]) == (item.when or "", item.is_ or "", item.sdv)
        assert row["RECORDED"] == (item.recorded or whole.form(form).recorded)
        assert row["MISSING"] == ", ".join(whole.missing_codes(form, oid))
        assert item.required is False or row["REQUIRED"] in ("Y", item.required)


def test_what_never_leaves_the_site_is_marked_and_has_no_column_in_the_export() -> None:
    sheets = read("nct06813027")
    stays = {(row["FORM"], row["ITEM"]) for row in sheets["Items"] if row["SITE_ONLY"] == "Y"}
    assert ("SUBJ", "KFULLNM") in stays
    assert ("AE", "AETERM") not in stays
    exported = {(row["SHEET"], row["ITEM"]) for row in sheets["Column order"]}
    assert ("AE", "AETERM") in exported
    assert not stays & exported


@pytest.mark.parametrize("pack", PACKS)
def test_every_check_is_there_with_its_message_in_every_language_and_how_often_it_was_tried(
    pack: str,
) -> None:
    whole, rows = study(pack), read(pack)["Checks"]
    by_id = {row["CHECK"]: row for row in rows}
    expected = list(checks_of(whole))
    assert len(rows) == len(by_id) == len(expected) > 0
    for form, check in expected:
        row = by_id[check.check]
        assert (row["FORM"], row["LEVEL"], row["ITEM"]) == (form, check.level, check.on or "")
        assert row["FIRES"] == check.fires
        for language in whole.head.languages:
            assert row[f"SAYS_{language}"] == whole.texts(language).check(check.check)
        tried = check.vectors
        assert row["TRIED_FIRES"] == (0 if tried is None else len(tried.fires))
        assert row["TRIED_PASSES"] == (0 if tried is None else len(tried.passes))


def test_every_code_has_its_decode_in_every_language() -> None:
    whole, rows = study("nct06813027"), read("nct06813027")["Codelists"]
    expected = [(oid, entry.code) for oid, found in whole.codelists.items() for entry in found.codes]
    assert [(row["CODELIST"], row["CODE"]) for row in rows] == expected
    for row in rows:
        for language in whole.head.languages:
            decode = whole.texts(language).code(str(row["CODELIST"]), str(row["CODE"]))
            assert row[f"DECODE_{language}"] == decode


def test_figures_that_no_source_fixes_are_to_be_confirmed() -> None:
    whole, rows = study("nct06813027"), read("nct06813027")["Parameters"]
    figures = whole.head.parameters
    assert [row["PARAMETER"] for row in rows] == list(figures)
    for row in rows:
        figure = figures[str(row["PARAMETER"])]
        marked = "template default: confirm against the protocol" if figure.template else ""
        assert (row["CONFIRM"], row["VALUE"]) == (marked, figure.value)


def test_the_schedule_has_windows_and_forms() -> None:
    rows = {row["VISIT"]: row for row in read("tiny")["Visits"]}
    assert list(rows) == list(tiny_study().visits)
    late = rows["V_W4"]
    assert (late["DAY"], late["WINDOW_FROM"], late["WINDOW_TO"], late["MODES"]) == (
        28,
        -3,
        3,
        "CLINIC, PHONE",
    )
    assert (late["SV"], late["CARE"], late["PATCH"]) == ("X", "C", "")
    assert late["CONDITIONS"] == 'CARE: SV.SVMODE == "CLINIC"'
    assert rows["V_BASE"]["BASELINE"] == "Y"


def test_a_question_that_looks_like_a_formula_is_a_text() -> None:
    asked = [{"item": "I0", "ask": '=HYPERLINK("http://x","y")', "type": "text"}]
    whole = study_of([{"section": "S", "title": "+1", "items": asked}])
    made = dictionary_workbook(whole, plain, "en", MADE, "1.0")
    cells = [cell for row in load_workbook(BytesIO(made.content))["Items"].iter_rows() for cell in row]
    [question] = [cell for cell in cells if str(cell.value).startswith("=")]
    assert (question.data_type, question.value) == ("s", '=HYPERLINK("http://x","y")')
