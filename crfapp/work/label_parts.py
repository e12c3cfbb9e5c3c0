"""Which items a scanned label of a product fills: those that the pack binds as lot, container and expiry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.form.labels_typed import Part
    from crfapp.study.study import Study
    from crfapp.study.targets import Dosing


def label_parts(study: Study, form: str) -> Mapping[str, Part]:
    """The items of a form that hold a part of a label: of the dose itself, or of where it was received."""
    for binding in study.head.dosing:
        if form in (binding.form, _received_in(study, binding)):
            return _of_form(study, form, binding)
    return {}


def _of_form(study: Study, form: str, binding: Dosing) -> dict[str, Part]:
    bound: tuple[tuple[str | None, Part], ...] = (
        (binding.lot, "lot"),
        (binding.container, "container"),
        (binding.expiry, "expiry"),
    )
    found: dict[str, Part] = {}
    for place, part in bound:
        item = (place or "").rpartition(".")[2]
        if item not in study.items(form) or study.place(form, item).item.is_ is not None:
            continue
        if study.field(form, item).kind is not Kind.ROWREF:
            found[item] = part
    return found


def _received_in(study: Study, binding: Dosing) -> str | None:
    """The form in which the product was received, where a dose names one of its rows."""
    kind = study.field(binding.form, binding.lot)
    return kind.rows_of if kind.kind is Kind.ROWREF else None
