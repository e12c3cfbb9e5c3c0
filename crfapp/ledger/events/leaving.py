"""What leaves the site."""

from __future__ import annotations

from typing import ClassVar

from crfapp.ledger.events.base import Event


class WorkbookExported(Event):
    """A workbook was handed over, after it was read back and compared (REQ-110)."""

    kind: ClassVar[str] = "workbook-exported"
    file: str
    sha256: str
    sheets: int
    rows: int
    cells: int
    subjects: int


class ExportFailed(Event):
    """A workbook could not be handed over; ``code`` names the problem."""

    kind: ClassVar[str] = "export-failed"
    code: str


class TrailExported(Event):
    """The audit trail, or what a filter left of it, was taken out as data (REQ-110, 112)."""

    kind: ClassVar[str] = "trail-exported"
    file: str
    sha256: str
    format: str
    rows: int
    filter: str = ""


class PaperMade(Event):
    """A page for people was made, such as the record of a monitoring visit (REQ-110)."""

    kind: ClassVar[str] = "paper-made"
    what: str
    file: str
    sha256: str
