"""Both calendars side by side: what a Gregorian day is in the other one, and what a Hijri date can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crfapp.form.dates_typed import hijri_meanings, says_hijri
from crfapp.form.hijri import hijri_of, span
from crfapp.form.typed_text import is_blank
from crfapp.present.texts import N_, isolated

if TYPE_CHECKING:
    from crfapp.form.hijri import HijriDate
    from crfapp.present.texts import Texts

_MONTHS = (
    N_("Muharram"),
    N_("Safar"),
    N_("Rabi I"),
    N_("Rabi II"),
    N_("Jumada I"),
    N_("Jumada II"),
    N_("Rajab"),
    N_("Shaban"),
    N_("Ramadan"),
    N_("Shawwal"),
    N_("Dhu al-Qadah"),
    N_("Dhu al-Hijjah"),
)


@dataclass(frozen=True, slots=True)
class HijriMeant:
    """What a Hijri date that was typed can mean.

    ``sentences`` say each way to read it with the Gregorian days it covers. ``ways``: what choosing one
    writes into the field, and the words on its button.
    """

    sentences: tuple[str, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()


class HijriWords:
    """The Hijri calendar (Umm al-Qura) in the person's language."""

    def __init__(self, say: Texts) -> None:
        self._say = say

    def day(self, iso: str) -> tuple[str, str]:
        """A day's number in its Hijri month, and its Hijri date in words; empty outside the tables."""
        there = hijri_of(date.fromisoformat(iso))
        return (str(there.day), self._words(there)) if there is not None else ("", "")

    def meant(self, typed: str, *, partial: bool) -> HijriMeant:
        """What was typed, with or without the sign of the calendar; ``partial``: a year or month will do."""
        if is_blank(typed):
            return HijriMeant()
        told = typed.strip() if says_hijri(typed) else f"{typed.strip()} AH"
        found = hijri_meanings(told)
        sentences = dict.fromkeys(self._sentence(way) for way, _, _ in found)
        ways = [(text, str(day)) for _, text, day in found if partial or day.complete]
        if len(ways) == 1:
            ways = [(told, ways[0][1])]
        if not found:
            return HijriMeant((self._say("This is no date of the Hijri calendar from 1343 to 1500."),))
        if not ways:
            return HijriMeant((*sentences, self._say("A whole date is wanted here: day, month and year.")))
        return HijriMeant(tuple(sentences), tuple((text, isolated(day)) for text, day in ways))

    def _sentence(self, way: HijriDate) -> str:
        first, last = span(*way) or (date.min, date.min)
        if first == last:
            return self._say("{hijri} is {day}.", hijri=self._words(way), day=self._say.date(first))
        facts = {"first": self._say.date(first), "last": self._say.date(last)}
        return self._say("{hijri} runs from {first} to {last}.", hijri=self._words(way), **facts)

    def _words(self, day: HijriDate) -> str:
        parts = [str(day.year)]
        if day.month is not None:
            parts.insert(0, self._say(_MONTHS[day.month - 1]))
        if day.day is not None:
            parts.insert(0, str(day.day))
        return isolated(self._say("{date} AH", date=" ".join(parts)))
