"""What a form sees of the rest: other forms and visits of its subject, its visit, the site, the clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crfapp.form.row_state import FormRowInfo
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import SubjectRow, VisitRow
from crfapp.study.language import SITE_WIDE, RefKind
from crfapp.study.names import log_group
from crfapp.work.begun import forms_begun, is_begun
from crfapp.work.rows import StoredRow, recorded, rows_of_form
from crfapp.work.units_then import as_asked_by

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.base.times import Moment
    from crfapp.ledger.state import SiteRow
    from crfapp.study.language import Ref, Row, Source
    from crfapp.study.types import Value
    from crfapp.work.desk import Desk
    from crfapp.work.schedule import Slot


class OutsideForm:
    """The world as one form at one visit of one subject sees it.

    ``slots`` is the schedule where that is just being worked out and the desk cannot be asked.
    """

    def __init__(self, desk: Desk, key: FormKey, slots: Sequence[Slot] | None = None) -> None:
        self._desk = desk
        self._key = key
        self._slots = slots

    def value(self, ref: Ref, row: str) -> Value:
        """The value of a reference that points out of the form."""
        match ref.kind:
            case RefKind.VISIT:
                return self._visit(ref)
            case RefKind.SITE:
                return _ASKED_OF_SITE[ref.item](self._desk.site)
            case RefKind.SUBJECT:
                subject = self._desk.tables.get(SubjectRow, self._key.subject)
                return None if subject is None else subject.number
            case _:
                return self._item(ref, row)

    def rows(self, source: Source) -> Sequence[object]:
        """The rows of another form: of one place, of all visits (``@ALL``) or of everybody (``@SITE``)."""
        if source.visit != SITE_WIDE:
            return self._rows_at(source, self._places(source.name, source.visit))
        kept = self._desk.forms.everybody
        name = (
            f"{source} {self._desk.versions.at(self._key).hash}"
            if self._desk.versions.amended
            else str(source)
        )
        if name not in kept:
            begun = sorted(row.key for row in forms_begun(self._desk, form=source.name))
            kept[name] = self._rows_at(source, begun)
        return kept[name]

    def rows_holding(self, source: Source, item: str, value: Value) -> Sequence[object]:
        """Of everybody's rows those that hold this value at an item: found by it, however many there are."""
        if not isinstance(value, str) and type(value) is not date:
            return self.rows(source)  # two texts can say the same number
        held: dict[FormKey, set[str]] = {}
        for row in self._desk.tables.holding(source.name, item, str(value)):
            held.setdefault(row.key.of, set()).add(row.row)
        rows = self._rows_at(source, [key for key in sorted(held) if is_begun(self._desk, key)])
        return [row for row in rows if held[row.key] & {"", row.info.key}]

    def _rows_at(self, source: Source, keys: list[FormKey]) -> list[StoredRow]:
        found: list[StoredRow] = []
        for key in keys:
            plan = self._desk.forms.plan(key)
            groups = rows_of_form(self._desk, key, plan)
            group = source.section or log_group(self._desk.study, key.form)
            # a form that has no rows counts as one
            rows = groups.get(group, ()) if group else [FormRowInfo("", 1, "")]
            found += [StoredRow(self._desk, key, info, self._key) for info in rows]
        return found

    def today(self) -> date:
        """The day at the site."""
        return self._desk.today

    def now(self) -> Moment:
        """The present at the site."""
        return self._desk.now

    def missing_reason(self, ref: Ref, row: str) -> str | None:
        """The missing code at an item outside the form."""
        place = self._place(ref, row)
        stored = None if place is None else self._desk.stored(place)
        return None if stored is None or stored.hidden == 1 else stored.missing

    def _item(self, ref: Ref, row: str) -> Value:
        place = self._place(ref, row)
        if place is None:
            return None
        value = recorded(self._desk, place)
        return as_asked_by(self._desk, self._desk.versions.at(self._key), place, value)

    def _place(self, ref: Ref, row: str) -> ItemKey | None:
        places = self._places(ref.form, ref.visit)
        if not places:
            return None
        key = places[-1]
        planned = self._desk.forms.plan(key).items.get(ref.item)
        return None if planned is None else ItemKey(*key, row if planned.group else "", ref.item)

    def _places(self, form: str, visit: str) -> list[FormKey]:
        """Where the subject's forms of this kind stand, narrowed to what the reference names."""
        began = sorted(
            (row.key for row in forms_begun(self._desk, subject=self._key.subject, form=form)),
            key=self._when,
        )
        match visit:
            case "":
                here = [key for key in began if key.at == self._key.at]
                return here or (began[:1] if self._stands_once(form) else [])
            case "ALL":
                return began
            case "PREV":
                return [key for key in began if self._when(key) < self._when(self._key)][-1:]
            case "BASE":
                return [key for key in began if self._desk.study.visit(key.visit).baseline][:1]
            case _:
                return [key for key in began if key.visit in (visit, self._went_into(visit))][:1]

    def _went_into(self, visit: str) -> str | None:
        """The visit that one was merged into: what it would hold stands there."""
        row = self._desk.tables.get(VisitRow, self._key.subject, visit, 1)
        return row.why if row is not None and row.status == "merged" else None

    def _stands_once(self, form: str) -> bool:
        """Whether a subject has one form of this kind: a log, or one that a single visit holds."""
        visits = self._desk.study.visits_of(form)
        return len(visits) == 1 or any(self._desk.study.visit(oid).kind == "log" for oid in visits)

    def _when(self, key: FormKey) -> tuple[str, int, int, int]:
        row = self._desk.tables.get(VisitRow, *key.at)
        place = self._desk.study.visit_order[key.visit]
        return (row.date or "" if row else "", place, key.visit_n, key.form_n)

    def _visit(self, ref: Ref) -> Value:
        slot = self._slot(ref.visit or self._key.visit, 1 if ref.visit else self._key.visit_n)
        if slot is None:
            return None
        return _ASKED_OF_VISIT[ref.item](slot)

    def _slot(self, visit: str, n: int) -> Slot | None:
        slots = self._desk.slots(self._key.subject) if self._slots is None else self._slots
        return next((slot for slot in slots if (slot.visit, slot.visit_n) == (visit, n)), None)


class ElsewhereScope:
    """What a condition that stands in no form can ask: it has no items of its own."""

    def __init__(self, outside: OutsideForm) -> None:
        self._outside = outside

    def value(self, ref: Ref) -> Value:
        """A value of the subject's forms or visits."""
        return self._outside.value(ref, "")

    def missing_reason(self, ref: Ref) -> str | None:
        """The missing code at an item."""
        return self._outside.missing_reason(ref, "")

    def rows(self, source: Source) -> Sequence[Row]:
        """Rows of a form."""
        return self._outside.rows(source)  # type: ignore[return-value]  # scopes of the same shape

    def rows_holding(self, source: Source, item: str, value: Value) -> Sequence[Row]:
        """Rows of everybody that hold a value."""
        return self._outside.rows_holding(source, item, value)  # type: ignore[return-value]

    def today(self) -> date:
        """The day at the site."""
        return self._outside.today()

    def now(self) -> Moment:
        """The present at the site."""
        return self._outside.now()


def _study_day(slot: Slot) -> int | None:
    """CDISC study day: there is no day 0 (STUDIES 1.6)."""
    return None if slot.offset is None else slot.offset + (1 if slot.offset >= 0 else 0)


_ASKED_OF_VISIT: dict[str, Callable[[Slot], Value]] = {
    "DATE": lambda slot: slot.actual,
    "OFFSET": lambda slot: slot.offset,
    "DAY": _study_day,
    "WINDOW": lambda slot: slot.timing,
    "OID": lambda slot: slot.visit,
    "N": lambda slot: slot.visit_n,
    "PLANNED": lambda slot: slot.planned,
    "STATUS": lambda slot: slot.status.upper(),
}
_ASKED_OF_SITE: dict[str, Callable[[SiteRow], Value]] = {
    "CODE": lambda site: site.code,
    "ZONE": lambda site: site.zone,
    "WEEKEND": lambda site: site.weekend,
    "CLOSED": lambda site: site.closed,
}
