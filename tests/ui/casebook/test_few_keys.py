"""Keys that spare keys: a digit goes on, ``=`` repeats the row above, a short list is picked by digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from tests.support.real_casebook import RealCasebook
from tests.ui.casebook.at_the_desk import CONTROL, SHIFT, place_of_keyboard
from tests.ui.fields.typing_by_hand import presses, types

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    Opened = Callable[[str], tuple[RealCasebook, FormKey]]


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication) -> Opened:
    """A form of the baseline visit, not begun, the keyboard on its first question."""

    def build(form: str) -> tuple[RealCasebook, FormKey]:
        site = RealCasebook()
        key = FormKey(*site.begin("V_SCR", "2025-01-05"), form, 1)
        qtbot.addWidget(site.show(qapp))
        site.turn_to(key)
        return site, key

    return build


def test_a_digit_chooses_and_goes_on_and_a_change_stays_and_asks_why(opened: Opened, qtbot: QtBot) -> None:
    site, key = opened("PE")
    assert place_of_keyboard() == "PEPERF"
    types(qtbot, "1")
    assert (site.clinic.value(key, "PEPERF"), place_of_keyboard()) == ("Y", "PEGEN")
    types(qtbot, "1")
    assert place_of_keyboard() == "PESKIN"
    presses(qtbot, Qt.Key.Key_Return, SHIFT)
    assert place_of_keyboard() == "PEGEN"
    types(qtbot, "2")
    assert site.clinic.value(key, "PEGEN") == "NORMAL"  # a saved answer is not changed without a reason
    messages = site.view.form.canvas.widget_at(site.view.form.canvas.index_of(site.editor("PEGEN"))).messages
    assert messages is not None
    assert messages.prompt is not None


def test_where_a_check_speaks_the_digit_stays_with_it(opened: Opened, qtbot: QtBot) -> None:
    site, key = opened("SV")
    site.view.form.jump(Cell("", "SVIDCK"))
    types(qtbot, "2")
    findings = site.view.form.question_in_focus()
    assert site.clinic.value(key, "SVIDCK") == "N"
    assert findings is not None
    assert findings.open_findings
    assert place_of_keyboard() == "SVIDCK"


def test_in_a_table_a_digit_picks_from_the_list_and_passes_over_the_remark(
    opened: Opened, qtbot: QtBot
) -> None:
    site, key = opened("IE")
    site.view.form.jump(Cell("INCL01", "IEORRES"))
    types(qtbot, "1")
    assert (site.clinic.value(key, "IEORRES", "INCL01"), place_of_keyboard()) == ("Y", "INCL02/IEORRES")
    presses(qtbot, Qt.Key.Key_Return, SHIFT)
    assert place_of_keyboard() == "INCL01/IECOM"
    types(qtbot, "seen = 2")
    presses(qtbot, Qt.Key.Key_Return)
    assert site.clinic.value(key, "IECOM", "INCL01") == "seen = 2"


def test_the_sign_of_equality_repeats_the_answer_of_the_row_above(opened: Opened, qtbot: QtBot) -> None:
    site, key = opened("IC")
    first = site.clinic.add_row(key, "CONSENT")
    site.clinic.enter(key, first, ICTYPE="MAIN", ICVER="V2.1 AR", ICLANG="ar")
    site.turn_to(key._replace(form="DM"))
    site.turn_to(key)
    presses(qtbot, Qt.Key.Key_Plus, CONTROL)
    row = place_of_keyboard().partition("/")[0]
    types(qtbot, "=")
    assert site.clinic.value(key, "ICTYPE", row) == "MAIN"
    assert place_of_keyboard() == f"{row}/ICVER"
    types(qtbot, "=")
    assert site.clinic.value(key, "ICVER", row) == "V2.1 AR"
    assert place_of_keyboard() == f"{row}/ICLANG"


def test_in_the_first_row_and_outside_of_rows_it_is_nothing_or_a_letter(opened: Opened, qtbot: QtBot) -> None:
    site, key = opened("IC")
    presses(qtbot, Qt.Key.Key_Plus, CONTROL)
    row = place_of_keyboard().partition("/")[0]
    site.view.form.jump(Cell(row, "ICVER"))
    types(qtbot, "=")
    assert (site.clinic.value(key, "ICVER", row), place_of_keyboard()) == (None, f"{row}/ICVER")
    assert site.editor(f"{row}/ICVER").raw() == ""
    site.turn_to(key._replace(form="SUBJ"))
    assert site.view.key == key._replace(form="SUBJ")
    assert site.view.form.jump(Cell("", "KPHONE1"))
    types(qtbot, "=1")
    assert site.editor("KPHONE1").raw() == "=1"


def test_a_completed_form_opens_the_next_that_waits(opened: Opened, qtbot: QtBot) -> None:
    site, key = opened("SKIN")
    types(qtbot, "411")
    presses(qtbot, Qt.Key.Key_Return, CONTROL)
    assert site.view.key == key._replace(form="RP")
    assert place_of_keyboard() == "CBPOT"
