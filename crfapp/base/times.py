"""Moments as evidence: the instant, the offset that was in force, and the zone it was told in.

Canonical text: ``2025-01-12T10:05+03:00[Asia/Amman]`` (seconds only where they are known).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """A local wall-clock time with its UTC offset and IANA zone (STUDIES 1.7)."""

    local: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.local.tzinfo is None:
            raise ValueError("a moment needs its offset")

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read canonical text; ValueError otherwise."""
        stamp, bracket, zone = text.partition("[")
        if not bracket or not zone.endswith("]"):
            raise ValueError("not a moment")
        return cls(datetime.fromisoformat(stamp), zone[:-1])

    @classmethod
    def at(cls, instant: datetime, zone: str) -> Moment:
        """The moment an instant has in a zone, with the offset in force there."""
        local = instant.astimezone(ZoneInfo(zone))
        offset = local.utcoffset() or timedelta()
        return cls(local.replace(tzinfo=timezone(offset)), zone)

    def __str__(self) -> str:
        spec = "minutes" if self.local.second == 0 and self.local.microsecond == 0 else "seconds"
        return f"{self.local.isoformat(timespec=spec)}[{self.zone}]"

    @property
    def utc(self) -> datetime:
        """The instant."""
        return self.local.astimezone(UTC)

    @property
    def offset_minutes(self) -> int:
        """Offset from UTC in minutes, as it was in force."""
        return int((self.local.utcoffset() or timedelta()).total_seconds() // 60)


def utc_stamp(instant: datetime) -> str:
    """An aware instant as events write it: UTC, ISO 8601, microseconds, ``Z``."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def minutes_between(a: Moment, b: Moment) -> int:
    """Whole minutes from ``a`` to ``b`` on the UTC line; negative when ``b`` is earlier."""
    return int((b.utc - a.utc).total_seconds() // 60)


def local_candidates(naive: datetime, zone: str) -> tuple[Moment, ...]:
    """The moments a wall-clock time can mean in a zone.

    None where the clock jumped over it in spring, two where it ran twice in autumn, else one.
    """
    tz = ZoneInfo(zone)
    found: list[Moment] = []
    for fold in (0, 1):
        moment = Moment.at(naive.replace(tzinfo=tz, fold=fold).astimezone(UTC), zone)
        if moment.local.replace(tzinfo=None) == naive and moment not in found:
            found.append(moment)
    return tuple(found)


def clock_change(naive: datetime, zone: str) -> tuple[datetime, datetime] | None:
    """What the clock showed before and after the change that ``naive`` falls into, both without offset.

    ``(02:00, 03:00)`` for an hour that spring takes, ``(03:00, 02:00)`` for one that autumn gives twice;
    None where the clock was not changed.
    """
    tz = ZoneInfo(zone)
    low, high = sorted(naive.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    if low == high:
        return None
    before, after = (one.astimezone(tz).utcoffset() or timedelta() for one in (low, high))
    while high - low > timedelta(seconds=1):  # the change lies between the two meanings of the time
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(tz).utcoffset() == before else (low, middle)
    turn = high.replace(microsecond=0, tzinfo=None)
    return turn + before, turn + after


def around_gap(naive: datetime, zone: str) -> tuple[Moment, ...]:
    """The two moments nearest to a wall-clock time that spring took, the earlier first.

    They are what the time means by the offset in force after the change, and by the one before it.
    """
    tz = ZoneInfo(zone)
    told = sorted(naive.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    return tuple(Moment.at(instant, zone) for instant in told)
