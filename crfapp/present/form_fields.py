"""The standing part of a form page: sections, rows and questions, in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.plan_parts import is_computed
from crfapp.present.body_map import map_of
from crfapp.present.finding_words import finding_words
from crfapp.present.form_view import FieldView, FindingView, RowView, SectionView
from crfapp.present.words import UNIT_SIGNS
from crfapp.study.types import Kind
from crfapp.work.findings import check_of, words
from crfapp.work.reading_items import row_labels
from crfapp.work.roles import Right
from crfapp.work.row_labels import is_label

if TYPE_CHECKING:
    from crfapp.form.graph import Cell, FormGraph
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.study.model import Section
    from crfapp.study.study import Study
    from crfapp.study.texts import StudyTexts

_YES_NO = ("Y", "N")
_TABLE_AT_MOST = 6
"""More questions than this do not fit side by side; rows then stand as blocks."""


class FormFields:
    """Builds the views of one form's questions."""

    def __init__(self, workplace: Workplace, key: FormKey) -> None:
        self._at = workplace
        self._key = key
        self._map = map_of(workplace, key)

    @property
    def _study(self) -> Study:
        """The version in which the form was first entered."""
        return self._at.study_at(self._key)

    @property
    def _texts(self) -> StudyTexts:
        return self._at.texts_at(self._key)

    def sections(self, graph: FormGraph) -> tuple[SectionView, ...]:
        """The cards of the form; a section that continues another's rows stands inside that card."""
        form = self._study.form(self._key.form)
        return tuple(
            self._section(graph, section, form.sections)
            for section in form.sections
            if section.continues is None
        )

    def cell_label(self, graph: FormGraph, cell: Cell) -> str:
        """What a cell is called in a sentence: ``T01, Longest diameter``."""
        label = self._texts.item(self._key.form, cell.item)
        planned = graph.plan.items[cell.item]
        title = next((r.title for r in self._rows(graph, planned.group) if r.key == cell.row), "")
        return self._at.texts.listed((title, label))

    def findings(self, graph: FormGraph, cell: Cell) -> tuple[FindingView, ...]:
        """What was found at a question and is not settled."""
        state, desk = graph.state(cell), self._at.desk
        now = {finding.check: finding for finding in state.findings} if state else {}
        return tuple(
            FindingView(
                check,
                row.level,
                words(desk, self._key, graph, cell, now[check])
                if check in now
                else finding_words(self._at, row),
                row.state,
                row.reason or "",
                self._drafts_into(graph, cell, check),
                self._at.actor.may(Right.RECORD),
            )
            for (at, check), row in desk.forms.findings(self._key).items()
            if at == cell and row.state != "settled"
        )

    def _drafts_into(self, graph: FormGraph, cell: Cell, check: str) -> str:
        """The title of the form in which a check drafts a row; empty for one that drafts none."""
        planned = check_of(graph, check, cell)
        draft = planned.check.draft if planned else None
        return self._at.study_texts.form(draft.form) if draft else ""

    def missing_words(self, code: str | None) -> str:
        """A missing code in words."""
        return "" if code is None else self._texts.code(self._study.head.missing, code)

    def _section(self, graph: FormGraph, section: Section, all_sections: tuple[Section, ...]) -> SectionView:
        texts, form = self._texts, self._key.form
        title = texts.section(form, section.section)
        members = [section, *_continuing(section, all_sections)]
        fields = tuple(
            self._field(graph.plan.items[item.item]) for member in members for item in member.items
        )
        group = section.section if section.rows is not None else ""
        fixed = section.rows is not None and bool(section.rows.fixed)
        table = bool(group) and (section.layout == "table" or len(fields) <= _TABLE_AT_MOST or fixed)
        return SectionView(
            section=section.section,
            title=title,
            group=group,
            layout="table" if table and len(fields) <= _TABLE_AT_MOST + 4 else "list",
            rows=self._rows(graph, group) if group else (),
            fields=fields,
            parts=tuple((texts.section(form, m.section), len(m.items)) for m in members),
            grows=section.rows is not None and section.rows.log and self._at.actor.may(Right.RECORD),
        )

    def _rows(self, graph: FormGraph, group: str) -> tuple[RowView, ...]:
        if not group:
            return ()
        section = self._study.section(self._key.form, group)
        fixed = section.rows is not None and bool(section.rows.fixed)
        texts = self._texts
        return tuple(
            RowView(
                row.info.key,
                texts.row(self._key.form, group, row.info.key) if fixed else row.info.label,
            )
            for row in graph.rows_in(group)
        )

    def _field(self, planned: PlanItem) -> FieldView:
        texts, study, form = self._texts, self._study, self._key.form
        item = planned.item
        return FieldView(
            item=item.item,
            label=texts.item(form, item.item),
            type=planned.type,
            unit=UNIT_SIGNS.get(item.unit or "", item.unit or ""),
            choices=self._choices(planned),
            missing=tuple(
                (code, texts.code(study.head.missing, code)) for code in study.missing_codes(form, item.item)
            ),
            computed=is_computed(planned) or is_label(study, form, item.item),
            critical=item.sdv == "critical",
            site_only=item.site_only,
            on_map=self._map is not None and item.item in self._map.items,
        )

    def _choices(self, planned: PlanItem) -> tuple[tuple[str, str], ...]:
        texts, item = self._texts, planned.item
        if planned.type.kind is Kind.ROWREF:
            return tuple(row_labels(self._at.desk, self._key, planned.type.rows_of or "").items())
        if planned.type.kind is Kind.YESNO and item.codes is None:
            say = self._at.texts
            return tuple(zip(_YES_NO, (say("Yes"), say("No")), strict=True))
        codes = item.allows or self._study.codes(item.codes or "")
        return tuple((code, texts.code(item.codes or "", code)) for code in codes)


def _continuing(section: Section, all_sections: tuple[Section, ...]) -> list[Section]:
    """The sections that go on with a section's rows, directly or through one another."""
    found: list[Section] = []
    names = {section.section}
    for other in all_sections:
        if other.continues in names:
            found.append(other)
            names.add(other.section)
    return found
