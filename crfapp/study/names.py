"""What the names of an expression mean at the place where it stands: types, and whether rows exist."""

from __future__ import annotations

from dataclasses import dataclass

from crfapp.study.faults import likely
from crfapp.study.language.kinds import Type, TypeInfo, Unknown, builtin_type, type_of_item
from crfapp.study.language.references import BASELINE, EVERY, PREVIOUS, SITE_WIDE, Ref, RefKind, Source
from crfapp.study.study import ItemPlace, Study, row_group, sections_of

_ANY_VISIT = ("", PREVIOUS, BASELINE, EVERY, SITE_WIDE)


@dataclass(frozen=True, slots=True)
class StandsIn:
    """Where an expression stands: in which form, and in the rows of which section; both may be empty."""

    form: str = ""
    group: str = ""


def rows_of(study: Study, form: str, group: str) -> str:
    """What the rows of a group are the rows of: a form for a log and all that follows it, through ``each``.

    Two groups with the same answer have the same rows. Fixed rows are their own: ``FORM.SECTION``.
    """
    seen: set[tuple[str, str]] = set()
    while form in study.forms and group and (form, group) not in seen:
        seen.add((form, group))
        section = sections_of(study.forms[form]).get(group)
        if section is None or section.rows is None:
            return ""
        if section.rows.fixed:
            return f"{form}.{group}"
        if section.rows.each is None:
            return form
        form = section.rows.each
        group = log_group(study, form)
    return form if group else ""


def log_group(study: Study, form: str) -> str:
    """The section whose rows stand for the form's rows: its log, else its first repeating one; or empty."""
    if form not in study.forms:
        return ""
    repeating = [section for section in study.forms[form].sections if section.rows is not None]
    logs = [section.section for section in repeating if section.rows is not None and section.rows.log]
    return logs[0] if logs else next((section.section for section in repeating), "")


class StudyNames:
    """Resolves names for :func:`crfapp.study.language.check` at one place of a study."""

    def __init__(self, study: Study, stands_in: StandsIn) -> None:
        self._study = study
        self._here = stands_in

    def resolve(self, ref: Ref, /) -> TypeInfo | Unknown:
        """The type of what is pointed at, or why it points at nothing."""
        match ref.kind:
            case RefKind.ITEM:
                return self._of_row(ref) if ref.row else self._item(ref)
            case RefKind.ABOVE:
                return self._above(ref)
            case RefKind.PARAMETER:
                return self._parameter(ref)
            case RefKind.ROW:
                return self._row(ref)
            case _:
                return self._visit(ref.visit) or builtin_type(ref) or Unknown(f"{ref} means nothing.")

    def resolve_rows(self, source: Source, /) -> Unknown | None:
        """None where such rows exist."""
        unknown = self._visit(source.visit)
        if unknown is not None or self._own_section(source):
            return unknown
        if source.name not in self._study.forms:
            return self._no_form(source.name, with_sections=True)
        if source.section and not row_group(self._study.forms[source.name], source.section):
            reason = f"{source.name} has no repeating section {source.section}."
            return Unknown(reason, source.section, self._repeating(source.name))
        return self._held(source.name, source.visit)

    def _item(self, ref: Ref) -> TypeInfo | Unknown:
        if not ref.form:
            return self._own_item(ref.item)
        unknown = self._visit(ref.visit)
        if unknown is None and ref.form not in self._study.forms:
            unknown = self._no_form(ref.form)
        unknown = unknown or self._held(ref.form, ref.visit)
        if unknown is not None:
            return unknown
        place = self._study.items(ref.form).get(ref.item)
        if place is None:
            return self._no_item(ref.form, ref.item)
        return self._one_of_many(ref, place) or self._type(ref.form, place)

    def _own_item(self, item: str) -> TypeInfo | Unknown:
        if self._here.form not in self._study.forms:
            return Unknown(f"{item} stands here without its form; write FORM.{item}.")
        place = self._study.items(self._here.form).get(item)
        if place is None:
            return self._no_item(self._here.form, item)
        if place.group not in ("", self._here.group):
            example = f"any(given(r.{item}) for r in {place.group})"
            return Unknown(f"{item} stands in the rows of {place.group}; write for instance {example}.")
        return self._type(self._here.form, place)

    def _one_of_many(self, ref: Ref, place: ItemPlace) -> Unknown | None:
        """Why a plain reference cannot say which row or which copy of another form is meant."""
        example = f"first(r.{ref.item} for r in {ref.form}{'@' + ref.visit if ref.visit else ''})"
        lost = bool(self._here.group) and not self._rows_here()
        if place.group and not lost and rows_of(self._study, ref.form, place.group) != self._rows_here():
            return Unknown(f"{ref.form}.{ref.item} stands in rows; write for instance {example}.")
        if not place.group and self._study.forms[ref.form].repeats and ref.form != self._here.form:
            return Unknown(f"{ref.form} can be filled more than once; write for instance {example}.")
        return None

    def _rows_here(self) -> str:
        return rows_of(self._study, self._here.form, self._here.group)

    def _of_row(self, ref: Ref) -> TypeInfo | Unknown:
        """``r.ITEM``: an item of the rows, or of their form; ``r.FORM.ITEM``: the same row elsewhere."""
        source = ref.source
        if source is None or self.resolve_rows(source) is not None:
            return TypeInfo(Type.UNKNOWN)
        form, group = self._row_source(source, ref.item)
        if ref.form:
            inside = StudyNames(self._study, StandsIn(form, group))
            return inside.resolve(Ref(RefKind.ITEM, ref.item, ref.form, ref.visit))
        place = self._study.items(form).get(ref.item)
        if place is None:
            return self._no_item(form, ref.item)
        if place.group not in ("", group):
            return Unknown(f"{ref.item} does not stand in the rows of {source}.")
        return self._type(form, place)

    def _row_source(self, source: Source, item: str) -> tuple[str, str]:
        """The form and row group of a source; of several groups the one that holds the item."""
        if self._own_section(source):
            return self._here.form, row_group(self._study.forms[self._here.form], source.name)
        if source.section:
            return source.name, row_group(self._study.forms[source.name], source.section)
        place = self._study.items(source.name).get(item)
        return source.name, (place.group if place else "") or log_group(self._study, source.name)

    def _own_section(self, source: Source) -> bool:
        form = self._study.forms.get(self._here.form)
        plain = not source.visit and not source.section
        return plain and form is not None and bool(row_group(form, source.name))

    def _above(self, ref: Ref) -> TypeInfo | Unknown:
        place = self._study.items(self._here.form).get(ref.item) if self._here.group else None
        if place is None or place.group != self._here.group:
            return Unknown(f"ABOVE.{ref.item} needs an item of the same rows.")
        return self._type(self._here.form, place)

    def _parameter(self, ref: Ref) -> TypeInfo | Unknown:
        known = self._study.head.parameters
        if ref.item not in known:
            return Unknown(f"There is no parameter {ref.item}.", ref.item, likely(ref.item, known))
        return TypeInfo(Type.NUMBER if known[ref.item].type == "number" else Type.TEXT)

    def _row(self, ref: Ref) -> TypeInfo | Unknown:
        if not ref.row and not self._here.group:
            return Unknown(f"{ref} has a meaning in rows only.")
        found = builtin_type(ref) or TypeInfo(Type.UNKNOWN)
        if found.type is not Type.ROW:
            return found
        if ref.row and ref.source is not None:
            form, group = self._row_source(ref.source, "") if not self.resolve_rows(ref.source) else ("", "")
            return TypeInfo(Type.ROW, rows_of=rows_of(self._study, form, group) or form)
        return TypeInfo(Type.ROW, rows_of=self._rows_here())

    def _type(self, form: str, place: ItemPlace) -> TypeInfo | Unknown:
        codelist = self._study.codelists.get(place.item.codes or "")
        codes = None if codelist is None else frozenset(entry.code for entry in codelist.codes)
        found = type_of_item(self._study.field(form, place.item.item), place.item.codes or "", codes)
        return found or Unknown(f"{place.item.item} is a note and has no answer.")

    def _visit(self, visit: str) -> Unknown | None:
        if visit in _ANY_VISIT or visit in self._study.visits:
            return None
        return Unknown(f"There is no visit {visit}.", visit, likely(visit, self._study.visits))

    def _held(self, form: str, visit: str) -> Unknown | None:
        """Why a form can never be found at a visit that is named."""
        holders = self._study.visits_of(form)
        if visit in self._study.visits and visit not in holders:
            return Unknown(f"{visit} does not hold {form}.", visit, holders)
        if visit == BASELINE and not any(self._study.visits[holder].baseline for holder in holders):
            return Unknown(f"No baseline visit holds {form}.")
        return None

    def _no_form(self, form: str, *, with_sections: bool = False) -> Unknown:
        rows = self._repeating(self._here.form) if with_sections else ()
        word = "form or repeating section" if with_sections else "form"
        return Unknown(f"There is no {word} {form}.", form, likely(form, (*rows, *self._study.forms)))

    def _no_item(self, form: str, item: str) -> Unknown:
        return Unknown(f"{form} has no item {item}.", item, likely(item, self._study.items(form)))

    def _repeating(self, form: str) -> tuple[str, ...]:
        known = self._study.forms.get(form)
        return () if known is None else tuple(s.section for s in known.sections if s.rows is not None)
