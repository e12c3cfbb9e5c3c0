"""Restoring a site from the first window of a workstation; what it needs is loaded when somebody does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.present.entrance import Offered, Restored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.bootstrap.door import SiteDoor
    from crfapp.work.ports import Clock

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST = 5


class SiteRestorer:
    """Implements :class:`crfapp.present.entrance.Restorer`; ``folder`` is where the site will be."""

    def __init__(self, folder: Path, clock: Clock, *, restored: Callable[[SiteDoor], None]) -> None:
        self._folder, self._clock, self._restored = folder, clock, restored
        self._source: Path | None = None

    def look(self, folder: Path) -> Offered:
        """What lies in a folder."""
        from crfapp.store.copy_place import CopyPlace

        place = CopyPlace.find(folder)
        self._source = folder
        days = [(copy.name, _DAY.search(copy.name)) for copy in place.copies[:_MOST]]
        copies = tuple((name, day.group() if day else "") for name, day in days)
        return Offered(f"{place.card.study} · {place.card.code}", copies)

    def restore(self, name: str, key: tuple[str, str, str], reason: str) -> Restored:
        """Put it to work."""
        from crfapp.bootstrap.door import SiteDoor
        from crfapp.bootstrap.restoring import restore
        from crfapp.store.copy_place import KeyInHand

        if self._source is None:
            raise RefusedError(Code.NO_COPY_THERE)
        in_hand = KeyInHand(*key)
        done = restore(self._source, self._folder, in_hand, self._clock, reason=reason, name=name)
        door = SiteDoor(self._folder, self._clock)
        self._restored(door)
        missing = sum(last - has for _, has, last in done.missing)
        return Restored(door, done.events, missing, len(done.lost))
