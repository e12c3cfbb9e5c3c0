"""Doses in words: how much went where, so far, last time and by plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crfapp.present.texts import isolated
from crfapp.present.words import UNIT_SIGNS
from crfapp.work.doses import binding_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from crfapp.present.workplace import Workplace
    from crfapp.work.doses import Dose, Portion

_MANY = 100_000
"""From here on a number of cells or particles is written with its power of ten."""


class DoseWords:
    """Amounts of one study in one person's language. ``form`` is the form in which a dose is recorded."""

    def __init__(self, at: Workplace, form: str) -> None:
        self._at, self._form = at, form
        self._binding = binding_of(at.study, form)

    def amount(self, number: Decimal, item: str, unit: str) -> str:
        """``0.40 mL``; a number without a unit stands behind what is asked for."""
        text = f"{number:.2E}".replace("E+", "E") if abs(number) >= _MANY else str(number)
        if unit:
            return isolated(f"{text} {UNIT_SIGNS.get(unit, unit)}")
        return f"{self._at.study_texts.item(self._form, item)}: {isolated(text)}"

    def given(self, portion: Portion | None) -> str:
        """What one target received; that it was left out; empty where nothing is said."""
        if portion is None:
            return ""
        if portion.treated is False:
            return self._at.texts("not treated")
        return self._listed((one.item, one.given, one.unit) for one in portion.amounts)

    def planned(self, portion: Portion | None) -> str:
        """What one target is to receive."""
        bound = self._binding.amounts if self._binding is not None else ()
        if portion is None:
            return ""
        return self._listed(
            (by.planned or by.given, one.planned, one.unit)
            for one, by in zip(portion.amounts, bound, strict=True)
        )

    def so_far(self, sums: Mapping[str, tuple[Decimal, str]]) -> str:
        """The sum of what one target received."""
        return self._listed((item, number, unit) for item, (number, unit) in sums.items())

    def total(self, dose: Dose) -> str:
        """The amount of a whole dose; empty where it is not known."""
        item = self._binding.total if self._binding is not None else None
        return self.amount(dose.total, item, dose.unit) if dose.total is not None and item else ""

    def _listed(self, amounts: Iterable[tuple[str, Decimal | None, str]]) -> str:
        words = (self.amount(number, item, unit) for item, number, unit in amounts if number is not None)
        return " · ".join(words)


def left_words(at: Workplace, left: timedelta) -> str:
    """How long something is still good: minutes within the last two hours, then hours, then days."""
    minutes = int(left.total_seconds() // 60)
    if minutes < 0:
        return at.texts("expired")
    if left < timedelta(hours=2):
        return at.texts.many("{count} minute left", "{count} minutes left", minutes)
    if left < timedelta(days=2):
        return at.texts.many("{count} hour left", "{count} hours left", minutes // 60)
    return at.texts.many("{count} day left", "{count} days left", left.days)
