"""One form on paper: its questions in order, each with a number and a place for the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.present.paper.answers import Answers
from crfapp.present.paper.blocks import Boxes, Cell, Chapter, Heading, Lines, Run, Table, Words, text
from crfapp.present.paper.conditions import Conditions
from crfapp.present.paper.marks import Marks
from crfapp.study.study import row_group
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.present.paper.blocks import Block, Part, Tone
    from crfapp.present.texts import Texts
    from crfapp.study.model import Form, Item, Rows, Section
    from crfapp.study.study import Study

_LIST = (0.05, 0.41, 0.54)
_NUMBER, _QUESTION = 0.05, 0.28
_ROW_LABEL = 0.4
_MOST_ACROSS = 6
"""Questions that stand side by side, one row of the paper for each fixed row."""
_MOST_BELOW = 16
"""Questions of a log of which several rows stand side by side; a longer one takes a page for each row."""
_FIXED_COLUMNS = 5
_WIDE_DECODE = 34


@dataclass(frozen=True, slots=True)
class Making:
    """What booklets are made from: the study in one language, with or without annotations."""

    study: Study
    say: Texts
    language: str
    annotated: bool


class FormPages:
    """Makes the chapter of one form."""

    def __init__(self, making: Making, form: Form) -> None:
        self._making, self._form = making, form
        self._say, self._study = making.say, making.study
        self._texts = making.study.texts(making.language)
        asked = (item for section in form.sections for item in section.items)
        self._numbers = {item.item: number for number, item in enumerate(asked, start=1)}
        self._answers = Answers(self._study, self._texts, self._say, coded=making.annotated)
        self._conditions = Conditions(self._study, self._texts, self._say, form.form, self._numbers)
        self._marks = Marks(self._study, self._texts, self._say)

    def chapter(self) -> Chapter:
        """The form from its title to its checks."""
        say, oid = self._say, self._form.form
        blocks = [*self._about(), *self._sections()]
        if self._making.annotated and self._form.checks:
            blocks += [Heading((Run(say("Checks")),)), self._marks.checks(self._form.checks)]
        fields = (say("Site"), say("Subject no."), say("Visit"), say("Date of visit"), say("Initials"))
        return Chapter(oid, self._texts.form(oid), oid, tuple(blocks), fields)

    def _about(self) -> Iterator[Block]:
        """Where the form belongs, and what stands for an answer that there is not."""
        say, form = self._say, self._form
        if self._making.annotated:
            yield self._marks.of_form(form)
        visits = "  ·  ".join(self._texts.visit(visit) for visit in self._study.visits_of(form.form))
        if visits:
            yield text(say("Visits: {visits}", visits=visits), "muted", "small")
        if form.site_only:
            yield text(say("Stays at the site: nothing of it goes to the sponsor."), "strong", "small")
        missing = self._study.head.missing
        codes = [f"{code}\u00a0{self._texts.code(missing, code)}" for code in self._study.codes(missing)]
        if codes:
            legend = say("Where there is no answer, write why: {codes}", codes="  ·  ".join(codes))
            yield text(legend, "muted", "small")

    def _sections(self) -> Iterator[Block]:
        for group, sections in _grouped(self._form):
            rows = self._study.section(self._form.form, group).rows if group else None
            if rows is None:
                for section in sections:
                    yield self._heading(section)
                    yield self._list(section.items)
            else:
                yield from self._rows(rows, sections)

    def _heading(self, section: Section) -> Heading:
        title = Run(self._texts.section(self._form.form, section.section))
        if not self._making.annotated:
            return Heading((title,))
        return Heading((title, Run("  ", "mark"), *self._marks.of_section(section)))

    def _list(self, items: Sequence[Item]) -> Table:
        rows = []
        for item in items:
            answer = Cell(self._answers.of(self._form.form, item), shaded=item.is_ is not None)
            rows.append((self._number(item), self._question(item), answer))
        return Table(_LIST, tuple(rows))

    def _number(self, item: Item) -> Cell:
        return Cell((Words((Run(str(self._numbers[item.item]), "muted", ltr=True),), "small"),))

    def _question(self, item: Item) -> Cell:
        form = self._form.form
        tone: Tone = "muted" if self._is_note(item) else "plain"
        parts: list[Part] = [text(self._texts.item(form, item.item), tone)]
        helping = self._texts.help(form, item.item)
        if helping:
            parts.append(text(helping, "muted", "tiny"))
        if item.when is not None:
            parts.append(text(self._conditions.words(item.when), "muted", "tiny"))
        if self._making.annotated:
            parts += self._marks.of_item(form, item)
        return Cell(tuple(parts))

    def _is_note(self, item: Item) -> bool:
        return self._study.field(self._form.form, item.item).kind is Kind.NOTE

    # ------------------------------------------------------------ rows

    def _rows(self, rows: Rows, sections: Sequence[Section]) -> Iterator[Block]:
        items = [item for section in sections for item in section.items]
        if rows.fixed and len(rows.fixed) > _FIXED_COLUMNS and len(items) <= _MOST_ACROSS:
            for section in sections:
                yield self._heading(section)
                yield from self._down(rows, section)
        elif rows.log and len(items) > _MOST_BELOW:
            yield from self._a_page_each(sections)
        else:
            yield from self._side_by_side(rows, sections, items)

    def _a_page_each(self, sections: Sequence[Section]) -> Iterator[Block]:
        note = self._say("One row of the log. Take a fresh copy of these pages for each further one.")
        number = Cell((text(self._say("Number of the row"), "strong"),))
        yield Table(
            (0.3, 0.3, 0.4), ((number, Cell((Boxes(((2, ""),)),)), Cell((text(note, "muted", "tiny"),))),)
        )
        for section in sections:
            yield self._heading(section)
            yield self._list(section.items)

    def _down(self, rows: Rows, section: Section) -> Iterator[Block]:
        """Fixed rows below one another, what is asked side by side; what nobody writes stands below."""
        asked = [item for item in section.items if item.is_ is None and not self._is_note(item)]
        notes = [part for item in section.items if self._is_note(item) for part in self._question(item).parts]
        heads = [Cell(tuple(notes), shaded=True)]
        for item in asked:
            heads.append(Cell((*self._number(item).parts, *self._question(item).parts), shaded=True))
        lines = [tuple(heads)]
        for key in rows.fixed:
            named: list[Part] = [text(self._row(section, key))]
            if self._making.annotated:
                named.append(Words((Run(key, "mark_strong", ltr=True),), "tiny"))
            cells = [Cell(self._place(item)) for item in asked]
            lines.append((Cell(tuple(named)), *cells))
        widths = (_ROW_LABEL, *self._across(asked))
        yield Table(widths, tuple(lines), heads=1, ruled=True)
        worked_out = [item for item in section.items if item.is_ is not None]
        if worked_out:
            yield self._list(worked_out)

    def _across(self, asked: Sequence[Item]) -> list[float]:
        """Room for each column: texts need the most."""
        kinds = [self._study.field(self._form.form, item.item).kind for item in asked]
        wishes = [1.5 if kind in (Kind.TEXT, Kind.LONGTEXT) else 1.0 for kind in kinds]
        return [(1 - _ROW_LABEL) * wish / sum(wishes) for wish in wishes]

    def _side_by_side(
        self, rows: Rows, sections: Sequence[Section], items: Sequence[Item]
    ) -> Iterator[Block]:
        """Questions below one another, a column for each row."""
        keys: list[str | None] = [*rows.fixed] if rows.fixed else [None] * self._columns(items)
        for start in range(0, len(keys), _FIXED_COLUMNS):
            batch = keys[start : start + _FIXED_COLUMNS]
            for section in sections:
                yield self._heading(section)
                yield self._columns_of(rows, section, batch)

    def _columns(self, items: Sequence[Item]) -> int:
        decodes = [
            self._texts.code(item.codes, code)
            for item in items
            if item.codes and item.is_ is None
            for code in self._study.codes(item.codes)
        ]
        return 2 if any(len(decode) > _WIDE_DECODE for decode in decodes) else 3

    def _columns_of(self, rows: Rows, section: Section, keys: Sequence[str | None]) -> Table:
        column = (1 - _NUMBER - _QUESTION) / len(keys)
        widths = (_NUMBER, _QUESTION, *([column] * len(keys)))
        lines = [
            (Cell(shaded=True), Cell(shaded=True), *(self._row_head(rows, section, key) for key in keys))
        ]
        for item in section.items:
            place = Cell(self._place(item), shaded=item.is_ is not None)
            lines.append((self._number(item), self._question(item), *([place] * len(keys))))
        return Table(widths, tuple(lines), heads=1, ruled=True)

    def _place(self, item: Item) -> tuple[Part, ...]:
        """The answer's place in a table, where room is short."""
        if item.is_ is not None:
            return (text("–", "muted", "small"),)
        parts = self._answers.of(self._form.form, item)
        return tuple(Lines(min(p.count, 2), p.after) if isinstance(p, Lines) else p for p in parts)

    def _row(self, section: Section, key: str) -> str:
        group = row_group(self._form, section.section)
        return self._texts.row(self._form.form, group, key)

    def _row_head(self, rows: Rows, section: Section, key: str | None) -> Cell:
        if key is not None:
            label = text(self._row(section, key), "strong")
            mark = Words((Run(key, "mark_strong", ltr=True),), "tiny")
            return Cell((label, mark) if self._making.annotated else (label,), shaded=True)
        what = self._texts.form(rows.each) if rows.each else self._texts.form(self._form.form)
        return Cell((text(self._say("{form}, no.", form=what), "strong", "small"), Lines()), shaded=True)


def _grouped(form: Form) -> list[tuple[str, list[Section]]]:
    """Sections that belong to the same rows, together; in the order of the form."""
    groups: list[tuple[str, list[Section]]] = []
    for section in form.sections:
        group = row_group(form, section.section)
        if group and groups and groups[-1][0] == group:
            groups[-1][1].append(section)
        else:
            groups.append((group, [section]))
    return groups
