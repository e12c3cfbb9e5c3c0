"""The time zones a site can choose, with the offset in force now."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

if TYPE_CHECKING:
    from datetime import datetime

_REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zone_names() -> tuple[str, ...]:
    """IANA names of the form ``Asia/Amman``, in order."""
    return tuple(sorted(zone for zone in available_timezones() if zone.partition("/")[0] in _REGIONS))


def zone_label(zone: str, now: datetime) -> str:
    """``Asia/Amman, UTC+03:00``."""
    offset = now.astimezone(ZoneInfo(zone)).strftime("%z")
    return f"{zone.replace('_', ' ')}, UTC{offset[:3]}:{offset[3:5]}"
