"""Verified copies of a site, as they lie in its folder."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def newest_copy(folder: Path) -> datetime | None:
    """When the newest verified copy was made; a copy has its name only after it was walked."""
    made = []
    for copy in folder.glob("*.db"):
        with suppress(FileNotFoundError):  # an old one may make way while they are counted
            made.append(copy.stat().st_mtime)
    return datetime.fromtimestamp(max(made), UTC) if made else None
