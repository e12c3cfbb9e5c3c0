"""The lines a form consists of, from top to bottom, before anything is built."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from crfapp.form.graph import Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set

    from crfapp.present.form_view import FieldView, RowView, SectionView


class LineKind(StrEnum):
    """What stands on a line."""

    TITLE = "title"
    QUESTION = "question"
    COLUMNS = "columns"
    TABLE_ROW = "table-row"
    ROW_HEAD = "row-head"
    PART = "part"
    ADD = "add"


LineKey = tuple[str, str, str, str, int]
"""What makes a line the same after rows came or went: kind, section, row, item, part."""


class Line(NamedTuple):
    """One line of a form. ``card`` counts the surfaces; ``part`` is the number of a part's title."""

    kind: LineKind
    card: int
    section: SectionView
    row: RowView | None = None
    field: FieldView | None = None
    part: int = 0

    @property
    def key(self) -> LineKey:
        """What makes it the same line after rows came or went."""
        row, field = self.row, self.field
        section = self.section.section
        return self.kind, section, row.key if row else "", field.item if field else "", self.part

    def cells(self) -> tuple[Cell, ...]:
        """The questions on it, in the order of the form."""
        if self.kind is LineKind.QUESTION and self.field is not None:
            return (Cell(self.row.key if self.row else "", self.field.item),)
        if self.kind is LineKind.TABLE_ROW and self.row is not None:
            return tuple(Cell(self.row.key, field.item) for field in self.section.fields)
        return ()


class OpenRow(NamedTuple):
    """A row of a log that stands open."""

    section: str
    row: str


def is_table(section: SectionView) -> bool:
    """Whether its rows stand side by side with their questions."""
    return bool(section.group) and section.layout == "table"


def lines_of(sections: Iterable[SectionView], is_open: Callable[[OpenRow], bool]) -> list[Line]:
    """Every line of a form; a closed row of a log is its head alone."""
    found: list[Line] = []
    for card, section in enumerate(sections):
        if section.title:
            found.append(Line(LineKind.TITLE, card, section))
        if not section.group:
            found += [Line(LineKind.QUESTION, card, section, None, field) for field in section.fields]
        elif is_table(section):
            found.append(Line(LineKind.COLUMNS, card, section))
            found += [Line(LineKind.TABLE_ROW, card, section, row) for row in section.rows]
        else:
            for row in section.rows:
                found += _row_lines(card, section, row, is_open(OpenRow(section.section, row.key)))
        if section.grows:
            found.append(Line(LineKind.ADD, card, section))
    return found


def _row_lines(card: int, section: SectionView, row: RowView, is_open: bool) -> Iterator[Line]:
    yield Line(LineKind.ROW_HEAD, card, section, row)
    if not is_open:
        return
    starts = dict(_part_starts(section)) if len(section.parts) > 1 else {}
    for place, field in enumerate(section.fields):
        if place in starts:
            yield Line(LineKind.PART, card, section, row, None, starts[place])
        yield Line(LineKind.QUESTION, card, section, row, field)


def _part_starts(section: SectionView) -> Iterator[tuple[int, int]]:
    """Where each titled part begins: (place of its first question, number of the part)."""
    place = 0
    for number, (title, count) in enumerate(section.parts):
        if title and number:
            yield place, number
        place += count


def rows_with(lines: Iterable[Line], cells: Set[Cell]) -> set[OpenRow]:
    """The log rows that hold any of these cells, standing open or not."""
    return {
        OpenRow(line.section.section, line.row.key)
        for line in lines
        if line.kind is LineKind.ROW_HEAD
        and line.row is not None
        and any(Cell(line.row.key, field.item) in cells for field in line.section.fields)
    }
