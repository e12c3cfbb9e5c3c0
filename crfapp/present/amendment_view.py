"""What the card of versions shows of the study, and what it wants done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from crfapp.present.acts import ActState

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.study.diff import Change
    from crfapp.study.study import Study
    from crfapp.work.rehearsal import Rehearsed


@dataclass(frozen=True, slots=True)
class Looked:
    """A pack beside what is here: ``study`` where it is an amendment, else its ``faults`` by line."""

    study: Study | None
    faults: tuple[str, ...]
    before: Study | None = None
    changes: tuple[Change, ...] = ()
    subjects: tuple[Rehearsed, ...] = ()


class Amendments(Protocol):
    """Amendments at the site; every method is long work."""

    def look(self, folder: Path) -> Looked:
        """A pack in a folder, beside what is here; PACK_NOT_FOUND."""

    def look_again(self, content: str) -> Looked:
        """The same for a version that is installed and waits."""

    def keep(self, study: Study) -> None:
        """Make a verified backup and keep the version; then it can be recorded."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: how it stands, since when, and by which approval; ``waits``: it is not in force yet."""

    content: str
    version: str
    state: str
    tone: str
    since: str
    approval: str
    waits: bool


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """What an amendment changes: in the study, and by subject; ``installable``: it is not here yet."""

    title: str
    summary: str
    changes: tuple[str, ...]
    subjects: tuple[tuple[str, str], ...]
    installable: bool = False


NOTHING_ASKED = ActState()


@dataclass(frozen=True, slots=True)
class AmendmentsView:
    """The section: versions, an amendment that is looked at, and the act of putting it in force.

    ``working`` says what is going on, ``faults`` why a pack is no amendment, ``refusal`` and ``done`` how the
    last step ended.
    """

    versions: tuple[VersionLine, ...]
    may: bool
    working: str = ""
    faults: tuple[str, ...] = ()
    refusal: str = ""
    done: str = ""
    rehearsal: RehearsalView | None = None
    state: ActState = NOTHING_ASKED
