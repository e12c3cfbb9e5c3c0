"""The rows of a form as they leave: all of them, the voided ones and those that no longer apply marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.form.graph import FormRowInfo
from crfapp.form.plan import tree_of
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import FormRowRow, PersonRow
from crfapp.study.language import compile_expression
from crfapp.study.names import log_group
from crfapp.work.rows import StoredRow, single_instance

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.keys import FormKey
    from crfapp.study.model import Rows, Section

COUNTS, VOIDED, NOT_APPLICABLE = "", "Y", "NA"
_VOIDED = (COUNTS, VOIDED)


class RowFacts(NamedTuple):
    """One row: its group, key, number and label, and whether it counts."""

    group: str
    key: str
    number: int
    label: str
    voided: str


class RowBook:
    """Finds the rows of one subject's forms; rows taken over from another form are looked up once."""

    def __init__(self, data: SiteData, subject: str) -> None:
        self._data = data
        self._subject = subject
        self._each: dict[tuple[str, str], list[RowFacts]] = {}
        self._labels: dict[str, dict[str, str]] = {}

    def rows(self, key: FormKey) -> list[RowFacts]:
        """All rows of a form, group by group, from top to bottom."""
        found: list[RowFacts] = []
        for section in self._data.study.form(key.form).sections:
            if section.rows is not None and section.continues is None:
                found += self._rows_of(key, section, section.rows)
        return found

    def label(self, target: str, key: str) -> str:
        """What people call what a row reference points to: a row, a visit or a person."""
        if target not in self._labels:
            self._labels[target] = self._labels_of(target)
        return self._labels[target].get(key, key)

    def _labels_of(self, target: str) -> dict[str, str]:
        if target == "VISIT":
            return {visit: self._data.texts.visit(visit) for visit in self._data.study.visits}
        if target == "STAFF":
            return {person.login: person.name for person in self._data.desk.tables.find(PersonRow)}
        source = single_instance(self._data.desk, self._subject, target)
        return {} if source is None else {row.key: row.label for row in self.rows(source)}

    def _rows_of(self, key: FormKey, section: Section, rows: Rows) -> list[RowFacts]:
        name = section.section
        if rows.fixed:
            return [RowFacts(name, fixed, n, fixed, COUNTS) for n, fixed in enumerate(rows.fixed, 1)]
        if rows.each is not None:
            place = (key.form, name)
            if place not in self._each:
                self._each[place] = self._rows_for_each(name, rows.each, rows.where)
            return self._each[place]
        mine = self._data.desk.tables.find(FormRowRow, **key._asdict(), section=name)
        return [
            RowFacts(name, row.row, row.position, self._label(key, rows, row), _VOIDED[row.voided])
            for row in sorted(mine, key=lambda row: row.position)
        ]

    def _label(self, key: FormKey, rows: Rows, row: FormRowRow) -> str:
        if rows.label is not None and not self._data.confidential.keeps(key.form, rows.label.item):
            stored = self._data.desk.stored(ItemKey(*key, row.row, rows.label.item))
            if stored is not None and stored.value:
                return stored.value
        return str(row.position)

    def _rows_for_each(self, group: str, form: str, where: str | None) -> list[RowFacts]:
        source = single_instance(self._data.desk, self._subject, form)
        if source is None:
            return []
        wanted = self._condition(source, where)
        log = log_group(self._data.study, form)
        return [
            row._replace(group=group, voided=row.voided if row.voided or wanted(row) else NOT_APPLICABLE)
            for row in self.rows(source)
            if row.group == log
        ]

    def _condition(self, source: FormKey, where: str | None) -> Callable[[RowFacts], bool]:
        if where is None:
            return lambda _row: True
        run = compile_expression(tree_of(where))
        desk = self._data.desk
        return lambda row: run(StoredRow(desk, source, FormRowInfo(row.key, row.number, row.label))) is True
