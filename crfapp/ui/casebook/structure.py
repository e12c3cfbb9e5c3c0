"""The shape of the open form: its sections as they stand, and which rows of its logs are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from crfapp.form.graph import Cell
from crfapp.ui.casebook.line_making import make_line, row_summary
from crfapp.ui.casebook.lines import Line, OpenRow, lines_of
from crfapp.ui.casebook.log_rows import RowHead

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.present.form_view import SectionView
    from crfapp.ui.casebook.canvas import Canvas
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Wishes
    from crfapp.ui.casebook.rows import LineWidget


class Structure:
    """Says which lines the canvas shows, and makes them."""

    def __init__(self, page: OpenForm, wishes: Wishes, canvas: Canvas) -> None:
        self.page, self._wishes, self._canvas = page, wishes, canvas
        self.sections: tuple[SectionView, ...] = page.sections()
        self._open: dict[OpenRow, bool] = {}

    def show_from_top(self) -> None:
        """Show the form from its top."""
        self._canvas.show_lines(lines_of(self.sections, self.is_open), keep=False)

    def make(self, line: Line, parent: QWidget) -> LineWidget:
        """Build one line."""
        is_open = line.row is not None and self.is_open(OpenRow(line.section.section, line.row.key))
        return make_line(line, self._wishes, self.page, parent, is_open=is_open)

    def is_open(self, row: OpenRow) -> bool:
        """Whether a row of a log stands open; closed ones show their first answers."""
        return self._open.get(row, False)

    def toggle(self, section: str, row: str) -> None:
        """Open or close a row, everything else staying where it is."""
        at = OpenRow(section, row)
        self._open[at] = not self.is_open(at)
        self._again()

    def open_row_of(self, line: Line) -> None:
        """Open the row that a line belongs to."""
        if line.row is not None:
            self._open[OpenRow(line.section.section, line.row.key)] = True
            self._again()

    def read_again(self) -> None:
        """Rows came or went."""
        self.sections = self.page.sections()
        self._again()

    def open_newest(self, section: str) -> tuple[Cell, ...]:
        """Open the last row of a log and bring it into sight; its questions in order."""
        found = next((s for s in self.sections if s.section == section and s.rows), None)
        if found is None:
            return ()
        newest = found.rows[-1].key
        self._open[OpenRow(section, newest)] = True
        self._again()
        self._reveal_row(newest)
        return tuple(Cell(newest, field.item) for field in found.fields if not field.computed)

    def log_in_focus(self) -> str:
        """The log the keyboard is in, else the first one; empty where no rows can be added."""
        index = self._canvas.index_of(QApplication.focusWidget())
        here = self._canvas.slots[index].line.section if index >= 0 else None
        if here is not None and here.grows:
            return here.section
        return next((section.section for section in self.sections if section.grows), "")

    def sum_up(self) -> None:
        """Heads of log rows say what their rows hold now."""
        for widget in self._canvas.widgets():
            if isinstance(widget, RowHead):
                row = OpenRow(widget.line.section.section, widget.row.key)
                widget.tell(is_open=self.is_open(row), summary=row_summary(widget.line, self.page))
        self._canvas.settle()

    def _reveal_row(self, row: str) -> None:
        """Bring as much of a row into sight as there is room for, its head first."""
        slots = self._canvas.slots
        lines = [i for i, slot in enumerate(slots) if slot.line.row and slot.line.row.key == row]
        for index in (*lines[-1:], *lines[:1]):
            self._canvas.reveal(index)

    def _again(self) -> None:
        self._canvas.show_lines(lines_of(self.sections, self.is_open), keep=True)
        self.sum_up()
