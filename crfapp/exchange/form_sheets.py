"""One sheet for each form of the pack: its answers, a row for each row, columns in the form's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED
from crfapp.exchange.item_columns import ItemColumns
from crfapp.exchange.row_facts import NOT_APPLICABLE, VOIDED, RowBook, RowFacts
from crfapp.exchange.sheets import Column, Sheet
from crfapp.ledger.fold_forms import MOVED
from crfapp.ledger.state import ItemRow
from crfapp.study.types import Kind
from crfapp.work.redaction import redacted_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.exchange.study_words import StudyWords
    from crfapp.ledger.state import FormRow
    from crfapp.study.model import Form
    from crfapp.work.sentences import Say

_ONCE = RowFacts("", "", 0, "", "")


def form_sheets(data: SiteData) -> tuple[Sheet, ...]:
    """The sheets of all forms that may leave, in the order of the pack."""
    return tuple(
        FormSheet(data, form).sheet()
        for form in data.study.pack.forms
        if not data.confidential.keeps(form.form)
    )


def place_columns(say: Say) -> tuple[Column, ...]:
    """Where an answer stands."""
    return (
        Column("SITE", say("Site")),
        Column("SUBJID", say("Subject number")),
        Column("VISIT", say("Visit")),
        Column("VISITN", say("Number of the visit, where it repeats"), "number"),
        Column("VISDAT", say("Date of the visit"), "date"),
        Column("FORMN", say("Number of the form, where it repeats"), "number"),
        Column("ROW", say("Row, as people call it")),
        Column("ROWN", say("Number of the row"), "number"),
        Column("VOIDED", say("Y: voided with a reason; NA: the row does not apply any more"), width=9),
    )


def version_columns(data: StudyWords) -> tuple[Column, ...]:
    """The version in which a form was entered: last, and only where the study was amended."""
    if len(data.study.versions) == 1:
        return ()
    return (Column("FORM_VERSION", data.say("Version of the study pack in which the form was entered")),)


def columns_of(data: StudyWords, form: Form) -> list[tuple[str, ItemColumns]]:
    """The columns of each item that leaves, behind :func:`place_columns`, with the item's row group."""
    taken = {column.name for column in place_columns(data.say)}
    found: list[tuple[str, ItemColumns]] = []
    for place in data.study.items(form.form).values():
        item = place.item
        kind = data.study.field(form.form, item.item).kind
        if kind is Kind.NOTE or data.confidential.keeps(form.form, item.item):
            continue
        columns = ItemColumns(data, form.form, item, _free(form.form, item.item, taken))
        taken |= {column.name for column in columns.columns}
        found.append((place.group, columns))
    return found


class FormSheet:
    """The sheet of one form: the questions asked once stand in a row of their own, before the others."""

    def __init__(self, data: SiteData, form: Form) -> None:
        self._data = data
        self._form = form
        self._site = data.site.code
        self._items = columns_of(data, form)
        self._asks_once = any(not group for group, _ in self._items)

    def sheet(self) -> Sheet:
        """The sheet, with columns that depend on nothing but the pack."""
        columns = place_columns(self._data.say) + tuple(
            column for _, item in self._items for column in item.columns
        )
        columns += version_columns(self._data)
        return Sheet(self._form.form, self._data.texts.form(self._form.form), columns, self._rows)

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        for subject in self._data.subjects():
            begun = self._data.forms(subject.subject, form=self._form.form)
            book = RowBook(self._data, subject.subject)
            for form in begun:
                yield from self._rows_of(subject.number, form, book)

    def _rows_of(self, number: str, form: FormRow, book: RowBook) -> Iterator[tuple[Cell, ...]]:
        key = form.key
        answers: dict[str, dict[str, ItemRow]] = {}
        gone = redacted_texts(self._data.desk.tables)
        for stored in self._data.desk.tables.find(ItemRow, **key._asdict()):
            made = stored._replace(value=REDACTED) if (stored.head, "value") in gone else stored
            answers.setdefault(stored.row, {})[stored.item] = made
        day = self._data.visit_day(key.at)
        head: tuple[Cell, ...] = (self._site, number, key.visit, key.visit_n, day, key.form_n)
        study, versions = self._data.desk.versions.at(key), bool(version_columns(self._data))
        for row in self._begun(book.rows(key), answers):
            mine = answers.get(row.key, {})
            voided = VOIDED if form.status == MOVED else row.voided
            cells: list[Cell] = [*head, row.label, row.number or None, voided]
            for group, item in self._items:
                asked_here = not row.group or group == row.group
                answer = mine.get(item.item) if asked_here else None
                if versions and asked_here and answer is None:
                    cells += item.unasked(study)
                else:
                    told = answer and item.as_asked_now(answer, study)
                    cells += item.cells(told, book.label, is_ruler=self._is_ruler(mine))
            yield (*cells, study.head.version) if versions else tuple(cells)

    def _is_ruler(self, answers: Mapping[str, ItemRow]) -> bool:
        """Whether a row says that it was measured with a ruler."""
        bound = self._data.study.head.targets
        method = answers.get(bound.measure.method) if bound is not None else None
        return bound is not None and method is not None and method.value == bound.measure.ruler

    def _begun(self, rows: list[RowFacts], answers: dict[str, dict[str, ItemRow]]) -> Iterator[RowFacts]:
        """Rows with anything in them, and the rows of logs; what no row is known of stands last."""
        if self._asks_once:
            yield _ONCE
        logs = {
            section.section
            for section in self._form.sections
            if section.rows is not None and section.rows.log
        }
        for row in rows:
            if row.group in logs or row.key in answers:
                yield row
        known = {row.key for row in rows} | {""}
        for key in sorted(answers.keys() - known):
            yield RowFacts("", key, 0, key, NOT_APPLICABLE)


def _free(form: str, item: str, taken: set[str]) -> str:
    """The item's name, told apart from columns of the same name by its form's."""
    return f"{form}.{item}" if item in taken else item
