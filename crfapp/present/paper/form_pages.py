"""One form on paper: where it belongs, its questions in order, its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Chapter, Heading, Run, text
from crfapp.present.paper.questions import Making, Questions
from crfapp.present.paper.row_tables import RowTables
from crfapp.study.study import row_group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.paper.blocks import Block
    from crfapp.study.model import Form, Section


class FormPages:
    """Makes the chapter of one form."""

    def __init__(self, making: Making, form: Form) -> None:
        self._making, self._form = making, form
        self._say, self._study = making.say, making.study
        self._questions = Questions(making, form)
        self._texts = self._questions.texts
        self._marks = self._questions.marks

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
                    yield self._questions.heading(section)
                    yield self._questions.list(section.items)
            else:
                yield from RowTables(self._questions, group, rows).blocks(sections)


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
