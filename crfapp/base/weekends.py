"""On which weekdays clinics rest, by the time zone a site lies in (CLDR week data); 1 is Monday."""

from __future__ import annotations

_FRIDAY_AND_SATURDAY = (
    "Africa/Algiers", "Africa/Cairo", "Africa/Khartoum", "Africa/Tripoli", "Asia/Aden", "Asia/Amman",
    "Asia/Baghdad", "Asia/Bahrain", "Asia/Damascus", "Asia/Hebron", "Asia/Gaza", "Asia/Jerusalem",
    "Asia/Kuwait", "Asia/Muscat", "Asia/Qatar", "Asia/Riyadh",
)  # fmt: skip
_OTHERS = {
    **dict.fromkeys(_FRIDAY_AND_SATURDAY, "5,6"),
    "Asia/Kabul": "4,5",
    "Asia/Tehran": "5",
    "Asia/Kolkata": "7",
    "Africa/Kampala": "7",
}


def weekend_of(zone: str) -> str:
    """The weekdays of rest in an IANA zone, by commas: ``5,6`` in Amman, ``6,7`` by default."""
    return _OTHERS.get(zone, "6,7")
