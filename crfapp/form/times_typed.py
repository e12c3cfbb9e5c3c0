"""Times of day as they are typed: ``9``, ``905``, ``9.05``, ``9:05 pm``; Arabic digits and halves too."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.form.reading import Field, Manner, Offer, Reading, Unreadable
from crfapp.form.typed_text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_HALF = re.compile(
    r"(?P<clock>.*[0-9]) ?(?P<half>a\.?m\.?|p\.?m\.?|صباح\u064b?\u0627\u064b?|مساء\u064b?|ص\.?|م\.?)",
    re.DOTALL,
)
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?: ?(?::|\.|h|uhr) ?(?P<minute>[0-9]{1,2})| ?h| ?uhr)?(?: uhr)?")
_COMPACT = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})(?: uhr)?")
_MORNING = ("a", "ص")
_NOON, _HOURS, _MINUTES = 12, 24, 60
_LONGEST = 30


def read_time(typed: str, _field: Field, _manner: Manner) -> Reading | Unreadable:
    """Read a time of day to the minute; canonical ``HH:MM``. Refusal: NOT_A_TIME.

    ``9:5`` is refused with both minutes it may stand for; seconds are refused, not dropped.
    """
    found = list(_meant(folded(typed)))
    if len(found) == 1:
        return Reading(found[0], text_of_time(found[0]))
    return Unreadable(Code.NOT_A_TIME, tuple(Offer(text_of_time(one), Code.NOT_A_TIME) for one in found))


def text_of_time(clock: time) -> str:
    """Canonical text of a time of day."""
    return clock.isoformat("minutes")


def _meant(text: str) -> Iterator[time]:
    if len(text) > _LONGEST:
        return
    half = _HALF.fullmatch(text)
    clock = half["clock"] if half else text
    parts = _CLOCK.fullmatch(clock) or _COMPACT.fullmatch(clock)
    if parts is None:
        return
    hour = _hour(int(parts["hour"]), half["half"] if half else None)
    for minute in _minutes(parts["minute"] or "00"):
        if hour is not None and minute < _MINUTES:
            yield time(hour, minute)


def _hour(typed: int, half: str | None) -> int | None:
    """Hour of the day; None where there is none (``24``, ``13 pm``)."""
    if half is None:
        return typed if typed < _HOURS else None
    if not 1 <= typed <= _NOON:
        return None
    return typed % _NOON + (0 if half.startswith(_MORNING) else _NOON)


def _minutes(typed: str) -> tuple[int, ...]:
    """One digit can be a lost leading or a lost last one."""
    return (int(typed),) if len(typed) > 1 else (int(typed), int(typed) * 10)
