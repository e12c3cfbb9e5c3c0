"""The casebook: visits at the side, the form in the middle, and what there is to know about a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.casebook_view import VisitEntry
from crfapp.ui.casebook.visit_list import VisitList
from crfapp.ui.widgets import InlineMessage
from tests.support.fake_casebook import SUBJECT, observation_key
from tests.ui.casebook.at_the_desk import ALT, SHIFT, place_of_keyboard
from tests.ui.casebook.conftest import say
from tests.ui.fields.typing_by_hand import presses, types

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.ui.casebook import CasebookView
    from tests.support.fake_casebook import FakeCasebook


def fake(casebook: CasebookView) -> FakeCasebook:
    return cast("FakeCasebook", casebook.casebook)


def button(casebook: CasebookView, name: str) -> QAbstractButton:
    found = casebook.findChild(QAbstractButton, name)
    assert found is not None
    return found


def test_a_subject_opens_where_work_waits(casebook: CasebookView) -> None:
    assert casebook.key == observation_key()
    assert casebook.visits.number.text() == "\u2068JO01-003\u2069"


def test_the_current_visit_shows_its_forms_with_their_state(casebook: CasebookView) -> None:
    names = [line.accessibleName() for line in casebook.visits.entries]
    assert names[:4] == [
        "Screening, done, 5 Jan",
        "Injection 1, done, 12 Jan",
        "Visit, complete",
        "Safety review, complete",
    ]
    assert "Week 4, overdue, 9 Feb" in names
    assert names[-2:] == ["Adverse events, in progress", "Medication, complete"]


def test_alt_down_turns_to_the_next_form_and_alt_up_back(casebook: CasebookView, qtbot: QtBot) -> None:
    presses(qtbot, Qt.Key.Key_Down, ALT)
    assert casebook.key == FormKey(SUBJECT, "INJ1", 1, "TOL", 1)
    presses(qtbot, Qt.Key.Key_Up, ALT)
    assert casebook.key == observation_key()


def test_alt_shift_down_turns_to_the_next_visit(casebook: CasebookView, qtbot: QtBot) -> None:
    presses(qtbot, Qt.Key.Key_Down, ALT | SHIFT)
    assert casebook.at == ("CALL1", 1)
    assert casebook.middle.currentWidget() is casebook.card


def test_a_visit_is_started_today_with_one_key(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.open_visit("W4", 1)
    presses(qtbot, Qt.Key.Key_T)
    assert fake(casebook).said == ["start W4 1 '2025-01-12'"]
    assert casebook.key == FormKey(SUBJECT, "W4", 1, "SV", 1)


def test_a_visit_is_started_on_another_day(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.open_visit("W4", 1)
    presses(qtbot, Qt.Key.Key_Tab)
    types(qtbot, "soon")
    presses(qtbot, Qt.Key.Key_Return)
    said = [m.text.text() for m in casebook.card.findChildren(InlineMessage) if m.isVisible()]
    assert said == ["This is not a date. Write it as 2025-01-31."]
    assert casebook.key is None
    presses(qtbot, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    types(qtbot, "2025-02-10")
    presses(qtbot, Qt.Key.Key_Return)
    assert casebook.key == FormKey(SUBJECT, "W4", 1, "SV", 1)


def test_a_visit_that_did_not_take_place(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.open_visit("W4", 1)
    button(casebook, "missed").setFocus()
    presses(qtbot, Qt.Key.Key_Space)
    types(qtbot, "2")
    presses(qtbot, Qt.Key.Key_Return)
    types(qtbot, "moved away")
    presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Space)
    assert fake(casebook).said == ["miss W4 1 NOSHOW 'moved away'"]


def test_a_form_of_a_visit_to_come_asks_about_the_visit_first(casebook: CasebookView) -> None:
    casebook.open_form(FormKey(SUBJECT, "W4", 1, "SV", 1))
    assert casebook.middle.currentWidget() is casebook.card


def test_the_inspector_follows_the_keyboard(casebook: CasebookView, qtbot: QtBot) -> None:
    moved: list[tuple[object, ...]] = []
    casebook.moved.connect(moved.append)
    casebook.form.jump(Cell("30", "PULSE"))
    qtbot.waitUntil(lambda: moved[-1:] == [(*observation_key(), "30", "PULSE")])
    assert casebook.inspector.title.text() == "Pulse, 30 min"
    assert "required" in casebook.inspector.facts.text()


def test_f3_turns_to_the_history_and_f1_to_help(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.form.jump(Cell("15", "PULSE"))
    presses(qtbot, Qt.Key.Key_F3)
    assert casebook.inspector.tabs["history"].isChecked()
    presses(qtbot, Qt.Key.Key_F1)
    assert casebook.inspector.tabs["help"].isChecked()


def test_unsaved_text_is_not_lost_by_turning_the_page(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.form.jump(Cell("60", "PULSE"))
    types(qtbot, "abc")
    presses(qtbot, Qt.Key.Key_Down, ALT)
    assert casebook.key == observation_key()
    assert [line.text() for line in casebook.form.obstacles.lines] == ["60 min, Pulse: abc"]
    casebook.form.obstacles.anyway.click()
    assert casebook.key == FormKey(SUBJECT, "INJ1", 1, "TOL", 1)


def test_the_list_of_visits_by_arrows_and_enter(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.visits.focus_current()
    presses(qtbot, Qt.Key.Key_Down)
    presses(qtbot, Qt.Key.Key_Return)
    assert casebook.key == FormKey(SUBJECT, "INJ1", 1, "TOL", 1)


def test_completing_shows_in_the_list_and_opens_the_next_form_that_waits(casebook: CasebookView) -> None:
    page = fake(casebook).form(observation_key())
    page.required = frozenset()
    casebook.form.complete()
    assert page.status == "complete"
    assert casebook.key == FormKey(SUBJECT, "INJ1", 1, "TOL", 1)


def test_tab_leaves_the_form_for_the_inspector_and_comes_back_to_its_end(
    casebook: CasebookView, qtbot: QtBot
) -> None:
    qtbot.waitUntil(casebook.inspector.bar.isVisible)
    casebook.form.enter(False)
    last = QApplication.focusWidget()
    presses(qtbot, Qt.Key.Key_Tab)
    assert casebook.inspector.isAncestorOf(cast("QAbstractButton", QApplication.focusWidget()))
    presses(qtbot, Qt.Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is last


def test_a_narrow_window_brings_the_inspector_when_asked(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.resize(760, 700)
    assert not casebook.inspector.isVisible()
    casebook.form.jump(Cell("15", "PULSE"))
    presses(qtbot, Qt.Key.Key_F1)
    assert casebook.inspector.isVisible()
    assert place_of_keyboard() == "15/PULSE"
    presses(qtbot, Qt.Key.Key_F1)
    assert not casebook.inspector.isVisible()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_labels_stand_where_reading_begins(
    casebook: CasebookView, lit_screen: QApplication, direction: Qt.LayoutDirection
) -> None:
    lit_screen.setLayoutDirection(direction)
    try:
        casebook.open_form(FormKey(SUBJECT, "INJ1", 1, "TOL", 1))
        editor = casebook.form.findChild(QAbstractButton, "complete")
        assert editor is not None
        first = next(w for w in casebook.form.canvas.widgets() if w.questions())
        left = first.questions()[0].editor.geometry().left()
        mirrored = direction == Qt.LayoutDirection.RightToLeft
        assert (left < first.width() // 4) == mirrored
    finally:
        lit_screen.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_long_name_of_a_visit_goes_on_below_its_first_line(qtbot: QtBot) -> None:
    listing, form = VisitList(say), observation_key()
    qtbot.addWidget(listing)
    listing.resize(208, 400)
    names = ("Month 2", "24-hour call after injection 1", "24-hour call after injection 2")
    visits = tuple(
        VisitEntry(f"V{n}", 1, name, "13 Jan", "complete", "started", (), False, False, False)
        for n, name in enumerate(names)
    )
    listing.show_visits(visits, ("V0", 1), form)
    with qtbot.waitExposed(listing):
        listing.show()
    short, *long = (line.height() for line in listing.entries)
    assert long == [short + 17] * 2


def test_the_inspector_shows_the_first_question_when_a_form_is_opened_by_address(
    casebook: CasebookView, qtbot: QtBot
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    casebook.open_form(FormKey(SUBJECT, "INJ1", 1, "TOL", 1))
    qtbot.waitUntil(lambda: casebook.inspector.shown is not None, timeout=1000)
    asked = casebook.form.question_in_focus()
    assert asked is not None
    assert asked.field.label in casebook.inspector.title.text()


def test_the_list_follows_to_the_visit_that_is_opened(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.resize(1092, 300)
    casebook.open_visit("M6", 1)
    line = button(casebook, "visit/M6/1")
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect().size() == line.size())
