"""The answer of the last visit stands beside the field, with day and unit; it is never taken for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FormRowRow
from crfapp.ui.widgets import ElidedLabel
from tests.support.fake_form_page import observation
from tests.support.real_casebook import RealCasebook
from tests.ui.fields.typing_by_hand import presses, types

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.ui.casebook.conftest import OpenForm

    Later = Callable[[str, str], tuple[RealCasebook, FormKey, str]]


@pytest.fixture
def later(qtbot: QtBot, qapp: QApplication) -> Later:
    """An area that was measured at baseline, and a later visit's form on the screen."""

    def build(form: str, language: str) -> tuple[RealCasebook, FormKey, str]:
        site = RealCasebook(language=language)
        screening, clinic = site.begin("V_SCR", "2025-01-05"), site.clinic
        areas = FormKey(*screening, "LESDEF", 1)
        clinic.enter(areas, clinic.add_row(areas, "AREAS"), LESROLE="TREATED", LESLOC="LEG SKIN")
        row = clinic.ledger.tables.find(FormRowRow, form="LESDEF")[0].row
        clinic.enter(FormKey(*screening, "LESM", 1), row, LMSTAT="PRESENT", LMLEN="14,0")
        clinic.enter(FormKey(*screening, "VS", 1), VSPERF="Y", WEIGHT_VSORRES="135.6 lb!")
        site.set_clock("2025-02-01T08:00")
        clinic.start(site.subject, "V_INJ1", "2025-01-12")
        key = FormKey(*clinic.start(site.subject, "V_W3", "2025-02-01"), form, 1)
        if form == "LESM":
            clinic.enter(key, row, LMSTAT="PRESENT")
        else:
            clinic.enter(key, VSPERF="Y")
        qtbot.addWidget(site.show(qapp, "dark" if language == "ar" else "light"))
        site.turn_to(key)
        return site, key, row

    return build


def beside(site: RealCasebook, name: str) -> str:
    """What stands beside a field, without the signs that keep its parts in their direction."""
    found = [label.text() for label in site.editor(name).findChildren(ElidedLabel) if label.isVisible()]
    return "".join(found).translate(dict.fromkeys((0x2068, 0x2069, 0x200F)))


def test_a_weight_told_in_pounds_stands_beside_the_next_one_in_kilograms(later: Later, qtbot: QtBot) -> None:
    site, key, _ = later("VS", "en")
    site.view.form.jump(Cell("", "WEIGHT_VSORRES"))
    assert beside(site, "WEIGHT_VSORRES") == "5 Jan: 61.5 kg"
    assert site.editor("WEIGHT_VSORRES").raw() == ""
    assert site.clinic.value(key, "WEIGHT_VSORRES") is None
    presses(qtbot, Qt.Key.Key_Return)  # to pass by is not to answer
    assert site.clinic.value(key, "WEIGHT_VSORRES") is None
    site.view.form.jump(Cell("", "WEIGHT_VSORRES"))
    types(qtbot, "62")
    presses(qtbot, Qt.Key.Key_Return)
    assert beside(site, "WEIGHT_VSORRES") == "5 Jan: 61.5 kg"
    assert "5 Jan: 61.5 kg" in site.editor("WEIGHT_VSORRES").accessibleDescription().translate(
        dict.fromkeys((0x2068, 0x2069))
    )


@pytest.mark.parametrize(("language", "words"), [("en", "5 Jan: 14.0 mm"), ("ar", "5 كانون الثاني: 14.0 mm")])
def test_a_diameter_stands_beside_that_of_the_same_area(later: Later, language: str, words: str) -> None:
    site, _, row = later("LESM", language)
    site.view.form.jump(Cell(row, "LMLEN"))
    assert beside(site, f"{row}/LMLEN") == words
    label = next(w for w in site.editor(f"{row}/LMLEN").findChildren(ElidedLabel) if w.isVisible())
    line = site.editor(f"{row}/LMLEN").focusProxy()
    assert line is not None
    assert (label.x() < line.x()) is (language == "ar")  # the mirrored side
    site.view.form.jump(Cell(row, "LMSTAT"))
    assert beside(site, f"{row}/LMSTAT") == ""  # the pack does not ask for it


def test_in_a_table_it_stands_below_the_row(open_form: OpenForm) -> None:
    page = observation()
    page.previous[Cell("0", "PULSE")] = "5 Jan: 72 /min"
    desk = open_form(page)
    assert any("5 Jan: 72 /min" in sentence for sentence in desk.sentences("0/PULSE"))
    assert desk.sentences("15/PULSE") == []
