"""The app's own texts in the person's language, from gettext catalogues (Babel).

``say("Saved {time}", time=...)`` is the one way to words on screen, on paper, in the workbook and on the
command line. Study texts come from the pack instead.
"""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from crfapp.base.marking import N_ as N_

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

DOMAIN = "crfapp"
LANGUAGES = {"en": "English", "ar": "العربية", "de": "Deutsch"}
"""Languages of the app's own texts, each named in itself."""

RIGHT_TO_LEFT = frozenset({"ar"})
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_MARK = "\u2066", "\u200f"
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
"""For ``str.translate``: takes away the signs of direction, which terminals show as boxes."""


class Texts:
    """Texts in one language."""

    def __init__(self, language: str, folder: Path) -> None:
        self.language = language
        self._catalogue = gettext.translation(DOMAIN, str(folder), [language], fallback=True)

    def __call__(self, message: str, /, **facts: object) -> str:
        """A text, translated and filled."""
        text = self._catalogue.gettext(message)
        return text.format(**facts) if facts else text

    def many(self, one: str, several: str, count: int, /, **facts: object) -> str:
        """A text in the plural form that ``count`` asks for; ``{count}`` is filled in."""
        return self._catalogue.ngettext(one, several, count).format(count=count, **facts)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts one after the other with the language's own comma; empty ones are left out."""
        return self.comma.join(filter(None, parts))

    def beside(self, *parts: str) -> str:
        """Facts one after the other in the order of this language, each in its own direction; empty ones are
        left out. What only consists of isolates would be read from the left in every language.
        """
        mark = RIGHT_TO_LEFT_MARK if self.right_to_left else ""
        return mark + " · ".join(isolated(part) for part in parts if part)

    @property
    def comma(self) -> str:
        """What stands between the parts of an enumeration."""
        return "، " if self.language == "ar" else ", "

    @property
    def right_to_left(self) -> bool:
        """Whether the layout is mirrored."""
        return self.language in RIGHT_TO_LEFT

    def number(self, count: int) -> str:
        """A count with groups of three set apart by a narrow space, which no language misreads."""
        return f"{count:,}".replace(",", "\u202f")

    def date(self, day: dt.date) -> str:
        """A day with the month named: ``12 Jan 2025``; Levantine names in Arabic (CLDR ar-JO)."""
        return self._day(_DAY, day=day.day, month=self(_MONTHS[day.month - 1]), year=day.year)

    def short_date(self, day: dt.date) -> str:
        """A day without its year: ``12 Jan``."""
        return self._day(_SHORT_DAY, day=day.day, month=self(_MONTHS[day.month - 1]))

    def long_date(self, day: dt.date) -> str:
        """A day with its weekday: ``Sunday 12 January 2025``."""
        weekday, month = self(WEEKDAYS[day.weekday()]), self(_LONG_MONTHS[day.month - 1])
        return self._day(_LONG_DAY, weekday=weekday, day=day.day, month=month, year=day.year)

    def _day(self, pattern: str, **parts: object) -> str:
        # beside a subject number, the first figure of an Arabic date would be drawn on the wrong side; an
        # isolate would hide from a line that begins with a date that it reads from the right
        return f"{RIGHT_TO_LEFT_MARK if self.right_to_left else ''}{self(pattern, **parts)}"

    def clock(self, at: dt.datetime | dt.time) -> str:
        """A time of day to the second, always left to right."""
        return f"{at:%H:%M:%S}"


def isolated(text: str) -> str:
    """A text that keeps its own direction inside a sentence of another (numbers, OIDs, units)."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def read_from_the_right(text: str) -> str:
    """An Arabic line of parts that keep their own direction each: by itself nothing says where it begins."""
    if FIRST_STRONG_ISOLATE not in text or text.startswith(RIGHT_TO_LEFT_MARK):
        return text
    depth = 0
    for sign in text:
        if sign in _OPENS:
            depth += 1
        elif sign == POP_ISOLATE:
            depth -= 1
        elif not depth and bidirectional(sign) in _STRONG:
            return text
    return f"{RIGHT_TO_LEFT_MARK}{text}"


_OPENS, _STRONG = frozenset("\u2066\u2067\u2068"), frozenset({"L", "R", "AL"})
_DAY, _SHORT_DAY = N_("{day} {month} {year}"), N_("{day} {month}")
_LONG_DAY = N_("{weekday} {day} {month} {year}")
_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
_LONG_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
