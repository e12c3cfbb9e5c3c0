"""Date-times as they are typed, in the site's zone; an hour the clock repeats is asked for."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.base.times import around_gap, clock_change, local_candidates
from crfapp.form.dates_typed import read_date
from crfapp.form.reading import Field, Manner, Offer, Reading, Unreadable
from crfapp.form.times_typed import read_time
from crfapp.form.typed_text import spaced
from crfapp.study.types import ItemType, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.base.times import Moment

_LONGEST = 90
_DATE, _TIME = Field(ItemType(Kind.DATE)), Field(ItemType(Kind.TIME))
_T_BETWEEN = re.compile(r"(?<=[0-9])[Tt](?=[0-9])")
_EXACT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)"
    r"(?P<offset>[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?(?:\[(?P<zone>[A-Za-z][A-Za-z0-9_+/-]*)\])?"
)


def read_moment(typed: str, _field: Field, manner: Manner) -> Reading | Unreadable:
    """Read a date and a time as a moment at the site.

    A bare time is completed by ``manner.day``. Refusals: those of dates and times, TIME_SKIPPED (the
    clock went forward over it; the two nearest are offered), TIME_TWICE (it went back; both are offered,
    the first before the second). Both say what the clock ``showed`` and what it was ``set`` to. An explicit
    offset, with or without a zone in brackets, decides between the two.
    """
    text = spaced(typed)
    if len(text) > _LONGEST:
        return Unreadable(Code.NOT_A_DATE)
    if exact := _EXACT.fullmatch(text):
        return _exact(exact, manner)
    bare = read_time(text, _TIME, manner)
    if isinstance(bare, Reading) or bare.offers:
        return _bare(bare, manner)
    return _two_parts(_T_BETWEEN.sub(" ", text).split(" "), manner)


def shown_moment(moment: Moment, manner: Manner) -> str:
    """``2025-01-12 10:05``; with offset in a doubled hour, canonical where the zone is not the site's."""
    naive = moment.local.replace(tzinfo=None)
    found = local_candidates(naive, manner.zone) if moment.zone == manner.zone else ()
    if moment not in found:
        return str(moment)
    if len(found) > 1:
        return with_offset(moment)
    return naive.isoformat(" ", "seconds" if naive.second else "minutes")


def with_offset(moment: Moment) -> str:
    """``2025-10-26 02:30+01:00``: what stands in the field in an hour that the clock showed twice."""
    return str(moment).partition("[")[0].replace("T", " ")


def _exact(found: re.Match[str], manner: Manner) -> Reading | Unreadable:
    """ISO text, as canonical text and offers are."""
    day = read_date(found["day"], _DATE, manner)
    if isinstance(day, Unreadable):
        return _joined(day, Reading(None, found["clock"]), manner)
    zone = found["zone"] or manner.zone
    try:
        naive = datetime.fromisoformat(f"{day.text}T{found['clock']}")
        moments = local_candidates(naive, zone)
    except (ValueError, KeyError, OSError):  # no such hour, no such zone
        return Unreadable(Code.NOT_A_TIME)
    if found["offset"] is None or not moments:
        return _only(moments, naive, zone)
    exact = tuple(one for one in moments if with_offset(one).endswith(found["offset"]))
    return _only(exact, naive, zone) if exact else Unreadable(Code.NOT_A_TIME)


def _only(moments: tuple[Moment, ...], naive: datetime, zone: str) -> Reading | Unreadable:
    if len(moments) == 1:
        return Reading(moments[0], str(moments[0]))
    code = Code.TIME_TWICE if moments else Code.TIME_SKIPPED
    offers = tuple(Offer(with_offset(one), code) for one in moments or around_gap(naive, zone))
    change = clock_change(naive, zone)
    facts = {name: f"{at:%H:%M}" for name, at in zip(("showed", "set"), change or (), strict=False)}
    return Unreadable(code, offers, facts)


def _bare(clock: Reading | Unreadable, manner: Manner) -> Reading | Unreadable:
    if manner.day is None:
        return Unreadable(Code.DATE_INCOMPLETE)
    return _joined(Reading(manner.day, manner.day.isoformat()), clock, manner)


def _two_parts(words: list[str], manner: Manner) -> Reading | Unreadable:
    """The longest run of words from the left that is a date, and a time behind it."""
    for day, clock in _splits(words, manner):
        if isinstance(clock, Reading) or clock.offers:
            return _joined(day, clock, manner)
    whole = read_date(" ".join(words), _DATE, manner)
    day_only = isinstance(whole, Reading) or whole.offers
    return Unreadable(Code.NOT_A_TIME) if day_only else whole


def _splits(words: list[str], manner: Manner) -> Iterator[tuple[Reading | Unreadable, Reading | Unreadable]]:
    for cut in range(len(words) - 1, 0, -1):
        day = read_date(" ".join(words[:cut]).rstrip(","), _DATE, manner)
        if isinstance(day, Reading) or day.offers:
            yield day, read_time(" ".join(words[cut:]), _TIME, manner)


def _joined(day: Reading | Unreadable, clock: Reading | Unreadable, manner: Manner) -> Reading | Unreadable:
    """Both readings as one moment, or the open question of either with the other's part kept."""
    if isinstance(day, Reading):
        if isinstance(clock, Reading):
            naive = datetime.fromisoformat(f"{day.text}T{clock.text}")
            return _only(local_candidates(naive, manner.zone), naive, manner.zone)
        code = clock.code
    else:
        code = day.code
    offers = tuple(Offer(f"{a} {b}", code) for a in _texts(day) for b in _texts(clock))
    return Unreadable(code, offers)


def _texts(part: Reading | Unreadable) -> tuple[str, ...]:
    return (part.text,) if isinstance(part, Reading) else tuple(offer.text for offer in part.offers)
