"""What the machine gives: its clock, its folders."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path


class SystemClock:
    """The wall clock of this workstation."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


def steady_seconds() -> float:
    """Seconds of a clock that nobody can set; it goes on while the machine sleeps, if the system has such."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class JourneyClock:
    """A clock that journeys set; between two settings it stands."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._at

    def move(self, to: datetime) -> None:
        """Set it."""
        self._at = to


def program_folder() -> Path:
    """Where ``forms`` and ``resources`` lie: beside the package in a checkout, inside a built program."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parents[2]


def forms_folder() -> Path:
    """The study packs that come with the program."""
    return program_folder() / "forms"


def pack_folder(name: str) -> Path:
    """A study pack by its name among those that come with the program, or by a path."""
    shipped = forms_folder() / name
    return shipped if shipped.is_dir() else Path(name)


def translations_folder() -> Path:
    """The gettext catalogues."""
    return program_folder() / "resources" / "translations"


def site_folder() -> Path:
    """Where this workstation keeps its site, unless ``CRFAPP_SITE`` names another folder."""
    named = os.environ.get("CRFAPP_SITE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "crfapp" / "site"
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "crfapp" / "site"
