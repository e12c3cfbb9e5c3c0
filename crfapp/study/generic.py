"""The checks that hold in every form of every study (STUDIES 1.9), made from what a pack says once.

They are checks like any other: expressions over answers, worked out again when either side changes. An
item's own rule on the same matter comes first; then the general one is not made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.study.checks import Check
from crfapp.study.study import visits_after
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.model import Generic, Item
    from crfapp.study.study import ItemPlace, Study

FREE_TEXT = 100
"""A text of at least this many characters is free text; shorter ones hold numbers of lots and the like."""

_DAY = {Kind.DATE: ("{0}", "{0}"), Kind.DATETIME: ("date_of({0})", "date_of({0})")} | {
    Kind.PARTIALDATE: ("lo({0})", "hi({0})")
}
_START = re.compile(r"(\w*)ST(DAT|DTM)")


def generic_checks(study: Study, form: str) -> tuple[Check, ...]:
    """The general checks of one form; none for a study that does not ask for them."""
    generic = study.head.generic
    if generic is None:
        return ()
    checks = [
        check
        for place in study.items(form).values()
        if place.item.is_ is None
        for check in _of_item(study, form, place, generic)
    ]
    return (*checks, *_merging(study, form))


def _of_item(study: Study, form: str, place: ItemPlace, generic: Generic) -> Iterator[Check]:
    kind = study.field(form, place.item.item).kind
    if kind in _DAY:
        yield from _of_day(study, form, place.item, generic)
        yield from _pair(study, form, place)
    elif kind in (Kind.TEXT, Kind.LONGTEXT) and not _stays_at_site(study, form, place.item):
        yield from _personal(study, form, place.item, generic)


def _of_day(study: Study, form: str, item: Item, generic: Generic) -> Iterator[Check]:
    """A date lies ahead, is not the visit's, lies before the consent, after the end or after death."""
    name = item.item
    first, last = (text.format(name) for text in _DAY[study.field(form, name).kind])
    said = _said(item)
    if not item.future and "today" not in said and "now" not in said:
        yield _check("GC-01", "H", name, f"{first} > today()")
    own_matter = item.own_date or item.future
    if not own_matter and "VISDAT" not in said and "VISIT.DATE" not in said and _seen_in_visits(study, form):
        yield _check("GC-02", "Q", name, f"{first} != VISIT.DATE")
    if generic.consent and not own_matter and not item.before_consent and not _reads(generic.consent, form):
        yield _check("GC-03", "H", name, f"{last} < {generic.consent}")
    if generic.end and not item.future and form not in generic.after_end and not _reads(generic.end, form):
        yield _check("GC-04", "Q", name, f"{first} > {generic.end}")
    if generic.death and not item.future and form not in generic.after_death:
        yield _check("GC-05", "H", name, f"{first} > {generic.death}")


def _pair(study: Study, form: str, place: ItemPlace) -> Iterator[Check]:
    """The end of something lies certainly before its start."""
    shape = _START.fullmatch(place.item.item)
    end = study.items(form).get(f"{shape[1]}EN{shape[2]}") if shape else None
    if end is None or end.group != place.group or place.item.item in _said(end.item):
        return
    if study.field(form, end.item.item).kind in _DAY:
        yield _check("GC-09", "H", end.item.item, f"{end.item.item} < {place.item.item}")


def _personal(study: Study, form: str, item: Item, generic: Generic) -> Iterator[Check]:
    """Free text holds what looks like a person's data, or the subject's own name."""
    if (study.field(form, item.item).size or FREE_TEXT) < FREE_TEXT:
        return
    asked = [f"personal({item.item})", *(f"mentions({item.item}, {name})" for name in generic.names)]
    yield _check("GC-11", "W", item.item, " or ".join(asked))


def _merging(study: Study, form: str) -> Iterator[Check]:
    """A visit is merged into one that is not later, or that is cancelled."""
    items = study.head.visit_items
    at, _, item = (items.into or "").partition(".")
    if at != form or not item:
        return
    held = study.visits_of(form)
    for here in held:
        later = [visit for visit in held if visit in visits_after(study, here)]
        earlier = ", ".join(f'"{visit}"' for visit in held if visit not in later)
        cancelled = [
            f'text({item}) == "{visit}" and VISIT@{visit}.STATUS == "CANCELLED"'
            for visit in later
            if study.visits[visit].kind == "scheduled"
        ]
        fires = " or ".join([f"text({item}) in [{earlier}]", *cancelled])
        yield _check("GC-18", "H", item, fires, at=(here,))


def _check(oid: str, level: str, on: str, fires: str, at: tuple[str, ...] = ()) -> Check:
    return Check.model_validate(
        {"check": oid, "level": level, "on": on, "fires": fires, "say": oid, "at": at}
    )


def _said(item: Item) -> str:
    """What the item's own rules ask."""
    return " ".join(rule.that for rule in (*item.must, *item.should))


def _reads(expression: str, form: str) -> bool:
    return re.search(rf"\b{form}\b", expression) is not None


def _seen_in_visits(study: Study, form: str) -> bool:
    return any(study.visit(visit).kind != "log" for visit in study.visits_of(form))


def _stays_at_site(study: Study, form: str, item: Item) -> bool:
    return item.site_only or study.form(form).site_only
