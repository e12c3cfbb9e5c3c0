"""Backups as the Administration page asks for them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.bootstrap.backups import choose_second_place, keep_copies
from crfapp.bootstrap.beside import beside
from crfapp.bootstrap.copies import newest_copy
from crfapp.bootstrap.drilling import drill
from crfapp.ledger.state import BackupPlaceRow
from crfapp.present.backup_acts import DrillFound
from crfapp.present.backups import CopyFound
from crfapp.store.copy_place import CopyPlace, KeyInHand
from crfapp.store.second_place import is_same_disk, own_name, second_place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Steps
    from crfapp.work.roles import Actor

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EACH = 3
"""So many copies of each place are offered: a drill is of what a restore would take."""


class SiteBackups:
    """Implements :class:`crfapp.present.backups.BackupDesk`."""

    def __init__(self, site: OpenSite, actor: Actor) -> None:
        self._site, self._actor = site, actor

    def newest(self) -> datetime | None:
        """When the newest was made."""
        return newest_copy(self._site.store.backups)

    def place(self) -> str:
        """The second place."""
        row = self._site.desk.tables.get(BackupPlaceRow, self._site.desk.node)
        try:
            folder = second_place(self._site.store) if row is not None and row.given else None
        except AppProblem:
            return ""
        return str(folder) if folder is not None else ""

    def same_disk(self) -> bool:
        """Whether it lies on the disk of the records."""
        return bool(self.place()) and is_same_disk(self._site.store, Path(self.place()))

    def set_second(self, folder: Path | None) -> None:
        """Set it, or end it."""
        choose_second_place(self._site, self._actor, folder)

    def bring(self, steps: Steps) -> AppProblem | None:
        """A copy now."""
        return keep_copies(beside(self._site, steps), self._actor, now=True).problem

    def copies(self, folder: Path | None) -> Sequence[CopyFound]:
        """What can be tried."""
        if folder is not None:
            return self._in(folder, str(folder))
        own = self._site.store.folder.path
        found = list(self._in(own, "here"))
        place = Path(self.place()) / own_name(self._site.store) if self.place() else None
        if place is not None and place.is_dir():
            found = [*self._in(place, "second"), *found]
        return found

    def drill(self, steps: Steps, copy: CopyFound, password: str, paper: str) -> DrillFound:
        """Try one."""
        key = KeyInHand(self._actor.login, password, paper)
        found = drill(beside(self._site, steps), self._actor, copy.folder, key, copy.name)
        counts = (found.events, found.lacking, found.lost, found.photographs, found.seconds)
        return DrillFound(*counts, found.problem)

    def _in(self, folder: Path, place: str) -> list[CopyFound]:
        found = CopyPlace.find(folder).copies[:_EACH]
        days = [_DAY.search(copy.name) for copy in found]
        return [
            CopyFound(place, folder, copy.name, day.group() if day else "")
            for copy, day in zip(found, days, strict=True)
        ]
