"""Figures of an earlier version of the study whose unit was another one: read in the unit that is asked now.

What is recorded stays as it was; only whoever compares it with figures of a later version reads it so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.ledger.keys import ItemKey
    from crfapp.study.model import Item
    from crfapp.study.study import Study
    from crfapp.study.types import Value
    from crfapp.work.desk import Desk


def in_unit(value: str, asked: Item, unit: str) -> str:
    """A recorded figure in ``unit``, in the unit that an item asks for; as it is where that is not known."""
    how = asked.units.get(unit)
    return value if how is None else f"{(Decimal(value) * how.factor + how.offset).normalize():f}"


def as_asked_by(desk: Desk, reader: Study, place: ItemKey, value: Value) -> Value:
    """A figure of another form as a form of the version ``reader`` reads it."""
    if not desk.versions.amended or not isinstance(value, Decimal | int):
        return value
    own = desk.versions.at(place.of)
    asked = reader.items(place.form).get(place.item) if place.form in reader.forms else None
    known = own.items(place.form).get(place.item) if place.form in own.forms else None
    if asked is None or known is None or known.item.unit in (None, asked.item.unit):
        return value
    return Decimal(in_unit(str(value), asked.item, known.item.unit or ""))
