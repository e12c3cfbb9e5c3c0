"""Tables of a form: every question in its column where they fit, nothing left out where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from crfapp.present.form_view import FieldView, RowView, SectionView
from crfapp.study.types import ItemType, Kind
from crfapp.ui.casebook.columns import columns_of
from crfapp.ui.fields import FieldSpec
from crfapp.ui.fields.datetime import DateTimeEditor
from crfapp.ui.theme import apply_theme
from tests.ui.casebook.conftest import say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

YES_NO = (("Y", "Yes"), ("N", "No"))
BESIDE_LIST_AND_INSPECTOR = 604
"""The width of a card in a window of 1280 pixels."""


def asked(label: str, kind: Kind = Kind.INTEGER, unit: str = "") -> FieldView:
    choices = YES_NO if kind is Kind.YESNO else ()
    return FieldView(label, label, ItemType(kind), unit, choices, (), False, True, False)


VITAL_SIGNS = (
    asked("Time measured", Kind.DATETIME),
    asked("Systolic", unit="mmHg"),
    asked("Diastolic", unit="mmHg"),
    asked("Pulse", unit="beats/min"),
    asked("Respiratory rate", unit="breaths/min"),
    asked("Temperature", Kind.DECIMAL, "°C"),
    asked("Oxygen saturation", unit="%"),
    asked("Any symptom at this time?", Kind.YESNO),
    asked("Which", Kind.TEXT),
)
ROWS = tuple(RowView(name, name) for name in ("Before dosing", "0 min", "15 min", "30 min", "60 min"))


def section(fields: tuple[FieldView, ...], rows: tuple[RowView, ...] = ROWS) -> SectionView:
    return SectionView("GRID", "Vital signs", "GRID", "table", rows, fields)


def test_nine_questions_stand_in_one_line_in_the_usual_window(lit_screen: QApplication) -> None:
    assert lit_screen is not None
    laid = columns_of(section(VITAL_SIGNS), VITAL_SIGNS, BESIDE_LIST_AND_INSPECTOR)
    assert (laid.flowing, laid.tight, laid.below) == (False, True, frozenset({8}))
    ends = [left + wide for left, wide in zip(laid.lefts, laid.widths, strict=True)][:8]
    assert all(end < left for end, left in zip(ends, laid.lefts[1:8], strict=False))
    assert ends[-1] < BESIDE_LIST_AND_INSPECTOR - 16


def test_with_more_room_the_same_table_is_not_tight(lit_screen: QApplication) -> None:
    assert lit_screen is not None
    laid = columns_of(section(VITAL_SIGNS), VITAL_SIGNS, 1100)
    assert (laid.flowing, laid.tight, laid.below) == (False, False, frozenset())


def test_where_columns_do_not_fit_each_row_breaks_into_lines(lit_screen: QApplication) -> None:
    apply_theme(lit_screen, "light", 1.5)
    assert columns_of(section(VITAL_SIGNS), VITAL_SIGNS, BESIDE_LIST_AND_INSPECTOR).flowing
    apply_theme(lit_screen, "light")


def test_long_names_of_rows_take_the_room_that_is_left(lit_screen: QApplication) -> None:
    assert lit_screen is not None
    criteria = (RowView("INCL05", "At least one treated area and one comparable non-injected control area"),)
    fields = (asked("Answer", Kind.YESNO), asked("Evidence", Kind.TEXT))
    laid = columns_of(section(fields, criteria), fields, BESIDE_LIST_AND_INSPECTOR)
    assert not laid.flowing
    assert laid.title > 250


def test_a_moment_in_a_narrow_cell_keeps_its_date_and_makes_room_to_write(
    qtbot: QtBot, lit_screen: QApplication
) -> None:
    assert lit_screen is not None
    row = QWidget()
    qtbot.addWidget(row)
    editor, other = DateTimeEditor(FieldSpec("Time measured", say, compact=True), row), QLineEdit(row)
    cell = QRect(200, 10, 72, editor.tight_height())
    editor.stand_in(cell, tight=True)
    editor.show_value("2025-01-12 09:55", None)
    other.setFocus()
    with qtbot.waitActive(row):
        row.show()
        row.activateWindow()
    assert editor.raw() == "2025-01-12 09:55"
    editor.focus_first()
    wide = editor.line.width()
    assert wide > editor.line.fontMetrics().horizontalAdvance(editor.raw())
    assert editor.geometry().right() == cell.right()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert editor.geometry() == cell
