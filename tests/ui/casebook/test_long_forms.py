"""Long forms: lines are built when they are seen, and skip logic moves nothing under the nurse's eyes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ui.casebook.canvas import MOST_BUILT
from tests.support.fake_form_page import asked, filled_observation, long_form, observation
from tests.ui.casebook.at_the_desk import CONTROL, place_of_keyboard
from tests.ui.fields.typing_by_hand import options_of

if TYPE_CHECKING:
    from tests.ui.casebook.conftest import OpenForm


@pytest.mark.parametrize("items", [500, 1000])
def test_opening_builds_only_what_is_seen(open_form: OpenForm, items: int) -> None:
    desk = open_form(long_form(items))
    assert sum(1 for _ in desk.view.canvas.widgets()) < 25
    assert not desk.is_built("Q400")


def test_jumping_builds_the_line_and_brings_it_into_sight(open_form: OpenForm) -> None:
    desk = open_form(long_form(1000))
    assert desk.view.jump(Cell("", "Q780"))
    assert place_of_keyboard() == "Q780"
    assert 0 < desk.height_in_window("Q780") < desk.view.height()


def test_a_question_that_does_not_apply_is_not_jumped_to(open_form: OpenForm) -> None:
    desk = open_form(long_form(500))
    assert not desk.view.jump(Cell("", "Q251"))


def test_scrolling_through_shows_every_question_that_applies(open_form: OpenForm) -> None:
    page = long_form(200)
    desk = open_form(page)
    seen: set[str] = set()
    bar = desk.view.area.verticalScrollBar()
    while True:
        seen |= {
            q.cell.item for w in desk.view.canvas.widgets() for q in w.questions() if q.editor.isVisible()
        }
        before = bar.value()
        bar.setValue(before + bar.pageStep() // 2)
        if bar.value() == before:
            break
    applying = {f.item for part in page.parts for f in part.fields if page.state(Cell("", f.item)).visible}
    assert seen == applying


def test_a_form_read_to_its_end_keeps_few_lines(open_form: OpenForm) -> None:
    desk = open_form(long_form(1000))
    bar = desk.view.area.verticalScrollBar()
    for place in range(0, bar.maximum(), bar.pageStep()):
        bar.setValue(place)
    assert sum(1 for _ in desk.view.canvas.widgets()) <= MOST_BUILT


def test_an_answer_shows_and_hides_what_depends_on_it(open_form: OpenForm) -> None:
    desk = open_form(long_form(500))
    assert not desk.shows("Q1")
    desk.type("2")
    assert desk.shows("Q1")
    assert desk.shows("Q2")


def test_the_question_in_focus_stays_where_it_is(open_form: OpenForm) -> None:
    desk = open_form(long_form(500))
    desk.view.jump(Cell("", "Q250"))
    before = desk.height_in_window("Q250")
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    assert desk.shows("Q251")
    assert desk.height_in_window("Q250") == before
    assert place_of_keyboard() == "Q250"


def test_it_stays_when_a_question_above_it_appears(open_form: OpenForm) -> None:
    page = long_form(500)
    page.shown_when["Q249"] = "Q250"
    page.__post_init__()
    desk = open_form(page)
    desk.view.jump(Cell("", "Q250"))
    before = desk.height_in_window("Q250")
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    assert desk.shows("Q249")
    assert desk.height_in_window("Q250") == before


def test_it_stays_also_at_the_very_end_of_the_form(open_form: OpenForm) -> None:
    page = long_form(28)  # the last section: a question, and two that depend on it
    page.answers[Cell("", "Q25")] = "Y"
    desk = open_form(page)
    desk.view.jump(Cell("", "Q27"))
    desk.view.jump(Cell("", "Q25"))
    before = desk.height_in_window("Q25")
    desk.type("1")
    desk.enter("1")
    assert not desk.shows("Q27")
    assert desk.height_in_window("Q25") == before


def test_unsaved_text_is_kept_when_it_is_scrolled_far_away(open_form: OpenForm) -> None:
    desk = open_form(long_form(1000))
    desk.view.jump(Cell("", "Q5"))
    desk.type("abc")
    desk.press(Qt.Key.Key_Tab)
    desk.view.jump(Cell("", "Q990"))
    bar = desk.view.area.verticalScrollBar()
    for place in range(0, bar.maximum(), bar.pageStep()):
        bar.setValue(place)
    assert desk.editor("Q5").raw() == "abc"


def test_a_log_row_is_added_filled_and_summed_up(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.press(Qt.Key.Key_Plus, CONTROL)
    assert place_of_keyboard() == "2/CMTRT"
    desk.enter("Ibuprofen")
    desk.enter("400.0")
    desk.press_row("MEDS/2")
    assert not desk.shows("2/CMTRT")
    assert desk.row_head("MEDS/2").accessibleDescription() == "\u2068Ibuprofen\u2069 · \u2068400.0\u2069"


def test_skip_logic_inside_a_row(open_form: OpenForm) -> None:
    desk = open_form(observation())
    desk.press(Qt.Key.Key_Plus, CONTROL)
    assert not desk.shows("2/CMWHY")
    desk.view.jump(Cell("2", "CMGIVEN"))
    desk.type("2")
    assert desk.shows("2/CMWHY")


def test_a_row_is_voided_with_a_reason(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    desk.view.jump(Cell("1", "CMTRT"))
    desk.press_button_named("Void row 1")
    desk.enter("no")
    assert "void MEDS/1" not in " ".join(desk.page.said)  # too short a reason
    desk.type(" entered twice")
    desk.press(Qt.Key.Key_Return)
    assert desk.page.said[-1] == "void MEDS/1 'no entered twice'"
    assert not desk.is_built("1/CMTRT") or not desk.shows("1/CMTRT")


def test_a_jump_opens_the_row_of_a_log(open_form: OpenForm) -> None:
    desk = open_form(filled_observation())
    assert not desk.is_built("1/CMDOSE")
    assert desk.view.jump(Cell("1", "CMDOSE"))
    assert place_of_keyboard() == "1/CMDOSE"


def test_answers_too_wide_for_the_window_stand_below_their_question(open_form: OpenForm) -> None:
    page = observation()
    long = tuple(
        (str(n), f"Grade {n}, which takes a long explanation of what it means, and for whom")
        for n in range(1, 6)
    )
    grade = asked("GRADE", "Worst grade", "choice", choices=long)
    page.parts = (replace(page.parts[0], fields=(grade,)), *page.parts[1:])
    page.__post_init__()
    desk = open_form(page)
    row, editor = desk.line("GRADE"), desk.editor("GRADE")
    assert editor.x() < row.width() // 10
    assert editor.y() >= 20
    assert editor.geometry().right() >= options_of(editor).geometry().right()


def test_a_hidden_section_leaves_no_empty_card(open_form: OpenForm) -> None:
    page = long_form(26)  # the second section holds one question
    page.shown_when["Q25"] = "Q0"
    page.__post_init__()
    desk = open_form(page)
    desk.view.area.verticalScrollBar().setValue(10_000)
    cards = len(desk.view.canvas.cards())
    desk.view.jump(Cell("", "Q0"))
    desk.type("2")
    desk.view.area.verticalScrollBar().setValue(10_000)
    assert (cards, len(desk.view.canvas.cards())) == (1, 2)


def test_a_line_that_was_asked_for_is_kept_among_many(open_form: OpenForm) -> None:
    desk = open_form(long_form(3 * MOST_BUILT))
    canvas = desk.view.canvas
    for index in range(len(canvas.slots)):
        assert canvas.widget_at(index) is canvas.slots[index].widget
