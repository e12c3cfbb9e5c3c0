"""How a measure of a lesion came about: by an outline, with a ruler, or typed from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crfapp.ledger.origins import is_told, outline_in
from crfapp.work.photo_protocol import said

if TYPE_CHECKING:
    from crfapp.ledger.keys import ItemKey
    from crfapp.ledger.state import ItemRow
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk

Source = Literal["outline", "ruler", "typed", ""]


def source_of(desk: Desk, place: ItemKey) -> Source:
    """How the area or a diameter at an item came about; empty for anything else, and where there is none.

    The area used is what its outline or, without one, its diameters are.
    """
    bound = desk.study.head.targets
    if bound is None or place.form != bound.measure.form or not place.row:
        return ""
    measure, is_given = bound.measure, is_measure(desk.study, place.form, place.item)
    if place.item == measure.area and not is_given:
        by_outline = source_of(desk, place._replace(item=measure.outline))
        return by_outline or source_of(desk, place._replace(item=measure.length))
    if not is_given:
        return ""
    method = said(desk, place.of, place.row, measure.method)
    return told_source(desk.stored(place), is_ruler=method == measure.ruler)


def is_measure(study: Study, form: str, item: str) -> bool:
    """Whether an item holds an area or a diameter that somebody gives."""
    bound = study.head.targets
    return (
        bound is not None
        and form == bound.measure.form
        and item in (bound.measure.outline, bound.measure.length, bound.measure.width)
    )


def told_source(stored: ItemRow | None, *, is_ruler: bool) -> Source:
    """How a value that stands there came about, where its method is known."""
    if stored is None or stored.value is None or stored.hidden == 1 or not is_told(stored.origin):
        return ""
    if outline_in(stored.origin):
        return "outline"
    return "ruler" if is_ruler else "typed"
