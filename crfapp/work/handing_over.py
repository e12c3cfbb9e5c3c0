"""What leaves is itself recorded (REQ-110): the workbook handed over, and the one that failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, ExportFailed, PaperMade, WorkbookExported
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWorkbook(Command):
    """A workbook was written, read back, compared and put in place."""

    file: str
    sha256: str
    sheets: int
    rows: int
    cells: int
    subjects: int


@use_case(NoteWorkbook, needs=Right.EXPORT, touches=(Topic.EXPORTS,))
def note_workbook(cmd: NoteWorkbook, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record scope, counts and hash; the file's name without its folder."""
    yield WorkbookExported(
        file=cmd.file,
        sha256=cmd.sha256,
        sheets=cmd.sheets,
        rows=cmd.rows,
        cells=cmd.cells,
        subjects=cmd.subjects,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignatures(Command):
    """Signatures are taken out with what was signed; ``sha256`` is of all of them together."""

    file: str
    sha256: str
    signatures: int


@use_case(NoteSignatures, needs=Right.EXPORT, touches=(Topic.EXPORTS,))
def note_signatures(cmd: NoteSignatures, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it before anything is written; the folder's name without where it lies (REQ-110)."""
    yield PaperMade(what=f"signatures: {cmd.signatures}", file=cmd.file, sha256=cmd.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFiles(Command):
    """Files were written: ``what`` is csv, odm, a casebook; ``count`` files, answers or pages."""

    what: str
    file: str
    sha256: str
    count: int


@use_case(NoteFiles, needs=Right.EXPORT, touches=(Topic.EXPORTS,))
def note_files(cmd: NoteFiles, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; the name without where it lies (REQ-110)."""
    yield PaperMade(what=f"{cmd.what}: {cmd.count}", file=cmd.file, sha256=cmd.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteExportFailed(Command):
    """A workbook could not be handed over."""

    code: str


@use_case(NoteExportFailed, needs=Right.EXPORT, touches=(Topic.EXPORTS,))
def note_export_failed(cmd: NoteExportFailed, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the problem's code."""
    yield ExportFailed(code=cmd.code)
