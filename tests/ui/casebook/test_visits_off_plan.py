"""A visit that is booked or held together with a later one, and what checks have the nurse do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ledger.state import FormRowRow
from crfapp.present.casebook_page import CasebookPage
from crfapp.ui.casebook.page import CasebookView
from crfapp.ui.widgets import Button, InlineMessage
from tests.support.fake_casebook import FakeCasebook
from tests.support.round import Round
from tests.support.site_of import workplace
from tests.ui.fields.typing_by_hand import presses, types

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_an_appointment_is_booked(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.open_visit("W4", 1)
    button(casebook, "book-on").click()
    types(qtbot, "2025-02-09")
    presses(qtbot, Qt.Key.Key_Return)
    assert fake(casebook).said == ["book W4 1 2025-02-09"]


def test_two_visits_are_held_together_with_a_reason(casebook: CasebookView, qtbot: QtBot) -> None:
    casebook.open_visit("W4", 1)
    button(casebook, "merged").setFocus()
    presses(qtbot, Qt.Key.Key_Space)
    types(qtbot, "1")
    presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Space)
    assert fake(casebook).said == [], "why is not said yet"
    types(qtbot, "came once for both")
    presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Space)
    assert fake(casebook).said == ["merge W4 1 M2 'came once for both'"]


def button(view: CasebookView, name: str) -> Button:
    found = view.card.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def fake(view: CasebookView) -> FakeCasebook:
    assert isinstance(view.casebook, FakeCasebook)
    return view.casebook


class Late:
    """The real casebook of a subject whose second visit took place too late."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clinic = Round()
        self.clinic.visit("V_A", "2025-01-12")
        self.clinic.visit("V_B", "2025-01-22")
        at = workplace(self.clinic)
        self.view = CasebookView(CasebookPage(at), at.texts)
        qtbot.addWidget(self.view)
        self.view.resize(1092, 752)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        assert self.view.show_subject(self.clinic.subject)
        self.view.open_form(self.clinic.at("V_B", "SV"))

    def message(self) -> InlineMessage:
        said = self.view.form.findChildren(InlineMessage)
        return next(one for one in said if one.isVisible() and "window" in one.text.text())

    def press(self, words: str) -> None:
        link = next(link for link in self.message().links if words in link.text())
        link.setFocus()
        link.click()


@pytest.fixture
def late(qtbot: QtBot, lit_screen: QApplication) -> Late:
    assert lit_screen is not None
    return Late(qtbot)


def test_a_drafted_deviation_is_recorded_with_one_press(late: Late) -> None:
    late.press("Record in DV")
    [row] = late.clinic.ledger.tables.find(FormRowRow, form="DV")
    assert (
        late.clinic.value(late.clinic.at("V_LOG", "DV"), "TERM", row.row) == "Visit out of its window: LATE"
    )
    assert "Confirmed" in late.message().text.text()


def test_a_draft_that_is_not_needed_is_dismissed_with_a_reason(late: Late, qtbot: QtBot) -> None:
    late.press("Not needed")
    types(qtbot, "agreed with the sponsor before")
    presses(qtbot, Qt.Key.Key_Return)
    assert late.clinic.found(late.clinic.at("V_B", "SV")) == {"WIN-1T": "confirmed"}
    assert late.clinic.ledger.tables.find(FormRowRow, form="DV") == []


def test_correcting_the_day_of_the_anchor_says_what_it_moves_before_anything_is_saved(late: Late) -> None:
    sv = late.clinic.at("V_A", "SV")
    page = CasebookPage(workplace(late.clinic)).form(sv)
    before = len(late.clinic.ledger.links)
    patch = page.leave(Cell("", "VISDAT"), "2025-01-14")
    assert patch.refusal is not None
    assert patch.refusal.wants_reason
    assert "V_B: after the window → in window" in patch.refusal.text
    assert "V_C: planned 28 Jan" in patch.refusal.text
    assert len(late.clinic.ledger.links) == before
