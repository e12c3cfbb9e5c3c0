"""The tests of this folder can fail: what they guard is broken here on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ui.casebook.canvas import Canvas
from crfapp.ui.casebook.entry import Entry
from crfapp.ui.casebook.question import Question
from tests.support.fake_form_page import long_form, observation

if TYPE_CHECKING:
    import pytest

    from tests.ui.casebook.conftest import OpenForm


def test_a_page_that_forgets_refusals_loses_the_text(
    open_form: OpenForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_form(observation())
    monkeypatch.setattr(Question, "refuse", lambda _question, _refusal: None)
    desk.view.jump(Cell("15", "PULSE"))
    desk.type("abc")
    desk.press(Qt.Key.Key_Tab)
    assert desk.view.entry is not None
    desk.view.entry.redraw([Cell("15", "PULSE")])
    assert desk.editor("15/PULSE").raw() == ""


def test_a_page_that_holds_nothing_lets_the_question_in_focus_jump(
    open_form: OpenForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = long_form(500)
    page.shown_when["Q249"] = "Q250"
    page.__post_init__()
    desk = open_form(page)
    desk.view.jump(Cell("", "Q250"))
    before = desk.height_in_window("Q250")
    monkeypatch.setattr(Canvas, "_anchor", lambda _canvas: None)
    desk.type("2")
    assert desk.shows("Q249")
    assert desk.height_in_window("Q250") != before


def test_a_page_that_says_saved_too_early_would_be_heard(
    open_form: OpenForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = observation()
    page.disk_full = True
    desk = open_form(page)
    saved: list[str] = []
    desk.view.saved.connect(saved.append)
    honest = Entry.answered

    def hasty(entry: Entry, question: Question, typed: str) -> None:
        entry.saved.emit("10:24:07")
        honest(entry, question, typed)

    monkeypatch.setattr(Entry, "answered", hasty)
    desk.enter("10:18")
    assert saved == ["10:24:07"]
