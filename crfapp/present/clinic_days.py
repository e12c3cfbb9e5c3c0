"""When the site sees patients: its weekend, and days on which it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import WEEKDAYS
from crfapp.work.people import SetClinicDays

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace


class ClinicDaysCard:
    """The presenter of the card. Weekdays are named ``1`` (Monday) to ``7``."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """The days of the week with their names, Monday first."""
        return tuple((str(number), self._at.texts(name)) for number, name in enumerate(WEEKDAYS, 1))

    def weekend(self) -> str:
        """The weekdays without patients, by semicolons as the editor writes them."""
        return self._at.site.weekend.replace(",", ";")

    def closed(self) -> str:
        """Single days without patients, ISO, one after the other."""
        return self._at.site.closed.replace(",", ", ")

    def save(self, weekend: str, closed: str) -> tuple[bool, str]:
        """Record both; whether that succeeded, and the sentence about it."""
        days = tuple(closed.replace(";", " ").replace(",", " ").split())
        numbers = tuple(int(day) for day in weekend.split(";") if day)
        say = self._at.texts
        try:
            outcome = self._at.send(SetClinicDays(weekend=numbers, closed=days))
        except AppProblem as problem:
            return False, " ".join(problem_text(problem, say))
        if not outcome.events:
            return True, say("Nothing was changed.")
        return True, say("Saved. Planned days and working days follow it from now on.")
