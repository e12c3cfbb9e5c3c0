"""Copies of the records kept against loss, what was tried and restored out of them, shares of the key."""

from __future__ import annotations

from typing import ClassVar, Literal

from crfapp.ledger.events.base import Event


class BackupKept(Event):
    """A copy of the database was made, opened and walked (REQ-901), ``here`` or at the ``second`` place.

    ``events`` are in it, ``head`` is the hash of the last one of this workstation's chain.
    """

    kind: ClassVar[str] = "backup-kept"
    place: Literal["here", "second"]
    file: str
    sha256: str
    events: int
    head: str


class BackupPlaceSet(Event):
    """Copies of this workstation also go to a second place from here on, or no more; where stays with it."""

    kind: ClassVar[str] = "backup-place-set"
    given: bool


class BackupRulesSet(Event):
    """After how many days an old copy, here and at the second place, and an old drill are said aloud."""

    kind: ClassVar[str] = "backup-rules-set"
    here_days: int
    second_days: int
    drill_days: int


class RestoreTried(Event):
    """A restore was tried out (REQ-903): the copy was opened by a ``password``, the ``sheet`` or ``shares``.

    ``passed``, or what went wrong (``code``). ``newer``: events that are on record today and not in the copy.
    ``photographs`` of the copy were opened one by one. It took ``seconds``.
    """

    kind: ClassVar[str] = "restore-tried"
    file: str
    sha256: str
    how: Literal["password", "sheet", "shares"]
    passed: bool
    code: str = ""
    events: int = 0
    newer: int = 0
    photographs: int = 0
    seconds: int = 0


class SiteRestored(Event):
    """Work goes on out of a copy, under a new name of the workstation; ``former`` is the one before.

    No number that ``former`` gave after ``last``, its last event in the copy, is ever given again (REQ-902);
    subjects get numbers above ``numbers_after``, for others may have been enrolled after the copy.
    """

    kind: ClassVar[str] = "site-restored"
    file: str
    sha256: str
    how: Literal["password", "sheet", "shares"]
    events: int
    former: str
    last: int
    numbers_after: int = 0


class KeySharesMade(Event):
    """The records open with ``needed`` of ``made`` shares; those of an earlier set open nothing (REQ-904)."""

    kind: ClassVar[str] = "key-shares-made"
    label: str
    needed: int
    made: int
