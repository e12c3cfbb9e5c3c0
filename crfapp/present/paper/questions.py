"""Questions on paper: number, wording, help, condition, annotations, and a place for the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.present.paper.answers import Answers
from crfapp.present.paper.blocks import Cell, Heading, Lines, Run, Table, Words, text
from crfapp.present.paper.conditions import Conditions
from crfapp.present.paper.marks import Marks
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.paper.blocks import Part, Tone
    from crfapp.present.texts import Texts
    from crfapp.study.model import Form, Item, Section
    from crfapp.study.study import Study

_LIST = (0.05, 0.41, 0.54)


@dataclass(frozen=True, slots=True)
class Making:
    """What booklets are made from: the study in one language, with or without annotations."""

    study: Study
    say: Texts
    language: str
    annotated: bool


class Questions:
    """Questions of one form, numbered through, with their annotations where these are wanted."""

    def __init__(self, making: Making, form: Form) -> None:
        self.making, self.form = making, form
        self.texts = making.study.texts(making.language)
        study, say = making.study, making.say
        asked = (item for section in form.sections for item in section.items)
        self._numbers = {item.item: number for number, item in enumerate(asked, start=1)}
        self._answers = Answers(study, self.texts, say, coded=making.annotated)
        self._conditions = Conditions(study, self.texts, say, form.form, self._numbers)
        self.marks = Marks(study, self.texts, say)

    def heading(self, section: Section) -> Heading:
        """A section's title, with its OID and rows where annotated."""
        title = Run(self.texts.section(self.form.form, section.section))
        if not self.making.annotated:
            return Heading((title,))
        return Heading((title, Run("  ", "mark"), *self.marks.of_section(section)))

    def list(self, items: Sequence[Item]) -> Table:
        """Questions below one another, the place for the answer beside each."""
        rows = []
        for item in items:
            answer = Cell(self._answers.of(self.form.form, item), shaded=item.is_ is not None)
            rows.append((self.number(item), self.question(item), answer))
        return Table(_LIST, tuple(rows))

    def number(self, item: Item) -> Cell:
        """A question's number on the form."""
        return Cell((Words((Run(str(self._numbers[item.item]), "muted", ltr=True),), "small"),))

    def question(self, item: Item) -> Cell:
        """The question, its help, its condition; where annotated, what the pack says of it."""
        form = self.form.form
        tone: Tone = "muted" if self.is_note(item) else "plain"
        parts: list[Part] = [text(self.texts.item(form, item.item), tone)]
        helping = self.texts.help(form, item.item)
        if helping:
            parts.append(text(helping, "muted", "tiny"))
        if item.when is not None:
            parts.append(text(self._conditions.words(item.when), "muted", "tiny"))
        if self.making.annotated:
            parts += self.marks.of_item(form, item)
        return Cell(tuple(parts))

    def is_note(self, item: Item) -> bool:
        """Whether nobody answers it."""
        return self.making.study.field(self.form.form, item.item).kind is Kind.NOTE

    def place(self, item: Item) -> tuple[Part, ...]:
        """The place for an answer in a table, where room is short."""
        if item.is_ is not None:
            return (text("–", "muted", "small"),)
        parts = self._answers.of(self.form.form, item)
        return tuple(Lines(min(p.count, 2), p.after) if isinstance(p, Lines) else p for p in parts)
