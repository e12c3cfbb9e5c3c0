"""What reading a typed answer needs to know of an item, gathered from the study and the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.values import Field, Manner
from crfapp.ledger.state import PersonRow
from crfapp.study.types import Kind
from crfapp.work.label_parts import label_parts
from crfapp.work.rows import labels_of_form, single_instance

if TYPE_CHECKING:
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk

_COMMA_LANGUAGES = ("de",)


def manner_of(desk: Desk, key: FormKey) -> Manner:
    """How the person at work types, at this visit."""
    sign = "," if desk.language in _COMMA_LANGUAGES else "."
    return Manner(decimal_sign=sign, zone=desk.zone, language=desk.language, day=desk.visit_date(key))


def field_of(desk: Desk, key: FormKey, planned: PlanItem) -> Field:
    """The item as reading sees it."""
    item = planned.item
    units = {name: (c.factor, c.offset) for name, c in item.units.items()}
    study = desk.versions.at(key)
    codes = study.codes(item.codes or "")
    labels: dict[str, str] = {}
    rows: tuple[str, ...] = ()
    if codes:
        texts = study.texts(desk.language)
        labels = {code: texts.code(item.codes or "", code) for code in codes}
    if planned.type.kind is Kind.ROWREF:
        labels = row_labels(desk, key, planned.type.rows_of or "")
        rows = tuple(labels)
    return Field(
        type=planned.type,
        unit=item.unit,
        units=units,
        codes=codes,
        labels=labels,
        rows=rows,
        part=label_parts(study, key.form).get(item.item),
    )


def row_labels(desk: Desk, key: FormKey, target: str) -> dict[str, str]:
    """What a row reference may point to: key -> what people call it."""
    if target == "VISIT":
        study = desk.versions.at(key)
        texts = study.texts(desk.language)
        return {visit.visit: texts.visit(visit.visit) for visit in study.head.visits}
    if target == "STAFF":
        return {person.login: person.name for person in desk.tables.find(PersonRow)}
    source = single_instance(desk, key.subject, target)
    return {} if source is None else labels_of_form(desk, source)
