"""The window locks while Rania writes: no half answer is recorded, and she finds it where she left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.unfinished import Unfinished, read_back, written
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.fields import FieldEditor
from crfapp.ui.theme import apply_theme
from tests.support.page_on_screen import ShellAlone
from tests.support.real_casebook import RealCasebook
from tests.support.site_of import workplace
from tests.ui.fields.typing_by_hand import presses, types

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.req("REQ-212")


class Bench:
    """The vital signs of the first visit, on a page that can be thrown away and made anew."""

    def __init__(self, qtbot: QtBot, app: QApplication) -> None:
        apply_theme(app, "light")
        self._qtbot = qtbot
        self.site = RealCasebook()
        self.key = FormKey(*self.site.begin("V_SCR", "2025-01-05"), "VS", 1)
        self.site.clinic.enter(self.key, VSPERF="Y")
        self.page = self.sits_down()
        self.page.open(Address("casebook", *self.key))

    def sits_down(self) -> CasebookWindowPage:
        at = workplace(self.site.clinic)
        self.page = CasebookWindowPage(CasebookPage(at), ShellAlone(), at.texts)
        self._qtbot.addWidget(self.page.widget)
        self.page.widget.resize(1092, 752)
        with self._qtbot.waitActive(self.page.widget):
            self.page.widget.show()
            self.page.widget.activateWindow()
        return self.page

    def place(self, item: str) -> Address:
        return Address("casebook", *self.key, "", item)

    def goes_to(self, item: str) -> None:
        assert self.page.view.form.jump(Cell("", item))

    def text(self, item: str) -> str:
        return next(e for e in self.page.widget.findChildren(FieldEditor, item) if e.isVisible()).raw()


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Bench:
    """At the form."""
    return Bench(qtbot, qapp)


def test_half_an_answer_is_set_aside_unrecorded_and_written_in_again(bench: Bench, qtbot: QtBot) -> None:
    bench.goes_to("PULSE_VSORRES")
    types(qtbot, "8")
    aside = list(bench.page.set_aside())
    assert aside == [Unfinished(bench.place("PULSE_VSORRES"), "8")]
    assert bench.text("PULSE_VSORRES") == ""
    bench.goes_to("TEMP_VSORRES")
    assert bench.site.clinic.value(bench.key, "PULSE_VSORRES") is None

    page = bench.sits_down()
    assert page.put_back(read_back(written(aside))) == []
    assert bench.text("PULSE_VSORRES") == "8"
    types(qtbot, "4")
    presses(qtbot, Qt.Key.Key_Return)
    assert bench.site.clinic.value(bench.key, "PULSE_VSORRES") == "84"


def test_what_was_refused_comes_back_with_its_refusal_and_what_was_being_written_with_the_keyboard(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.goes_to("PULSE_VSORRES")
    types(qtbot, "8x")
    bench.goes_to("TEMP_VSORRES")
    types(qtbot, "36,")
    aside = list(bench.page.set_aside())
    assert [text.typed for text in aside] == ["8x", "36,"]
    page = bench.sits_down()
    assert page.put_back(aside) == []
    assert (bench.text("PULSE_VSORRES"), bench.text("TEMP_VSORRES")) == ("8x", "36,")
    in_focus = page.view.form.question_in_focus()
    assert in_focus is not None
    assert in_focus.cell.item == "TEMP_VSORRES"
    entry = page.view.form.entry
    assert entry is not None
    assert entry.questions[Cell("", "PULSE_VSORRES")].refusal is not None
    assert bench.site.clinic.value(bench.key, "PULSE_VSORRES") is None


def test_an_answer_that_is_saved_is_not_set_aside(bench: Bench, qtbot: QtBot) -> None:
    bench.goes_to("PULSE_VSORRES")
    types(qtbot, "84")
    bench.goes_to("TEMP_VSORRES")
    assert list(bench.page.set_aside()) == []


def test_where_the_question_is_not_asked_any_more_the_text_is_given_back(bench: Bench) -> None:
    gone = Unfinished(bench.place("NOSUCH"), "84")
    assert bench.sits_down().put_back([gone]) == [gone]
