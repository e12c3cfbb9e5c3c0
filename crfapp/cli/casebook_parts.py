"""What the command line needs of the concrete world for casebooks and the inspector's folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.cli.parts import Credentials, PaperReport


@dataclass(frozen=True, slots=True)
class CasebookWish:
    """Where to, in which language, of which subjects (by number; everybody where none is named).

    ``whole``: with what the study keeps at the site.
    """

    out: Path
    language: str = "en"
    subjects: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class InspectorReport:
    """The folder for an inspector: where, how many files, the SHA-256 of the list of their sums."""

    path: str
    files: int
    sha256: str


class Casebooks(Protocol):
    """Casebooks on paper; NOT_ALLOWED, UNKNOWN_SUBJECT, EXPORT_EXISTS and the like."""

    def casebooks(
        self, site: Path, who: Credentials, wish: CasebookWish, each: Callable[[PaperReport], None]
    ) -> Sequence[PaperReport]:
        """One PDF for each subject; ``each`` is told as soon as it lies there."""

    def inspector(self, site: Path, who: Credentials, wish: CasebookWish, password: str) -> InspectorReport:
        """Everything that an inspector asks for, in one folder; ``password`` protects the workbook."""
