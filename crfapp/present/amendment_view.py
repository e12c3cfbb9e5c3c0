"""What the card of versions shows of the study, and what it wants done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.study.diff import Change
    from crfapp.study.study import Study
    from crfapp.work.rehearsal import Rehearsed
    from crfapp.work.roles import Actor


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

    def install(self, study: Study, actor: Actor) -> None:
        """Make a verified backup, keep the version, and record that it is here."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: how it stands, in words, and since when by which approval."""

    content: str
    title: str
    state: str
    tone: str
    facts: tuple[str, ...]
    waits: bool


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """What an amendment changes: in the study, and by subject; ``installable``: it is not here yet."""

    title: str
    summary: str
    changes: tuple[str, ...]
    subjects: tuple[tuple[str, str], ...]
    content: str = ""
    installable: bool = False


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """The card. ``activating`` is the content of the version whose approval is being written, or empty."""

    versions: tuple[VersionLine, ...]
    may: bool
    working: str = ""
    faults: tuple[str, ...] = ()
    refusal: str = ""
    done: str = ""
    rehearsal: RehearsalView | None = None
    activating: str = ""
