"""Dates as a patient can give them: complete, or only a year or a month (STUDIES 1.4).

Canonical text is ISO 8601, truncated where a part is unknown: ``2019``, ``2019-03``, ``2019-03-11``.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date whose day, or month and day, may be unknown; never imputed.

    ``lo`` and ``hi`` are the first and the last day it can be. Comparing two partial dates is a
    question with three answers; ask :func:`certainly_before`.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day without a month is not a partial date")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read canonical text (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``); ValueError otherwise."""
        parts = text.split("-")
        if not 1 <= len(parts) <= 3 or len(parts[0]) != 4 or any(len(p) != 2 for p in parts[1:]):  # noqa: PLR2004
            raise ValueError("not a partial date")
        if not all(p.isascii() and p.isdigit() for p in parts):
            raise ValueError("not a partial date")
        return cls(*(int(p) for p in parts))

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    @property
    def complete(self) -> bool:
        """Whether year, month and day are all known."""
        return self.day is not None

    @property
    def lo(self) -> date:
        """First day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def hi(self) -> date:
        """Last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def lo(day: date | PartialDate) -> date:
    """First possible day of a full or partial date."""
    return day.lo if isinstance(day, PartialDate) else day


def hi(day: date | PartialDate) -> date:
    """Last possible day of a full or partial date."""
    return day.hi if isinstance(day, PartialDate) else day


def certainly_before(a: date | PartialDate, b: date | PartialDate) -> bool | None:
    """Whether ``a`` lies before ``b``; None where the unknown parts leave it open (STUDIES 1.4)."""
    if hi(a) < lo(b):
        return True
    if lo(a) >= hi(b):
        return False
    return None
