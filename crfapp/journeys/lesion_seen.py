"""What a picture of the demo shows: the lesion of its row, as large as it was measured at the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.journeys.pictures import Lesion
from crfapp.work.photo_protocol import said
from crfapp.work.reading_items import row_labels

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk

_MM = {"mm": 1.0, "cm": 10.0}


def lesion_seen(desk: Desk, key: FormKey, row: str) -> Lesion | None:
    """What a row of the form of photographs is a picture of; None where it does not say."""
    protocol, targets = desk.study.head.photographs, desk.study.head.targets
    if protocol is None or targets is None or key.form != protocol.form:
        return None
    target = said(desk, key, row, protocol.target)
    if target is None:
        return None
    label = row_labels(desk, key, targets.form).get(target, "")
    measure = targets.measure
    at = key._replace(form=measure.form, form_n=1)
    sizes = []
    for item in (measure.length, measure.width):
        text = said(desk, at, target, item)
        unit = desk.study.place(measure.form, item).item.unit or ""
        sizes.append(float(text) * _MM.get(unit, 1.0) if text else 0.0)
    return Lesion(label, said(desk, key, row, protocol.view) or "", *sizes)
