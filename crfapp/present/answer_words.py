"""A recorded answer in words, as somebody reads it who does not edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.choices_typed import SEPARATOR
from crfapp.form.values import shown
from crfapp.present.texts import isolated
from crfapp.present.words import UNIT_SIGNS
from crfapp.study.types import Kind
from crfapp.work.reading_items import field_of, manner_of, row_labels

if TYPE_CHECKING:
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.differences import Told

_CODED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YESNO})
_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.SCALE})


def answer_words(at: Workplace, key: FormKey, planned: PlanItem, told: Told) -> str:
    """What was answered: a code by its words, a number with its unit, a missing code; ``–`` for none."""
    say, texts = at.texts, at.texts_at(key)
    if told.missing is not None:
        words = texts.code(at.study_at(key).head.missing, told.missing)
    elif told.value is None:
        words = "–"
    else:
        words = _value_words(at, key, planned, told.value)
    return say("{answer} (does not apply any more)", answer=words) if told.hidden else words


def _value_words(at: Workplace, key: FormKey, planned: PlanItem, value: str) -> str:
    kind = planned.type.kind
    if kind in _CODED:
        return at.texts.listed(_code_words(at, key, planned, code) for code in value.split(SEPARATOR))
    if kind is Kind.ROWREF:
        return row_labels(at.desk, key, planned.type.rows_of or "").get(value, value)
    if kind is Kind.NOTE:
        return value
    text = shown(value, field_of(at.desk, key, planned), manner_of(at.desk, key))
    unit = UNIT_SIGNS.get(planned.item.unit or "", planned.item.unit or "")
    return isolated(f"{text} {unit}".strip()) if kind in _NUMBERS else isolated(text)


def _code_words(at: Workplace, key: FormKey, planned: PlanItem, code: str) -> str:
    if planned.item.codes is not None:
        return at.texts_at(key).code(planned.item.codes, code)
    return {"Y": at.texts("Yes"), "N": at.texts("No")}.get(code, code)
