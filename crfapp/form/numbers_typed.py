"""Numbers as they are typed: decimals kept as the item wants them, units stripped or converted on consent.

A trailing ``!`` confirms: the point is the decimal sign and the unit is meant as written. Offers use it
(``1.10 cm2!``), so that choosing an offer is typing it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.form import units
from crfapp.form.number_shapes import Shape, grouped, number, shape_of
from crfapp.form.reading import Field, Manner, Offer, Reading, Unreadable
from crfapp.form.typed_text import plain
from crfapp.study.types import ItemType, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_DIGITS = 15
"""More significant digits than this a spreadsheet cell cannot hold."""

_LONGEST = 80
_QUANTITY = re.compile(r"([+-]?[0-9.,\u066b\u066c ]*[0-9])\s*(.*)", re.DOTALL)
_CONFIRMED = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:\s*([^0-9\s].*?)|\s+(\S.*?))?\s*!", re.DOTALL)
_LIKE_A_UNIT = re.compile(r"(?![eE][+-]?\d)[^\W\d_]+[23²³]?(/.*)?|[%٪°º/](?!\d).*", re.DOTALL)
_CANONICAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def read_number(typed: str, field: Field, manner: Manner) -> Reading | Unreadable:
    """Read an integer, a decimal or a point on a scale.

    Refusals: NOT_A_NUMBER, NOT_WHOLE, TOO_PRECISE, AMBIGUOUS_NUMBER, UNKNOWN_UNIT, OTHER_UNIT, TOO_LONG,
    OFF_SCALE. Decimals beyond the item's are accepted only where they are zeros: nothing is rounded.
    """
    text = plain(typed)
    if len(text) > _LONGEST:
        return _too_long()
    if found := _CONFIRMED.fullmatch(text):
        sign, whole, part, near, apart = found.groups()
        return _confirmed(number(sign, whole, part), near or apart or "", field)
    amount, unit = _taken_apart(text, field.unit)
    if unit and not _like_a_unit(unit, field):
        return Unreadable(Code.NOT_A_NUMBER)
    shape = shape_of(amount)
    if not shape.numbers:
        return Unreadable(Code.NOT_A_NUMBER)
    if not unit or (field.unit and units.is_same(unit, field.unit)):
        return _in_item_unit(shape, field, manner)
    return _in_other_unit(shape, unit, field, manner)


def decimal_of(canonical: str) -> Decimal:
    """A canonical number as a Decimal; ValueError where it is not canonical."""
    if not _CANONICAL.fullmatch(canonical):
        raise ValueError("not a canonical number")
    return Decimal(canonical)


def shown_number(canonical: str, manner: Manner) -> str:
    """A canonical number with this site's decimal sign; confirmed by ``!`` where it could be misread."""
    local = canonical.replace(".", manner.decimal_sign)
    return local if shape_of(local).sure else f"{canonical}!"


def _taken_apart(text: str, item_unit: str | None) -> tuple[str, str]:
    """The number and what stands behind it. A unit that begins with a digit must be the item's own."""
    if item_unit and item_unit[:1].isdigit() and text.casefold().endswith(f" {item_unit.casefold()}"):
        return grouped(text[: -len(item_unit)].rstrip()), item_unit
    found = _QUANTITY.fullmatch(grouped(text))
    return (found[1], found[2].strip()) if found else (text, "")


def _like_a_unit(unit: str, field: Field) -> bool:
    known = (field.unit, *field.units)
    return (
        bool(_LIKE_A_UNIT.fullmatch(unit))
        or units.is_known(unit)
        or any(name and units.is_same(unit, name) for name in known)
    )


def _in_item_unit(shape: Shape, field: Field, manner: Manner) -> Reading | Unreadable:
    if shape.sure:
        return _fitted(shape.numbers[0], field)
    texts = []
    for one in shape.numbers:
        fit = _fitted(one, field, zeros_allowed=True)
        if isinstance(fit, Reading):
            texts.append(fit.text if shape_of(fit.text).sure else f"{fit.text}!")
    return _asked(texts, shape, manner, Code.AMBIGUOUS_NUMBER)


def _in_other_unit(shape: Shape, unit: str, field: Field, manner: Manner) -> Unreadable:
    way = units.conversion(unit, field)
    facts: dict[str, str | int] = {"unit": field.unit or ""}
    if way is None:
        return Unreadable(Code.UNKNOWN_UNIT, facts=facts)
    texts = [f"{one} {way[0]}!" for one in shape.numbers]
    readable = [text for text in texts if isinstance(read_number(text, field, manner), Reading)]
    if not shape.sure:
        return _asked(readable, shape, manner, Code.OTHER_UNIT)
    return Unreadable(Code.OTHER_UNIT, tuple(Offer(text, Code.OTHER_UNIT) for text in readable), facts)


def _asked(texts: list[str], shape: Shape, manner: Manner, why: Code) -> Unreadable:
    """The question; this site's own reading first. One meaning that breaks the rules is no number yet."""
    if len(shape.numbers) == 1:
        return Unreadable(Code.NOT_A_NUMBER, tuple(Offer(text, Code.NOT_A_NUMBER) for text in texts))
    ordered = texts if manner.decimal_sign == shape.mark else texts[::-1]
    return Unreadable(Code.AMBIGUOUS_NUMBER, tuple(Offer(text, why) for text in ordered))


def _confirmed(entered: str, unit: str, field: Field) -> Reading | Unreadable:
    if unit and not _like_a_unit(unit, field):
        return Unreadable(Code.NOT_A_NUMBER)
    if not unit or (field.unit and units.is_same(unit, field.unit)):
        return _fitted(entered, field)
    way = units.conversion(unit, field)
    if way is None:
        return Unreadable(Code.UNKNOWN_UNIT, facts={"unit": field.unit or ""})
    name, factors = way
    fit = _fitted(units.converted(entered, factors, field.type.digits or 0), field)
    return Reading(fit.value, fit.text, name, entered) if isinstance(fit, Reading) else fit


def _fitted(one: str, field: Field, *, zeros_allowed: bool = False) -> Reading | Unreadable:
    """A number in the item's unit as this item holds it."""
    digits = field.type.digits or 0
    whole, _, part = one.partition(".")
    held = part.rstrip("0")
    if field.type.kind is not Kind.DECIMAL and part and (held or not zeros_allowed):
        return _not_whole(whole, held)
    if len(held) > digits:
        return Unreadable(Code.TOO_PRECISE, facts={"digits": digits})
    if len(whole.lstrip("-0")) + digits > MOST_DIGITS:
        return _too_long()
    text = f"{whole}.{held.ljust(digits, '0')}" if digits else whole
    return _FINISHED.get(field.type.kind, _whole_number)(text, field.type)


def _not_whole(whole: str, held: str) -> Unreadable:
    offers = () if held else (Offer(whole, Code.NOT_WHOLE),)
    return Unreadable(Code.NOT_WHOLE, offers)


def _too_long() -> Unreadable:
    return Unreadable(Code.TOO_LONG, facts={"most": MOST_DIGITS})


def _whole_number(text: str, _: ItemType) -> Reading | Unreadable:
    return Reading(int(text), text)


def _decimal_number(text: str, _: ItemType) -> Reading | Unreadable:
    return Reading(Decimal(text), text)


def _scale_point(text: str, kind: ItemType) -> Reading | Unreadable:
    low, high = kind.low or 0, kind.high or 0
    if not low <= int(text) <= high:
        return Unreadable(Code.OFF_SCALE, facts={"low": low, "high": high})
    return Reading(int(text), text)


_FINISHED: dict[Kind, Callable[[str, ItemType], Reading | Unreadable]] = {
    Kind.DECIMAL: _decimal_number,
    Kind.SCALE: _scale_point,
}
