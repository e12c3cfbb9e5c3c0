"""Which widget a line of the form becomes, and what the head of a closed row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.study.types import Kind
from crfapp.ui.casebook.lines import Line, LineKind
from crfapp.ui.casebook.log_rows import AddRowLine, CardTitle, PartTitle, RowHead
from crfapp.ui.casebook.rows import LineWidget, QuestionRow
from crfapp.ui.casebook.table_rows import TableHead, TableRow
from crfapp.ui.casebook.target_guard import GuardPictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from crfapp.present.form_view import FieldView, SectionView
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Wishes

_PLAIN: dict[LineKind, Callable[[Line, Wishes, QWidget], LineWidget]] = {
    LineKind.TITLE: CardTitle,
    LineKind.PART: PartTitle,
    LineKind.ADD: AddRowLine,
}
_SUMMED_UP = 3
"""So many answers stand in the head of a closed row."""


def make_line(line: Line, wishes: Wishes, page: OpenForm, parent: QWidget, *, is_open: bool) -> LineWidget:
    """Build one line."""
    if line.kind is LineKind.QUESTION:
        return QuestionRow(line, line.cells()[0], wishes, parent)
    if line.kind is LineKind.ROW_HEAD:
        return _row_head(line, wishes, page, parent, is_open=is_open)
    if line.kind is LineKind.COLUMNS:
        return TableHead(line, column_fields(line.section, page), wishes, parent)
    if line.kind is LineKind.TABLE_ROW:
        return TableRow(line, column_fields(line.section, page), wishes, parent)
    return _PLAIN[line.kind](line, wishes, parent)


def _row_head(line: Line, wishes: Wishes, page: OpenForm, parent: QWidget, *, is_open: bool) -> RowHead:
    """The head of a row; beside a dose with the lesion that it is about."""
    head = RowHead(line, wishes, parent, is_open=is_open, summary=row_summary(line, page))
    guard = page.guard
    for card in guard.cards() if guard is not None else ():
        if guard is not None and card.row == head.row.key:
            head.put_beside(GuardPictures(card, guard.room, head, named=False))
    return head


def column_fields(section: SectionView, page: OpenForm) -> tuple[FieldView, ...]:
    """The questions that have a column: a note, or a calculated one that repeats the row's name, has none."""
    asked = tuple(field for field in section.fields if field.type.kind is not Kind.NOTE)
    if not section.rows:
        return asked
    first = section.rows[0]
    names = {first.key, first.title}
    return tuple(
        field
        for field in asked
        if not (field.computed and page.state(Cell(first.key, field.item)).text in names)
    )


def row_summary(line: Line, page: OpenForm) -> str:
    """The first answers of a row of a log."""
    if line.row is None:
        return ""
    told: list[str] = []
    for field in line.section.fields:
        state = page.state(Cell(line.row.key, field.item))
        answer = state.missing or state.text
        if state.visible and answer and answer != line.row.title:
            told.append(f"\u2068{answer}\u2069")
        if len(told) == _SUMMED_UP:
            break
    return " · ".join(told)
