"""What may have been meant by a text that could not be read, as sentences to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.form.values import Reading, Unreadable, read, shown
from crfapp.present.form_view import OfferView
from crfapp.present.texts import N_, isolated
from crfapp.work.reading_items import field_of, manner_of

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.form.values import Offer
    from crfapp.ledger.keys import FormKey
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

_MEANINGS = {
    Code.OTHER_UNIT: N_("{value}, converted from {entered} {unit}"),
    Code.HIJRI_YEAR: N_("{value} (Hijri {hijri})"),
}
_ORDERED = {
    Code.TIME_TWICE: (N_("The first: {value}"), N_("The second: {value}")),
    Code.TIME_SKIPPED: (N_("{value}, before the change"), N_("{value}, after the change")),
}
"""Where the place among the offers says what one means."""


def offers_for(at: Workplace, key: FormKey, cell: Cell, typed: str) -> tuple[OfferView, ...]:
    """What may have been meant by a text that was refused at an item; none where nothing was read amiss."""
    planned = at.desk.forms.get(key).plan.items.get(cell.item)
    if planned is None or not typed or not planned.type.answers:
        return ()
    field, manner = field_of(at.desk, key, planned), manner_of(at.desk, key)
    reading = read(typed, field, manner)
    if not isinstance(reading, Unreadable):
        return ()
    found = []
    for place, offer in enumerate(reading.offers):
        meant = read(offer.text, field, manner)
        if isinstance(meant, Reading):
            label = offer_text(offer, place, meant, shown(meant.text, field, manner), at.texts)
            found.append(OfferView(offer.text, label))
    return tuple(found)


def offer_text(offer: Offer, place: int, reading: Reading, words: str, say: Texts) -> str:
    """The words of one offer; ``words`` is the value it would record, ``place`` counts from 0."""
    ordered = _ORDERED.get(offer.explanation_code, ())
    meaning = ordered[place] if place < len(ordered) else _MEANINGS.get(offer.explanation_code, N_("{value}"))
    facts = {
        "value": isolated(words),
        "entered": reading.entered or "",
        "unit": reading.unit or "",
        "hijri": isolated(offer.text.partition(" = ")[0].partition(" AH")[0]),
    }
    return say(meaning, **facts)
