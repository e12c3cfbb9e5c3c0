"""Copies of an open site against loss: kept while people work, brought to a second place, put on record."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.events import BackupKept, ClockNoticed, SessionClosed, SessionOpened, SessionRefused
from crfapp.ledger.state import BackupPlaceRow, BackupRow
from crfapp.store.backup import prove
from crfapp.store.durable_files import named_disk_failures
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.second_place import (
    bring_to_second,
    is_same_disk,
    second_place,
    set_second_place,
)
from crfapp.store.site_store import data_key_of
from crfapp.work.backups import NoteBackup, SetSecondPlace, missing_ends

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.backups import Place
    from crfapp.work.roles import Actor

APART, SOON = timedelta(hours=1), timedelta(minutes=15)
"""Copies of one day follow each other at this distance, where something was recorded meanwhile."""
_QUIET = frozenset(
    event.kind for event in (BackupKept, SessionOpened, SessionClosed, SessionRefused, ClockNoticed)
)
"""What alone is no cause for another copy."""
_BLOCK = 1 << 20


class KeptCopies(NamedTuple):
    """What one look after the copies did: files made here and brought to the second place, or empty.

    ``problem`` is what kept a copy from one of the places; the other one has its copy all the same.
    """

    here: str = ""
    second: str = ""
    problem: AppProblem | None = None


def keep_copies(opened: OpenSite, actor: Actor, *, now: bool = False, soon: bool = False) -> KeptCopies:
    """Make the copy that is due, bring the newest to the second place, and record both.

    Due is the first of each day, and another one where something was recorded in the hour since the last.
    ``now`` asks for one in any case, ``soon`` for one a quarter of an hour after the last. Long work, beside
    the window. A copy that cannot be made stops nobody: the problem stands in the answer, its age is shown.
    """
    if opened.store.folder.card.sort != "site":
        return KeptCopies()
    here = second = ""
    try:
        copy = _kept_here(opened, now=now or _is_due(opened, SOON if soon else APART))
        if copy is None:
            return KeptCopies()
        here = _on_record(opened, actor, copy, "here")
        newest = _newest_row(opened, "here")
        if newest is None or not _goes_to_second(opened, newest):
            return KeptCopies(here)
        there = bring_to_second(opened.store, copy, newest.events)
        second = _on_record(opened, actor, there, "second") if there is not None else ""
    except AppProblem as problem:
        if problem.code is Code.CANCELLED:
            raise
        return KeptCopies(here, second, problem)
    return KeptCopies(here, second)


def choose_second_place(opened: OpenSite, actor: Actor, folder: Path | None) -> bool:
    """Set or end the second place; whether it lies on the disk that holds the records, which helps little.

    PLACE_WITHIN, FOLDER_REFUSED, NOT_ALLOWED; nothing is on record then.
    """
    before = second_place(opened.store)
    set_second_place(opened.store, folder)
    try:
        opened.bus.send(SetSecondPlace(given=folder is not None), actor)
    except BaseException:
        set_second_place(opened.store, before)
        raise
    return folder is not None and is_same_disk(opened.store, folder)


def note_of(opened: OpenSite, copy: Path, place: Place) -> NoteBackup:
    """What is put on record of a copy, which is opened and walked for it; what is wrong with it is raised."""
    found = prove(data_key_of(opened.store), copy)
    head = next((end.hash for end in found.heads if end.node == opened.store.workstation.node), "")
    return NoteBackup(place=place, file=copy.name, sha256=sha256_of(copy), events=found.events, head=head)


def missing_of(opened: OpenSite) -> tuple[tuple[str, int, int], ...]:
    """What the copy lacked out of which this site went on, and nobody brought back yet.

    See :func:`crfapp.work.backups.missing_ends`.
    """
    with reading(opened.store.engine) as db:
        log = EventLog()
        has = {node: log.head(db, node)[0] for node in log.nodes(db)}
    return missing_ends(opened.desk.tables, opened.desk.node, has)


def _kept_here(opened: OpenSite, *, now: bool) -> Path | None:
    """The newest copy of this workstation, made anew where that is due; None where copies are no file."""
    store, today = opened.store, opened.desk.today
    made = store.backup_of_day(today, again=now)
    if made is not None:
        return made
    own = sorted(store.backups.glob(f"ledger-*-{store.workstation.node}.db"))
    return own[-1] if own else None


def _is_due(opened: OpenSite, apart: timedelta) -> bool:
    """Whether so much time has passed since the copy on record, and something was recorded here in it."""
    newest = _newest_row(opened, "here")
    if newest is None:
        return False  # one that a login made today is put on record first
    age = opened.clock.now() - datetime.fromisoformat(newest.at).astimezone(UTC)
    if age < apart:
        return False
    with reading(opened.store.engine) as db:
        log, node = EventLog(), opened.store.workstation.node
        return log.count_between(db, node, newest.seq, log.head(db, node)[0], but=_QUIET) > 0


def _on_record(opened: OpenSite, actor: Actor, copy: Path, place: Place) -> str:
    """Record a copy; its name, or empty where it is on record already."""
    digest = sha256_of(copy)
    node = opened.store.workstation.node
    if opened.desk.tables.find(BackupRow, node=node, place=place, sha256=digest):
        return ""
    opened.bus.send(note_of(opened, copy, place), actor)
    return copy.name


def _newest_row(opened: OpenSite, place: Place) -> BackupRow | None:
    rows = opened.desk.tables.find(BackupRow, node=opened.store.workstation.node, place=place)
    return max(rows, key=lambda row: row.seq, default=None)


def _goes_to_second(opened: OpenSite, newest: BackupRow) -> bool:
    """Whether there is a second place for this workstation that lacks the newest copy."""
    place = opened.desk.tables.get(BackupPlaceRow, newest.node)
    there = _newest_row(opened, "second")
    given = place is not None and place.given == 1
    return given and (there is None or there.sha256 != newest.sha256)


def sha256_of(path: Path) -> str:
    """The hash of a copy, as it stands on record. DISK_FAILS."""
    digest = hashlib.sha256()
    with named_disk_failures(path), path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
