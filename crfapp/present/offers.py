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
    Code.HIJRI_YEAR: N_("{value} (from the Hijri calendar)"),
    Code.TIME_TWICE: N_("{value} (the clock showed this time twice)"),
}


def offer_text(offer: Offer, reading: Reading, shown: str, say: Texts) -> str:
    """The words of one offer; ``shown`` is the value it would record."""
    meaning = _MEANINGS.get(offer.explanation_code, N_("{value}"))
    return say(meaning, value=isolated(shown), entered=reading.entered or "", unit=reading.unit or "")
