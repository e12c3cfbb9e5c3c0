"""Verified copies of a site, as they lie in its folder."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path


def newest_copy(folder: Path) -> datetime | None:
    """When the newest verified copy was made; a copy has its name only after it was walked."""
    made = []
    for copy in folder.glob("*.db"):
        with suppress(FileNotFoundError):  # an old one may make way while they are counted
            made.append(copy.stat().st_mtime)
    return datetime.fromtimestamp(max(made), UTC) if made else None


def newest_file(folder: Path) -> datetime:
    """When anything in a site's folder, or the program itself, was last written."""
    written = [Path(__file__).stat().st_mtime]
    for file in (*folder.glob("*"), *folder.glob("backups/*")):
        with suppress(FileNotFoundError):
            written.append(file.stat().st_mtime)
    return datetime.fromtimestamp(max(written), UTC)
