"""A study pack ready for use: everything found by name, types parsed, rows of every item known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, RefusedError
from crfapp.study.content import pack_content, pack_from
from crfapp.study.texts import StudyTexts
from crfapp.study.types import ItemType, Kind, parse_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crfapp.study.model import CodeList, Form, Item, Pack, Section, StudyHead, Visit

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where an item stands. ``group``: the section whose rows it belongs to, empty where it is asked once."""

    item: Item
    section: str
    group: str


class Study:
    """Index over one version of a study. ``hash`` is the pack's identity, ``content`` its canonical bytes.

    ``head`` holds identity, numbering, parameters, schedule and the checks over the whole study;
    ``forms``, ``visits`` and ``codelists`` are what there is, by OID. Where a name is given twice (a pack
    with errors) the first counts. Asking for a name that is not there is a RefusedError (R-203 ff.).
    ``versions`` are all that were put in force, the first one first, and ``in_force`` the last of them: this
    one alone where nothing was amended (:class:`crfapp.study.versions.AmendedStudy`).
    """

    def __init__(self, pack: Pack, content: bytes | None = None) -> None:
        self.pack = pack
        self.head: StudyHead = pack.head
        self.codelists: Mapping[str, CodeList] = pack.codelists
        self._content = content
        self.forms: Mapping[str, Form] = _first((form.form, form) for form in pack.forms)
        self.visits: Mapping[str, Visit] = _first((visit.visit, visit) for visit in pack.head.visits)
        self.visit_order = {oid: place for place, oid in enumerate(self.visits)}
        self._items: dict[str, dict[str, ItemPlace]] = {}
        self._types: dict[str, ItemType] = {}
        self._texts: dict[str, StudyTexts] = {}
        self.versions: tuple[Study, ...] = (self,)
        self.in_force: Study = self

    @classmethod
    def from_content(cls, content: bytes) -> Study:
        """A study from kept bytes; ValueError where they are not a pack's content."""
        return cls(pack_from(content), content)

    @cached_property
    def content(self) -> bytes:
        """Canonical bytes of the pack, as they were given or as they are made now."""
        return pack_content(self.pack) if self._content is None else self._content

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the content, lower-case hex."""
        return sha256(self.content)

    def form(self, oid: str) -> Form:
        """A form by its OID."""
        if oid not in self.forms:
            raise RefusedError(Code.UNKNOWN_FORM, form=oid)
        return self.forms[oid]

    def items(self, form: str) -> Mapping[str, ItemPlace]:
        """All items of a form by OID, in the order of the form."""
        if form not in self._items:
            self._items[form] = _places(self.form(form))
        return self._items[form]

    def place(self, form: str, item: str) -> ItemPlace:
        """One item with its section and row group."""
        place = self.items(form).get(item)
        if place is None:
            raise RefusedError(Code.UNKNOWN_ITEM, form=form, item=item)
        return place

    def field(self, form: str, item: str) -> ItemType:
        """The parsed type of an item."""
        text = self.place(form, item).item.type
        if text not in self._types:
            self._types[text] = parse_type(text)
        return self._types[text]

    def groups_of(self, form: str) -> Mapping[str, str]:
        """The row group of every item of a form: the OID of the repeating section, or empty."""
        return {oid: place.group for oid, place in self.items(form).items()}

    def section(self, form: str, section: str) -> Section:
        """A section of a form; a row group is named by its section."""
        found = sections_of(self.form(form)).get(section)
        if found is None:
            raise RefusedError(Code.UNKNOWN_FORM, form=form, section=section)
        return found

    def visit(self, oid: str) -> Visit:
        """A visit of the schedule."""
        if oid not in self.visits:
            raise RefusedError(Code.UNKNOWN_VISIT, visit=oid)
        return self.visits[oid]

    def visits_of(self, form: str) -> tuple[str, ...]:
        """The visits that hold a form, in the order of the schedule."""
        return self._holders.get(form, ())

    def codes(self, oid: str) -> tuple[str, ...]:
        """The codes of a list in order; none where there is no such list."""
        found = self.codelists.get(oid)
        return () if found is None else tuple(entry.code for entry in found.codes)

    def missing_codes(self, form: str, item: str) -> tuple[str, ...]:
        """The reasons that may stand instead of an answer; none for what nobody is asked."""
        asked = self.place(form, item).item
        if asked.is_ is not None or self.field(form, item).kind is Kind.NOTE:
            return ()
        return self.codes(self.head.missing) if asked.missing is None else asked.missing

    def parameter(self, name: str) -> Decimal | str:
        """A figure of the protocol, as a number or a text; KeyError where there is none."""
        found = self.head.parameters[name]
        return Decimal(found.value) if found.type == "number" else found.value

    def texts(self, language: str) -> StudyTexts:
        """The study's texts in a language; the pack's own where a translation is missing."""
        if language not in self._texts:
            self._texts[language] = StudyTexts(self.pack, language)
        return self._texts[language]

    @cached_property
    def _holders(self) -> dict[str, tuple[str, ...]]:
        holders: dict[str, tuple[str, ...]] = {}
        for visit in self.head.visits:
            for held in visit.forms:
                holders[held.form] = (*holders.get(held.form, ()), visit.visit)
        return holders


def visits_after(study: Study, visit: str) -> tuple[str, ...]:
    """The visits that one can be held together with: those behind it in the schedule.

    A repeating visit has no place there; it can be held together with any that is planned.
    """
    if study.visit(visit).kind == "repeating":
        return tuple(oid for oid, other in study.visits.items() if other.kind == "scheduled")
    place = study.visit_order[visit]
    return tuple(oid for oid in study.visits if study.visit_order[oid] > place)


def sections_of(form: Form) -> Mapping[str, Section]:
    """The sections of a form by OID."""
    return _first((section.section, section) for section in form.sections)


def row_group(form: Form, section: str) -> str:
    """The section whose rows a section's items belong to, through every ``continues``; empty for none."""
    sections, seen = sections_of(form), set[str]()
    while section in sections and section not in seen:
        seen.add(section)
        found = sections[section]
        if found.rows is not None:
            return section
        section = found.continues or ""
    return ""


def _places(form: Form) -> dict[str, ItemPlace]:
    groups = {section.section: row_group(form, section.section) for section in form.sections}
    return _first(
        (item.item, ItemPlace(item, section.section, groups[section.section]))
        for section in form.sections
        for item in section.items
    )


def _first(named: Iterable[tuple[str, Thing]]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for name, thing in named:
        found.setdefault(name, thing)
    return found
