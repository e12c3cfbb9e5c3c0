"""What may have been meant by a text that could not be read, as sentences to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.present.texts import N_, isolated

if TYPE_CHECKING:
    from crfapp.form.values import Offer, Reading
    from crfapp.present.texts import Texts

_MEANINGS = {
    Code.OTHER_UNIT: N_("{value}, converted from {entered} {unit}"),
    Code.HIJRI_YEAR: N_("{value} (Hijri {hijri})"),
}
_ORDERED = {
    Code.TIME_TWICE: (N_("The first: {value}"), N_("The second: {value}")),
    Code.TIME_SKIPPED: (N_("{value}, before the change"), N_("{value}, after the change")),
}
"""Where the place among the offers says what one means."""


def offer_text(offer: Offer, place: int, reading: Reading, shown: str, say: Texts) -> str:
    """The words of one offer; ``shown`` is the value it would record, ``place`` counts from 0."""
    ordered = _ORDERED.get(offer.explanation_code, ())
    meaning = ordered[place] if place < len(ordered) else _MEANINGS.get(offer.explanation_code, N_("{value}"))
    facts = {
        "value": isolated(shown),
        "entered": reading.entered or "",
        "unit": reading.unit or "",
        "hijri": isolated(offer.text.partition(" = ")[0].partition(" AH")[0]),
    }
    return say(meaning, **facts)
