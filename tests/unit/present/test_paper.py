"""What stands on the paper form, before anybody draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.present.paper.blocks import Boxes, Chapter, Heading, Lines, Table, Ticks, Words
from crfapp.present.paper.booklet import CHECKS, crf_booklet
from crfapp.present.paper.questions import Making
from crfapp.present.paper.schedule import SCHEDULE
from crfapp.present.texts import Texts
from tests.support.generated_forms import study_of
from tests.support.playing import shipped_study
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.present.paper.blocks import Cell, Part
    from crfapp.study.study import Study


def chapters(study: Study, folder: Path, *forms: str, annotated: bool = False) -> dict[str, Chapter]:
    making = Making(study, Texts("en", folder), "en", annotated)
    return {chapter.name: chapter for chapter in crf_booklet(making, forms).chapters}


def tables(chapter: Chapter) -> list[Table]:
    return [block for block in chapter.blocks if isinstance(block, Table)]


def words(parts: tuple[Part, ...]) -> list[str]:
    return ["".join(run.text for run in part.runs) for part in parts if isinstance(part, Words)]


def cells(chapter: Chapter) -> Iterator[Cell]:
    return (cell for table in tables(chapter) for row in table.rows for cell in row)


def said_in(chapter: Chapter) -> list[str]:
    return [each for cell in cells(chapter) for each in words(cell.parts)]


def above(chapter: Chapter) -> tuple[Words, ...]:
    return tuple(block for block in chapter.blocks if isinstance(block, Words))


def answer(folder: Path, **item: Any) -> tuple[Part, ...]:
    """The place for the answer of one item."""
    asked = {"item": "I0", "ask": "Which?", **item}
    study = study_of([{"section": "S", "title": "T", "items": [asked]}])
    [table] = tables(chapters(study, folder, "F")["F"])
    return table.rows[0][-1].parts


def test_the_booklet_has_the_schedule_and_each_form_once_in_its_order(tmp_path: Path) -> None:
    assert list(chapters(tiny_study(), tmp_path)) == [SCHEDULE, "SV", "DM", "PATCH", "CARE"]
    assert list(chapters(tiny_study(), tmp_path, "CARE", "DM")) == ["CARE", "DM"]
    assert list(chapters(tiny_study(), tmp_path, annotated=True))[-1] == CHECKS


def test_a_form_that_the_study_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppProblem) as refused:
        chapters(tiny_study(), tmp_path, "XX")
    assert refused.value.code is Code.UNKNOWN_FORM


def test_each_page_of_a_form_has_room_for_whose_it_is(tmp_path: Path) -> None:
    found = chapters(tiny_study(), tmp_path)
    assert found["DM"].fields == ("Site", "Subject no.", "Visit", "Date of visit", "Initials")
    assert found[SCHEDULE].fields == ()


@pytest.mark.parametrize(
    ("item", "part"),
    [
        ({"type": "integer", "range": {"hard": [0, 300]}}, Boxes(((3, ""),), ".", "")),
        ({"type": "decimal(2)", "unit": "mm2"}, Boxes(((4, ""), (2, "")), ".", "mm²")),
        ({"type": "date"}, Boxes(((2, "day"), (2, "month"), (4, "year")), "/")),
        ({"type": "time"}, Boxes(((2, "hour"), (2, "minute")), ":")),
        ({"type": "text(20)"}, Lines(1)),
        ({"type": "text(200)"}, Lines(3)),
        ({"type": "longtext"}, Lines(4)),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_each_kind_of_answer_has_its_place(tmp_path: Path, item: dict[str, Any], part: Part) -> None:
    assert answer(tmp_path, **item)[0] == part


def test_yes_and_no_are_boxes_to_tick_and_a_scale_has_all_its_steps(tmp_path: Path) -> None:
    [ticks] = answer(tmp_path, type="yesno")
    [scale] = answer(tmp_path, type="scale(0,10)")
    assert isinstance(ticks, Ticks)
    assert isinstance(scale, Ticks)
    assert [option[0].text for option in ticks.options] == ["Yes", "No"]
    assert [option[0].text for option in scale.options] == [str(step) for step in range(11)]


def test_nobody_writes_where_the_program_works_it_out(tmp_path: Path) -> None:
    assert words(answer(tmp_path, type="integer", **{"is": "1 + 1"})) == ["worked out by the program"]


def test_conditions_are_told_by_the_numbers_of_questions(tmp_path: Path) -> None:
    form = chapters(shipped_study("nct06813027"), tmp_path, "AE")["AE"]
    said = said_in(form)
    assert "Only if \u20688\u2069 is “No”" in said  # the end date, where it is not ongoing
    assert "Only where it applies" in said  # a condition over other forms


def test_a_form_that_stays_at_the_site_says_so(tmp_path: Path) -> None:
    found = chapters(shipped_study("nct06813027"), tmp_path)
    note = "Stays at the site: nothing of it goes to the sponsor."
    assert [name for name, form in found.items() if note in words(above(form))] == ["SUBJ"]


def test_fixed_rows_stand_below_one_another_and_a_long_log_takes_pages_of_its_own(tmp_path: Path) -> None:
    study = shipped_study("nct06813027")
    criteria = max(tables(chapters(study, tmp_path, "IE")["IE"]), key=lambda table: len(table.rows))
    assert (len(criteria.rows), criteria.heads) == (18, 1)
    assert "Number of the row" in [
        w for c in cells(chapters(study, tmp_path, "AE")["AE"]) for w in words(c.parts)
    ]
    signs = tables(chapters(study, tmp_path, "LT")["LT"])[1]
    assert len(signs.widths) == 4
    assert signs.ruled


def test_only_the_annotated_form_shows_oids_rules_and_checks(tmp_path: Path) -> None:
    study = shipped_study("nct06813027")
    for annotated in (False, True):
        form = chapters(study, tmp_path, "AE", annotated=annotated)["AE"]
        said = "\n".join(said_in(form))
        for mark in ("AETERM · text(200) · required · SDV\u00a0critical", "AE-01", 'when AEONGO == "N"'):
            assert (mark in said) is annotated
        tones = {
            run.tone
            for cell in cells(form)
            for part in cell.parts
            if isinstance(part, Words)
            for run in part.runs
        }
        assert ("mark" in tones) is annotated


def test_a_section_without_questions_keeps_its_heading(tmp_path: Path) -> None:
    study = study_of([{"section": "S", "title": "Nothing yet", "items": []}])
    blocks = chapters(study, tmp_path, "F")["F"].blocks
    assert [block.runs[0].text for block in blocks if isinstance(block, Heading)] == ["Nothing yet"]
