"""Rows about copies kept against loss, drills and restores, and shares of the key."""

from __future__ import annotations

from typing import NamedTuple


class BackupRow(NamedTuple):
    """A copy that was made and verified; ``node`` made it. ``place``: here, second."""

    node: str
    seq: int
    place: str
    file: str
    sha256: str
    events: int
    at: str
    login: str


class BackupPlaceRow(NamedTuple):
    """Whether copies of a workstation also go to a second place (``given`` 1)."""

    node: str
    given: int
    at: str
    login: str


class BackupRulesRow(NamedTuple):
    """After how many days something is said; its key is always ``site``."""

    site: str
    at: str
    here_days: int = 3
    second_days: int = 7
    drill_days: int = 90


class RestoreRow(NamedTuple):
    """A restore that was tried out (``what``: drill), or a site that goes on out of a copy (restore).

    ``code`` is empty where all went well. ``newer``: events of today that the copy did not have. ``former``
    is the chain that ended with a restore, ``numbers_after`` the last subject number that it may have given.
    """

    node: str
    seq: int
    what: str
    file: str
    how: str
    code: str
    events: int
    newer: int
    seconds: int
    former: str
    numbers_after: int
    at: str
    login: str


class KeySharesRow(NamedTuple):
    """The shares that open the records; its key is always ``site``."""

    site: str
    label: str
    needed: int
    made: int
    at: str
    login: str
