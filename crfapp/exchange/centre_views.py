"""What a centre shows and hands out of its sites, as plain facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.exchange.travel import Pace


class CentreSite(NamedTuple):
    """A site of this centre: its id, what people call it, its study, and the workstations from its cards."""

    site: str
    code: str
    name: str
    study: str
    nodes: tuple[str, ...]


QUIET_DAYS = 14
"""Days without a package after which a site is called (REQ-402, 806)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A site at a glance.

    ``missing`` are numbers of packages that never came, by the workstation that made them; nothing of what
    was in them is missing. ``last`` is when the newest came (UTC, or empty), ``quiet`` how many days ago that
    was or the site was registered. ``ours`` says how far the site confirmed the centre's chain, ``written``
    how far it has come. ``wrong`` is the first thing found in the chains, where they were ``walked``;
    ``revoked`` are workstations whose word does not count any more. ``signed`` and ``locked`` count forms,
    ``conflicts`` questions with two answers.
    """

    site: CentreSite
    packages: int = 0
    refused: int = 0
    missing: tuple[tuple[str, int], ...] = ()
    last: str = ""
    quiet: int = 0
    chains: int = 0
    events: int = 0
    wrong: str = ""
    subjects: int = 0
    forms: int = 0
    complete: int = 0
    open_queries: int = 0
    answered_queries: int = 0
    locks_asked: int = 0
    locks_refused: int = 0
    locks_done: int = 0
    signed: int = 0
    locked: int = 0
    conflicts: int = 0
    revoked: tuple[str, ...] = ()
    walked: bool = False
    written: int = 0
    ours: int = 0
    pace: Pace | None = None

    @property
    def overdue(self) -> bool:
        """Whether nothing came for longer than it may."""
        return self.quiet >= QUIET_DAYS


class Overview(NamedTuple):
    """How every site stands, and how many files lie in the centre's quarantine."""

    sites: list[Standing]
    aside: int


class Handed(StrEnum):
    """In which form."""

    WORKBOOK = "workbook"
    CSV = "csv"
    ODM = "odm"
    STATE = "state"


class HandedOut(NamedTuple):
    """A file or folder that was written for a site."""

    site: str
    path: Path
    sha256: str


class HandingWish(NamedTuple):
    """What is wanted: into which folder, in which form, in which language; the password of workbooks."""

    out: Path
    form: Handed
    language: str = "en"
    password: str = ""
