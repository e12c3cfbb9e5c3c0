"""The answers in force as ODM clinical data, with who gave each, when, where and why (REQ-102, REQ-809).

Subject by subject: memory does not grow with the site.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.exchange.odm import names
from crfapp.exchange.odm.remarks import Remark, Remarks, write_remarks
from crfapp.ledger.fold_forms import MOVED
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import FormRowRow, ItemRow, TrailRow, VisitRow
from crfapp.study.types import Kind
from crfapp.work.not_collected import version_of
from crfapp.work.redaction import redacted_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.odm.xml_stream import XmlStream
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.keys import EventId
    from crfapp.ledger.state import FormRow, SignatureRow, SubjectRow
    from crfapp.study.study import ItemPlace


def write_clinical(data: SiteData, xml: XmlStream) -> int:
    """The ``ClinicalData`` element; how many answers are in it."""
    gone = redacted_texts(data.desk.tables)
    study = data.study
    count = 0
    with xml.element(
        "ClinicalData", StudyOID=names.study_oid(study), MetaDataVersionOID=names.version_oid(study)
    ):
        for subject in data.subjects():
            count += _Casebook(data, xml, subject, gone).write()
    return count


class _Casebook:
    """Writes one subject."""

    def __init__(
        self, data: SiteData, xml: XmlStream, subject: SubjectRow, gone: frozenset[tuple[EventId, str]]
    ) -> None:
        self._data, self._xml, self._subject, self._gone = data, xml, subject, gone
        self._remarks = Remarks(data, subject.subject, gone)
        found = data.desk.tables.find(TrailRow, subject=subject.subject, kind="value-recorded")
        self._trail = {(row.node, row.seq): row for row in found}
        self._where = names.location_oid(data.site.code)
        self._answers = 0
        self._amended = len(data.study.versions) > 1

    def write(self) -> int:
        scope = Scope(self._subject.subject)
        with self._xml.element("SubjectData", SubjectKey=self._subject.number):
            self._signature(scope)
            self._xml.leaf("SiteRef", LocationOID=self._where)
            write_remarks(self._xml, self._remarks.at(scope))
            self._events()
        return self._answers

    def _events(self) -> None:
        forms = {
            at: list(found)
            for at, found in groupby(self._data.forms(self._subject.subject), key=lambda row: row.key.at)
        }
        visits = {row.key for row in self._data.desk.tables.find(VisitRow, subject=self._subject.subject)}
        # the logs of a casebook belong to no visit that took place
        for visit in sorted(visits | forms.keys(), key=lambda at: (self._data.order(at.visit), at)):
            scope = Scope(*visit)
            with self._xml.element(
                "StudyEventData",
                StudyEventOID=names.event_oid(visit.visit),
                StudyEventRepeatKey=str(visit.visit_n),
            ):
                self._signature(scope)
                write_remarks(self._xml, self._remarks.at(scope))
                for form in forms.get(visit, []):
                    self._form(form)

    def _form(self, form: FormRow) -> None:
        key, scope = form.key, Scope(*form.key)
        with self._xml.element("FormData", FormOID=names.form_oid(form.form), FormRepeatKey=str(form.form_n)):
            self._signature(scope)
            version = [Remark("VERSION", version_of(self._data.desk, key))] if self._amended else []
            write_remarks(self._xml, [Remark("FORM", form.status), *version, *self._remarks.at(scope)])
            for (group, row), answers in self._groups(key):
                oid = names.group_oid(form.form, group)
                with self._xml.element("ItemGroupData", ItemGroupOID=oid, ItemGroupRepeatKey=row or "1"):
                    if form.status == MOVED or row in self._voided(key):
                        write_remarks(self._xml, [Remark("ROW", "voided")])
                    for stored, place in answers:
                        self._answer(stored, place)

    def _groups(self, key: FormKey) -> Iterator[tuple[tuple[str, str], list[tuple[ItemRow, ItemPlace]]]]:
        """The answers of a form that may leave, by group and row, in the order of the form."""
        places = self._data.study.items(key.form)
        order = {item: number for number, item in enumerate(places)}
        found: dict[tuple[str, str], list[tuple[ItemRow, ItemPlace]]] = {}
        rows = self._data.desk.tables.find(ItemRow, **key._asdict())
        for stored in sorted(rows, key=lambda one: (order.get(one.item, len(order)), one.row)):
            place = places.get(stored.item)
            stays = self._data.confidential.keeps(key.form, stored.item)
            if place is not None and not stays and stored.hidden != 1:
                group = (place.group or place.section, stored.row)
                found.setdefault(group, []).append((stored, place))
        yield from found.items()

    def _voided(self, key: FormKey) -> set[str]:
        return {row.row for row in self._data.desk.tables.find(FormRowRow, **key._asdict()) if row.voided}

    def _answer(self, stored: ItemRow, place: ItemPlace) -> None:
        xml, item = self._xml, place.item
        kind = self._data.study.field(stored.form, item.item).kind
        remarks = list(self._remarks.at(stored.key))
        if (stored.head, "value") in self._gone:
            remarks.insert(0, Remark("REDACTED", "redacted"))
        elif stored.missing is not None:
            codes = names.list_oid(self._data.study.head.missing)
            remarks.insert(0, Remark("MISSING", stored.missing, codes))
        value = None if stored.value is None else _value(stored.value, kind)
        with xml.element(
            "ItemData",
            ItemOID=names.item_oid(stored.form, item.item),
            Value=value,
            IsNull="Yes" if value is None else None,
        ):
            self._audit(stored)
            if item.unit and value is not None:
                xml.leaf("MeasurementUnitRef", MeasurementUnitOID=names.unit_oid(item.unit))
            write_remarks(xml, remarks)
        self._answers += 1

    def _audit(self, stored: ItemRow) -> None:
        """Who recorded the answer in force, where, when, why, and in which event."""
        found = self._trail.get(stored.head)
        if found is None:
            return
        with self._xml.element("AuditRecord"):
            self._xml.leaf("UserRef", UserOID=names.user_oid(found.login))
            self._xml.leaf("LocationRef", LocationOID=self._where)
            self._xml.leaf("DateTimeStamp", found.at)
            if stored.reason:
                self._xml.leaf("ReasonForChange", stored.reason)
            self._xml.leaf("SourceID", f"{stored.node}:{stored.seq}")

    def _signature(self, scope: Scope) -> None:
        row: SignatureRow | None = self._remarks.signed.get(scope)
        if row is None:
            return
        with self._xml.element("Signature", ID=f"sig-{row.signature}"):
            self._xml.leaf("UserRef", UserOID=names.user_oid(row.login))
            self._xml.leaf("LocationRef", LocationOID=self._where)
            self._xml.leaf("SignatureRef", SignatureOID=names.meaning_oid(row.meaning))
            self._xml.leaf("DateTimeStamp", row.at)


def _value(text: str, kind: Kind) -> str:
    """Canonical text as ODM writes it: a moment without the name of its zone, which ISO 8601 has not."""
    if kind is Kind.DATETIME:
        try:
            return Moment.parse(text).local.isoformat()
        except ValueError:
            return text
    return text
