"""Repeating questions on paper: a table where they fit side by side, else a page for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Boxes, Cell, Lines, Run, Table, Words, text
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.present.paper.blocks import Block, Part, Tone
    from crfapp.present.paper.questions import Questions
    from crfapp.study.model import Item, Rows, Section

_NUMBER, _QUESTION = 0.05, 0.28
_ROW_LABEL = 0.4
_PAGE_EACH = (0.3, 0.3, 0.4)
_MOST_ACROSS = 6
"""Questions that stand side by side, one row of the paper for each fixed row."""
_MOST_BELOW = 16
"""Questions of a log of which several rows stand side by side; a longer one takes a page for each row."""
_FIXED_COLUMNS = 5
_WIDE_DECODE = 34


class RowTables:
    """Lays out the sections that share one group of rows."""

    def __init__(self, questions: Questions, group: str, rows: Rows) -> None:
        self._questions, self._group, self._rows = questions, group, rows
        self._form, self._texts = questions.form.form, questions.texts
        self._say, self._study = questions.making.say, questions.making.study
        self._annotated = questions.making.annotated

    def blocks(self, sections: Sequence[Section]) -> Iterator[Block]:
        """Headings and tables of these sections."""
        items = [item for section in sections for item in section.items]
        if len(self._rows.fixed) > _FIXED_COLUMNS and len(items) <= _MOST_ACROSS:
            for section in sections:
                yield self._questions.heading(section)
                yield from self._down(section)
        elif self._rows.log and len(items) > _MOST_BELOW:
            yield from self._a_page_each(sections)
        else:
            yield from self._side_by_side(sections, items)

    def _a_page_each(self, sections: Sequence[Section]) -> Iterator[Block]:
        note = self._say("One row of the log. Take a fresh copy of these pages for each further one.")
        name = Cell((text(self._say("Number of the row"), "strong"),))
        number = Cell((Boxes(((2, ""),)),))
        yield Table(_PAGE_EACH, ((name, number, Cell((text(note, "muted", "tiny"),))),))
        for section in sections:
            yield self._questions.heading(section)
            yield self._questions.list(section.items)

    # ------------------------------------------------------------ fixed rows, one below the other

    def _down(self, section: Section) -> Iterator[Block]:
        """What is asked stands side by side; what nobody writes stands below the table."""
        notes = [item for item in section.items if self._questions.is_note(item)]
        asked = [item for item in section.items if item.is_ is None and item not in notes]
        lines = [self._down_heads(notes, asked)]
        for key in self._rows.fixed:
            cells = [Cell(self._questions.place(item)) for item in asked]
            lines.append((Cell(self._named(key, "plain")), *cells))
        yield Table((_ROW_LABEL, *self._across(asked)), tuple(lines), heads=1, ruled=True)
        worked_out = [item for item in section.items if item.is_ is not None]
        if worked_out:
            yield self._questions.list(worked_out)

    def _down_heads(self, notes: Sequence[Item], asked: Sequence[Item]) -> tuple[Cell, ...]:
        corner = Cell(tuple(part for item in notes for part in self._asking(item)), shaded=True)
        return (corner, *(Cell(self._asking(item), shaded=True) for item in asked))

    def _asking(self, item: Item) -> tuple[Part, ...]:
        return *self._questions.number(item).parts, *self._questions.question(item).parts

    def _across(self, asked: Sequence[Item]) -> list[float]:
        """Room for each column: texts need the most."""
        kinds = [self._study.field(self._form, item.item).kind for item in asked]
        wishes = [1.5 if kind in (Kind.TEXT, Kind.LONGTEXT) else 1.0 for kind in kinds]
        return [(1 - _ROW_LABEL) * wish / sum(wishes) for wish in wishes]

    # ------------------------------------------------------------ a column for each row

    def _side_by_side(self, sections: Sequence[Section], items: Sequence[Item]) -> Iterator[Block]:
        """Questions below one another, a column for each row."""
        fixed = self._rows.fixed
        keys: list[str | None] = [*fixed] if fixed else [None] * self._columns(items)
        for start in range(0, len(keys), _FIXED_COLUMNS):
            for section in sections:
                yield self._questions.heading(section)
                yield self._columns_of(section, keys[start : start + _FIXED_COLUMNS])

    def _columns(self, items: Sequence[Item]) -> int:
        """How many rows stand side by side: fewer where decodes are long."""
        decodes = [
            self._texts.code(item.codes, code)
            for item in items
            if item.codes and item.is_ is None
            for code in self._study.codes(item.codes)
        ]
        return 2 if any(len(decode) > _WIDE_DECODE for decode in decodes) else 3

    def _columns_of(self, section: Section, keys: Sequence[str | None]) -> Table:
        column = (1 - _NUMBER - _QUESTION) / len(keys)
        further = "" if self._rows.fixed else self._say("Take a fresh copy of this page for further rows.")
        note = Cell((text(further, "muted", "tiny"),), shaded=True)
        lines = [(Cell(shaded=True), note, *(self._head(key) for key in keys))]
        for item in section.items:
            place = Cell(self._questions.place(item), shaded=item.is_ is not None)
            number, question = self._questions.number(item), self._questions.question(item)
            lines.append((number, question, *([place] * len(keys))))
        widths = (_NUMBER, _QUESTION, *([column] * len(keys)))
        return Table(widths, tuple(lines), heads=1, ruled=True)

    def _head(self, key: str | None) -> Cell:
        """The name of a fixed row, or room for the number of another."""
        if key is not None:
            return Cell(self._named(key, "strong"), shaded=True)
        what = self._say("{form}, no.", form=self._texts.form(self._rows.each or self._form))
        return Cell((text(what, "strong", "small"), Lines()), shaded=True)

    def _named(self, key: str, tone: Tone) -> tuple[Part, ...]:
        label = text(self._texts.row(self._form, self._group, key), tone)
        mark = Words((Run(key, "mark_strong", ltr=True),), "tiny")
        return (label, mark) if self._annotated else (label,)
