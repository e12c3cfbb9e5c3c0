"""What the Safety page needs done with files, as a port; ``bootstrap`` carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.lane import Steps
    from crfapp.work.owed_notices import Occasion


@dataclass(frozen=True, slots=True)
class NoticeWish:
    """Which report: ``row`` of its form and ``number``; the PDF goes to ``target``.

    ``recipient`` is whom the package is encrypted to, empty for none; ``languages`` are those of the pages.
    """

    occasion: Occasion
    row: str
    number: int
    target: Path
    recipient: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeNotice:
    """The PDF with its hash, and the package in the outbox; both its names are empty without one."""

    pdf: Path
    sha256: str
    pages: int
    package: str = ""
    file: str = ""


class NoticeDesk(Protocol):
    """Makes the papers of reports and the packages that carry them."""

    def make(self, wish: NoticeWish, steps: Steps) -> MadeNotice:
        """Draw the PDF and put it on record, then make the package; for the lane.

        EXPORT_EXISTS and the like before anything is written; what a package refuses leaves the PDF.
        """
