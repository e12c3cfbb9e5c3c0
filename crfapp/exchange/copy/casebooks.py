"""What the page that opens a copy shows: casebooks, trail, people, as JSON, one file a subject (REQ-502).

Words, decodes and titles stand beside the codes, in the language in which the copy is made, so that the page
needs neither the study pack nor this program.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from crfapp.exchange.audit_sheet import audit_sheet
from crfapp.exchange.audit_words import REDACTED
from crfapp.exchange.item_columns import ItemColumns
from crfapp.exchange.query_threads import notes_of
from crfapp.exchange.row_facts import RowBook
from crfapp.ledger.keys import FormKey, ItemKey, Scope
from crfapp.ledger.state import (
    FindingRow,
    ItemRow,
    LockRow,
    PersonRow,
    QueryRow,
    SignatureRow,
    TrailRow,
    VerifiedRow,
    VisitRow,
)
from crfapp.study.types import Kind, parse_type
from crfapp.work.not_collected import version_of
from crfapp.work.redaction import redacted_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.keys import VisitKey
    from crfapp.ledger.state import FormRow, SubjectRow
    from crfapp.study.model import Item
    from crfapp.study.texts import StudyTexts

Json = dict[str, Any]
_FIRST = (
    *("LOCAL", "NAME", "ROLE", "WHAT", "VISIT", "FORM", "ROW", "ITEM"),
    *("OLD", "NEW", "MISSING", "REASON", "DETAIL"),
)


def index_of(data: SiteData, facts: Mapping[str, str]) -> Json:
    """Who and what there is; ``facts`` are those of the certificate that people look at first."""
    head, site, texts = data.study.head, data.site, data.texts
    return {
        "study": f"{texts.short} - {texts.title}",
        "version": head.version,
        "site": f"{site.code} - {site.name}",
        "facts": dict(facts),
        "subjects": [row.number for row in data.subjects()],
        "people": [
            [person.login, person.name, person.role, person.organisation]
            for person in data.desk.tables.find(PersonRow)
        ],
    }


def casebooks(data: SiteData) -> Iterator[Json]:
    """Each subject by number, in the order of the index."""
    gone = redacted_texts(data.desk.tables)
    for subject in data.subjects():
        yield _Casebook(data, subject, {head for head, name in gone if name == "value"}).told()


def trails(data: SiteData) -> Iterator[tuple[str, Json]]:
    """The audit trail in parts: of the site (an empty number), then of each subject that has one.

    The columns that people read stand first: when, who, what, where, the answer before and after, why.
    """
    sheet = audit_sheet(data)
    names = [column.name for column in sheet.columns]
    order = sorted(
        range(len(names)), key=lambda at: (_FIRST.index(names[at]) if names[at] in _FIRST else 99, at)
    )
    columns = [sheet.columns[at].label for at in order]
    place = names.index("SUBJID")
    for number, rows in groupby(sheet.rows(), key=lambda row: str(row[place] or "")):
        yield number, {"columns": columns, "rows": [[_plain(row[at]) for at in order] for row in rows]}


class _Casebook:
    """Tells one subject."""

    def __init__(self, data: SiteData, subject: SubjectRow, gone: set[Any]) -> None:
        self._data, self._subject, self._gone = data, subject, gone
        self._tables, self._book = data.desk.tables, RowBook(data, subject.subject)
        found = self._tables.find(TrailRow, subject=subject.subject, kind="value-recorded")
        self._trail = {(row.node, row.seq): row for row in found}
        self._said: dict[ItemKey | Scope, list[Json]] = {}
        self._columns: dict[tuple[str, str], ItemColumns] = {}
        self._verified = {row.key: row.state for row in self._of(VerifiedRow)}
        for query in self._of(QueryRow):
            place = ItemKey(*FormKey(*query[1:6]), query.row, query.item) if query.item else query.scope
            said = [
                f"{n.at[:16]} {n.name} ({n.role}), {n.what}: {n.text or ''}"
                for n in notes_of(data, query.query)
            ]
            self._said.setdefault(place, []).append({"state": query.state, "said": said})
        for finding in self._of(FindingRow):
            if finding.state in ("open", "confirmed"):
                words = [
                    f"{finding.check}: {finding.text or ''}",
                    *([finding.reason] if finding.reason else []),
                ]
                self._said.setdefault(finding.key, []).append({"state": finding.state, "said": words})

    def told(self) -> Json:
        """The whole casebook, visit by visit."""
        forms = {
            at: list(found)
            for at, found in groupby(self._data.forms(self._subject.subject), key=lambda row: row.key.at)
        }
        visits = {row.key for row in self._of(VisitRow)} | forms.keys()
        order = sorted(visits, key=lambda at: (self._data.order(at.visit), at))
        scope = Scope(self._subject.subject)
        return {
            "number": self._subject.number,
            "held": self._held(scope),
            "signatures": self._signatures(scope),
            "queries": self._said.get(scope, []),
            "visits": [self._visit(at, forms.get(at, [])) for at in order],
        }

    def _of(self, table: Any) -> list[Any]:
        return list(self._tables.find(table, subject=self._subject.subject))

    def _visit(self, at: VisitKey, forms: list[FormRow]) -> Json:
        row, scope = self._tables.get(VisitRow, *at), Scope(*at)
        return {
            "title": self._data.texts.visit(at.visit) + (f" {at.visit_n}" if at.visit_n > 1 else ""),
            "date": (row.date or row.booked or "") if row is not None else "",
            "status": row.status if row is not None else "",
            "held": self._held(scope),
            "signatures": self._signatures(scope),
            "queries": self._said.get(scope, []),
            "forms": [self._form(form) for form in forms],
        }

    def _form(self, form: FormRow) -> Json:
        key, scope = form.key, Scope(*form.key)
        return {
            "form": form.form,
            "title": self._title(form),
            "status": form.status,
            "held": self._held(scope),
            "signatures": self._signatures(scope),
            "queries": self._said.get(scope, []),
            "sections": list(self._sections(key)),
        }

    def _title(self, form: FormRow) -> str:
        """What the form is called, with its number and, where the study was amended, its version."""
        number = f" {form.form_n}" if form.form_n > 1 else ""
        title, desk = self._texts(form.key).form(form.form) + number, self._data.desk
        if len(self._data.study.versions) == 1:
            return title
        return self._data.say("{form}, version {version}", form=title, version=version_of(desk, form.key))

    def _texts(self, key: FormKey) -> StudyTexts:
        """The words of the version in which a form was entered."""
        return self._data.desk.versions.at(key).texts(self._data.texts.language)

    def _sections(self, key: FormKey) -> Iterator[Json]:
        answers: dict[str, dict[str, ItemRow]] = {}
        for row in self._tables.find(ItemRow, **key._asdict()):
            answers.setdefault(row.row, {})[row.item] = row
        facts = self._book.rows(key)
        study = self._data.desk.versions.at(key)
        places = study.items(key.form)
        for section in study.form(key.form).sections:
            group = places[section.items[0].item].group if section.items else ""
            rows = (
                [("", "", "")]
                if not group
                else [(f.key, f.label, f.voided) for f in facts if f.group == group]
            )
            told = [
                {
                    "label": label,
                    "voided": voided,
                    "items": [self._item(key, name, item, answers.get(name, {})) for item in section.items],
                }
                for name, label, voided in rows
            ]
            title = self._texts(key).section(key.form, section.section)
            yield {"title": title, "rows": [_kept(row) for row in told]}

    def _item(self, key: FormKey, row: str, item: Item, answers: dict[str, ItemRow]) -> Json | None:
        stored = answers.get(item.item)
        note = parse_type(item.type).kind is Kind.NOTE
        if note or (stored is None and item.when is not None):
            return None
        told: Json = {"item": item.item, "ask": self._texts(key).item(key.form, item.item)}
        if stored is None:
            return told
        at = ItemKey(*key, row, item.item)
        found = self._trail.get(stored.head)
        gone = stored.head in self._gone
        told |= {
            "value": self._data.say(REDACTED) if gone else self._shown(key.form, item, stored),
            "unit": item.unit or "",
            "missing": stored.missing or "",
            "hidden": stored.hidden == 1,
            "by": f"{found.login} {found.at[:16]}" if found is not None else "",
            "why": stored.reason or "",
            "verified": self._verified.get(at, ""),
            "queries": self._said.get(at, []),
        }
        return {name: value for name, value in told.items() if value not in ("", [], False)}

    def _shown(self, form: str, item: Item, stored: ItemRow) -> str:
        """The answer as it is read: code with its decode, number, date."""
        place = (form, item.item)
        if place not in self._columns:
            self._columns[place] = ItemColumns(self._data, form, item, item.item)
        columns = self._columns[place]
        cells = columns.cells(stored._replace(hidden=0), self._book.label)
        names = [column.name for column in columns.columns]
        decode = f"{item.item}_DECODE"
        value = str(_plain(cells[0]) if cells[0] is not None else "")
        words = str(cells[names.index(decode)] or "") if decode in names else ""
        return f"{value} - {words}" if words and words != value else value

    def _held(self, scope: Scope) -> str:
        row = self._tables.get(LockRow, *scope)
        return row.state if row is not None and row.state != "open" else ""

    def _signatures(self, scope: Scope) -> list[str]:
        texts = self._data.texts
        return [
            f"{row.at[:16]} {row.name} ({row.role}): {texts.meaning(row.meaning)} [{row.state}]"
            for row in sorted(self._tables.find(SignatureRow, **scope._asdict()), key=lambda row: row.at)
        ]


def _kept(row: Json) -> Json:
    """Without what is not asked here, and without what says nothing."""
    items = [item for item in row["items"] if item is not None]
    return {name: value for name, value in (row | {"items": items}).items() if value}


def _plain(cell: Cell) -> str | int | None:
    if cell is None or isinstance(cell, int):
        return cell
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
