"""Which forms read which items of other forms; worked out from the expressions, once for a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.plan import refs_of, tree_of
from crfapp.study.language import SITE_WIDE, RefKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.form.plan_parts import FormPlan
    from crfapp.study.language import Ref
    from crfapp.study.study import Study

VISIT = "VISIT"
"""Stands for the visits' own facts where names of changed forms are given."""
ROWS = "KEY"
"""Stands for rows that came or went, and for the form's beginning, where changed items are named."""


class Readers:
    """Answers whom a change concerns. ``plan`` gives a form's plan at a visit."""

    def __init__(self, study: Study, plan: Callable[[str, str], FormPlan]) -> None:
        self._study = study
        self._plan = plan
        self._read: dict[str, set[str]] | None = None
        self._rests: dict[str, dict[str, frozenset[str]]] = {}
        self._refs: dict[tuple[str, str, str], dict[str, set[Ref]]] = {}

    def is_read(self, form: str, items: set[str]) -> bool:
        """Whether any form of the study reads one of these items of a form, or has rows that rest on it."""
        if self._read is None:
            self._read = self._all_read()
        found = self._read.get(form, set())
        return bool(found) if form == VISIT else not found.isdisjoint(items)

    def refs(self, reader: tuple[str, str], form: str, items: set[str]) -> set[Ref]:
        """The references by which a form at a visit (``reader``) points at these items of a form."""
        known = self._refs.get((*reader, form))
        if known is None:
            known = self._refs[*reader, form] = {}
            for ref in self._plan(*reader).outside:
                if form in _pointed_at(ref):
                    known.setdefault(_item(ref), set()).add(ref)
        wanted = known if form == VISIT else known.keys() & items
        return {ref for item in wanted for ref in known[item]}

    def rests_on(self, form: str, source: str) -> frozenset[str]:
        """The items of a source on which it depends which rows a form has and what they are called."""
        if form not in self._rests:
            self._rests[form] = self._rows_from(form, frozenset())
        return self._rests[form].get(source, frozenset())

    def _all_read(self) -> dict[str, set[str]]:
        read: dict[str, set[str]] = {}
        for visit in self._study.head.visits:
            for held in visit.forms:
                for ref in self._plan(held.form, visit.visit).outside:
                    for form in _pointed_at(ref):
                        read.setdefault(form, set()).add(_item(ref))
        for form in self._study.forms:
            for source in self._study.forms:
                read.setdefault(source, set()).update(self.rests_on(form, source))
        return read

    def _rows_from(self, form: str, seen: frozenset[str]) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for section in self._study.form(form).sections:
            source = section.rows.each if section.rows else None
            if section.rows is None or source is None or source in seen:
                continue
            where = refs_of(tree_of(section.rows.where)) if section.rows.where else frozenset()
            items = {ref.item for ref in where} | self._labels(source) | {ROWS}
            found[source] = found.get(source, frozenset()) | items
            for origin, names in self._rows_from(source, seen | {form}).items():
                found[origin] = found.get(origin, frozenset()) | names
        return found

    def _labels(self, form: str) -> set[str]:
        sections = self._study.form(form).sections
        return {s.rows.label.item for s in sections if s.rows is not None and s.rows.label is not None}


def _pointed_at(ref: Ref) -> tuple[str, ...]:
    """The forms whose change can change what a reference means."""
    if ref.kind in (RefKind.VISIT, RefKind.CLOCK):
        return (ref.kind.value,)
    at = ref.visit or (ref.source.visit if ref.source else "")
    form = ref.form or (ref.source.name if ref.source else "")
    # which of several forms is meant hangs on the days of their visits, but for those of everybody
    return (form,) if at == SITE_WIDE else (form, VISIT)


def _item(ref: Ref) -> str:
    return ROWS if ref.kind is RefKind.ROW else ref.item
