"""A study pack as ODM metadata: visits, forms, groups, items, code lists, units, rules; in every language.

What the pack keeps at the site is left out (REQ-808). Expressions stand as they are, in the pack's own
language (context ``crfapp``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.exchange.odm import names
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.exchange.confidential import Confidential
    from crfapp.exchange.odm.xml_stream import XmlStream
    from crfapp.study.model import Form, Item, Visit
    from crfapp.study.study import ItemPlace, Study
    from crfapp.study.texts import StudyTexts

_EVENT_TYPES = {"scheduled": "Scheduled", "log": "Common"}
_FIGURE = re.compile(r"P\.([A-Z0-9_]+)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
CONTEXT = "crfapp"


class Metadata:
    """Writes the ``Study`` element of one version."""

    def __init__(self, study: Study, confidential: Confidential, xml: XmlStream) -> None:
        self._study, self._confidential, self._xml = study, confidential, xml
        self._texts = {language: study.texts(language) for language in study.head.languages}
        self._forms = [form for form in study.forms.values() if not confidential.keeps(form.form)]

    def write(self) -> None:
        """The whole of it."""
        head, xml = self._study.head, self._xml
        with xml.element("Study", OID=names.study_oid(self._study)):
            with xml.element("GlobalVariables"):
                xml.leaf("StudyName", head.short)
                xml.leaf("StudyDescription", head.title)
                xml.leaf("ProtocolName", head.registration or head.study)
            with xml.element("BasicDefinitions"):
                self._units()
            version = f"{head.short} {head.version}"
            with xml.element("MetaDataVersion", OID=names.version_oid(self._study), Name=version):
                self._protocol()
                for visit in self._study.visits.values():
                    self._event(visit)
                for form in self._forms:
                    self._form(form)
                for form in self._forms:
                    self._groups(form)
                for form, place in self._items():
                    self._item(form.form, place.item)
                self._lists()
                self._conditions()
                self._methods()

    def _said(self, of: Callable[[StudyTexts], str]) -> dict[str, str]:
        return {language: of(texts) for language, texts in self._texts.items()}

    def _items(self) -> Iterator[tuple[Form, ItemPlace]]:
        """What can be answered and may leave, form by form."""
        for form in self._forms:
            for place in self._study.items(form.form).values():
                item = place.item.item
                note = self._study.field(form.form, item).kind is Kind.NOTE
                if not note and not self._confidential.keeps(form.form, item):
                    yield form, place

    def _units(self) -> None:
        for unit in sorted({place.item.unit for _, place in self._items() if place.item.unit}):
            with self._xml.element("MeasurementUnit", OID=names.unit_oid(unit), Name=unit):
                self._xml.translated("Symbol", {self._study.head.language: unit})

    def _protocol(self) -> None:
        with self._xml.element("Protocol"):
            for number, visit in enumerate(self._study.visits.values(), 1):
                mandatory = "Yes" if visit.kind == "scheduled" else "No"
                self._xml.leaf(
                    "StudyEventRef",
                    StudyEventOID=names.event_oid(visit.visit),
                    OrderNumber=str(number),
                    Mandatory=mandatory,
                )

    def _event(self, visit: Visit) -> None:
        xml = self._xml
        with xml.element(
            "StudyEventDef",
            OID=names.event_oid(visit.visit),
            Name=visit.visit,
            Repeating="Yes" if visit.kind == "repeating" else "No",
            Type=_EVENT_TYPES.get(visit.kind, "Unscheduled"),
        ):
            xml.translated("Description", self._said(lambda texts: texts.visit(visit.visit)))
            for number, at in enumerate(visit.forms, 1):
                if not self._confidential.keeps(at.form):
                    mandatory = "No" if at.optional or at.when else "Yes"
                    xml.leaf(
                        "FormRef",
                        FormOID=names.form_oid(at.form),
                        OrderNumber=str(number),
                        Mandatory=mandatory,
                    )

    def _form(self, form: Form) -> None:
        oid, repeating = names.form_oid(form.form), "Yes" if form.repeats else "No"
        with self._xml.element("FormDef", OID=oid, Name=form.form, Repeating=repeating):
            self._xml.translated("Description", self._said(lambda texts: texts.form(form.form)))
            for number, group in enumerate(self._group_items(form), 1):
                oid = names.group_oid(form.form, group)
                self._xml.leaf("ItemGroupRef", ItemGroupOID=oid, OrderNumber=str(number), Mandatory="Yes")

    def _group_items(self, form: Form) -> dict[str, list[ItemPlace]]:
        """The groups of a form: a section, or all that is asked of the same rows."""
        found: dict[str, list[ItemPlace]] = {}
        for of, place in self._items():
            if of is form:
                found.setdefault(place.group or place.section, []).append(place)
        return found

    def _groups(self, form: Form) -> None:
        xml = self._xml
        for group, places in self._group_items(form).items():
            repeating = "Yes" if places[0].group else "No"
            oid = names.group_oid(form.form, group)
            with xml.element("ItemGroupDef", OID=oid, Name=f"{form.form}.{group}", Repeating=repeating):
                said = self._said(lambda texts, section=group: texts.section(form.form, section))  # type: ignore[misc]
                xml.translated("Description", said)
                for number, place in enumerate(places, 1):
                    item, oid = place.item, names.item_oid(form.form, place.item.item)
                    xml.leaf(
                        "ItemRef",
                        ItemOID=oid,
                        OrderNumber=str(number),
                        Mandatory="Yes" if item.required is True else "No",
                        CollectionExceptionConditionOID=f"COND.{oid}" if item.when else None,
                        MethodOID=f"MT.{oid}" if item.is_ else None,
                    )

    def _item(self, form: str, item: Item) -> None:
        xml, type_ = self._xml, self._study.field(form, item.item)
        with xml.element(
            "ItemDef",
            OID=names.item_oid(form, item.item),
            Name=item.item,
            DataType=names.DATA_TYPES.get(type_.kind, "text"),
            Length=str(type_.size) if type_.size else None,
            SignificantDigits=str(type_.digits) if type_.digits else None,
            Origin="Derived" if item.is_ else "CRF",
        ):
            xml.translated("Question", self._said(lambda texts: texts.item(form, item.item)))
            if item.unit:
                xml.leaf("MeasurementUnitRef", MeasurementUnitOID=names.unit_oid(item.unit))
            self._ranges(item)
            if type_.kind is Kind.SCALE:
                self._range("GE", "Hard", str(type_.low))
                self._range("LE", "Hard", str(type_.high))
            if type_.kind is Kind.YESNO and not item.codes:
                xml.leaf("CodeListRef", CodeListOID=names.YES_NO)
            elif item.codes and type_.kind is not Kind.CHOICES:
                xml.leaf("CodeListRef", CodeListOID=names.list_oid(item.codes))
            elif item.codes:  # several codes in one answer are no code of the list
                xml.leaf("Alias", Context=f"{CONTEXT}.codes", Name=names.list_oid(item.codes))
            xml.leaf("Alias", Context=f"{CONTEXT}.type", Name=item.type)

    def _ranges(self, item: Item) -> None:
        given = item.range
        for strength, band in (("Hard", given.hard), ("Soft", given.soft)) if given is not None else ():
            for comparator, end in zip(("GE", "LE"), band or (None, None), strict=True):
                if end is not None:
                    self._range(comparator, strength, self._figure(end))

    def _range(self, comparator: str, strength: str, end: str) -> None:
        with self._xml.element("RangeCheck", Comparator=comparator, SoftHard=strength):
            if _NUMBER.fullmatch(end):
                self._xml.leaf("CheckValue", end)
            else:
                self._xml.leaf("FormalExpression", end, Context=CONTEXT)

    def _figure(self, end: str) -> str:
        """A figure of the protocol by its value."""
        named = _FIGURE.fullmatch(end.strip())
        known = self._study.head.parameters.get(named[1]) if named else None
        return known.value if known else end

    def _lists(self) -> None:
        xml, own = self._xml, self._study.head.language
        for oid, found in self._study.codelists.items():
            with xml.element("CodeList", OID=names.list_oid(oid), Name=found.title, DataType="text"):
                for number, entry in enumerate(found.codes, 1):
                    with xml.element("CodeListItem", CodedValue=entry.code, OrderNumber=str(number)):
                        said = self._said(lambda t, code=entry.code, of=oid: t.code(of, code))  # type: ignore[misc]
                        xml.translated("Decode", said)
        ours = ((names.YES_NO, "No or yes", {"Y": "Yes", "N": "No"}),)
        flags = ((names.FLAGS, "What a flag tells", names.FLAG_WORDS),)
        states = ((names.STATES, "States", names.STATE_WORDS),)
        for oid, title, codes in (*ours, *flags, *states):
            with xml.element("CodeList", OID=oid, Name=title, DataType="text"):
                for code, words in codes.items():
                    with xml.element("CodeListItem", CodedValue=code):
                        xml.translated("Decode", {"en" if own != "en" else own: words})

    def _conditions(self) -> None:
        """When an item is not asked: the opposite of the pack's condition, as ODM wants it."""
        for form, place in self._items():
            if place.item.when:
                oid = names.item_oid(form.form, place.item.item)
                with self._xml.element("ConditionDef", OID=f"COND.{oid}", Name=oid):
                    self._xml.translated("Description", {"en": "Not asked where this holds"})
                    self._xml.leaf("FormalExpression", f"not ({place.item.when})", Context=CONTEXT)

    def _methods(self) -> None:
        for form, place in self._items():
            if place.item.is_:
                oid = names.item_oid(form.form, place.item.item)
                with self._xml.element("MethodDef", OID=f"MT.{oid}", Name=oid, Type="Computation"):
                    self._xml.translated("Description", {"en": "Worked out from other answers"})
                    self._xml.leaf("FormalExpression", place.item.is_, Context=CONTEXT)
