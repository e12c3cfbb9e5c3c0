"""Which build of the program this is: what the file ``build.json`` beside the package says."""

from __future__ import annotations

import json
from dataclasses import dataclass

FILE = "build.json"
"""Written into the package's folder when the program is built; a checkout has none."""
UNREADABLE = "unreadable"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Build:
    """``commit`` is the full hash of the sources, ``built`` the instant in UTC; both empty from source."""

    version: str
    commit: str = ""
    built: str = ""

    @property
    def short(self) -> str:
        """Enough of the hash to name the build; empty where the program runs from source."""
        return self.commit[:_SHOWN]


def build_of(text: str, version: str) -> Build:
    """What the file says: ``{"version": "1.0.0", "commit": "…", "built": "2025-01-12T09:00:00Z"}``.

    What cannot be read says so in the place of the hash, beside the ``version`` of the sources: a damaged
    build must not pass for a checkout.
    """
    try:
        told = json.loads(text)
        return Build(str(told["version"]), str(told["commit"]), str(told.get("built", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Build(version, UNREADABLE)
