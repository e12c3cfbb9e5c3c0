"""What reading a typed answer needs and what it yields; the shapes that all readers share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from crfapp.base.problems import Code
    from crfapp.study.types import ItemType, Value


@dataclass(frozen=True, slots=True)
class Manner:
    """How this person and this site type.

    ``decimal_sign`` is ``.`` or ``,``: it says which of two readings is offered first and how a number
    is shown; it never decides what was meant. ``zone`` is the site's IANA zone. ``language`` (en, ar,
    de) adds that language's month names to the English ones. ``day`` completes a bare time typed into
    a date-time item, as a rule the day of the visit.
    """

    decimal_sign: str = "."
    zone: str = "UTC"
    language: str = "en"
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """What reading needs to know of an item.

    ``unit`` is the item's unit as the pack writes it. ``units`` maps other accepted units to (factor,
    offset): value in the item's unit = typed * factor + offset; where the pack names none, the built-in
    conversions of :mod:`crfapp.form.units` hold. ``codes`` stand in the codelist's order, ``labels``
    maps a code to its words in the person's language. ``rows`` are the keys a row reference may name.
    ``part``: what of a product's label belongs here, where the whole label can be scanned.
    """

    type: ItemType
    unit: str | None = None
    units: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    part: Literal["lot", "container", "expiry"] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed could be read.

    ``text`` is the canonical text: a number with the item's decimals, ISO dates, a code, codes joined
    by ``;``. Where the person typed another unit, ``unit`` names it and ``entered`` is the number in
    that unit with the decimals as typed; ``value`` and ``text`` are in the item's unit (REQ-415).
    """

    value: Value
    text: str
    unit: str | None = None
    entered: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may have been meant; to choose it is to type ``text``.

    ``explanation_code`` says why there is something to choose.
    """

    text: str
    explanation_code: Code


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was typed could not be read; nothing is recorded and nothing is guessed.

    ``facts`` hold limits and what is expected, never what was typed; only ``offers`` may repeat that.
    """

    code: Code
    offers: tuple[Offer, ...] = ()
    facts: Mapping[str, str | int] = field(default_factory=dict)
